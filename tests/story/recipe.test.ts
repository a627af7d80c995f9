// The recipe of the README performed: a folder with two texts is a chapter, and one that is wrong
// is refused with its file and line.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { storyFiles } from '../../src/headless/story-files.ts'
import { proveChapter } from '../../src/story/proof.ts'
import { readStory } from '../../src/story/story.ts'

const FILES = storyFiles(join(import.meta.dirname, 'recipe'))
const FOLDER = 'chapters/13-first-words'

/** The chapter with one of its texts changed. */
function changed(name: string, change: (text: string) => string): () => void {
  const path = `${FOLDER}/${name}`
  return () => void readStory({ ...FILES, [path]: change(FILES[path]!) })
}

/** The chapter without one of its texts. */
function without(name: string): () => void {
  const { [`${FOLDER}/${name}`]: _, ...rest } = FILES
  return () => void readStory(rest)
}

describe('a chapter added as the README says', () => {
  const { chapters, plans, texts } = readStory(FILES)
  const [chapter] = chapters
  const [plan] = plans

  it('is found with its number, title and files', () => {
    expect(chapter).toMatchObject({
      slug: '13-first-words',
      number: 13,
      title: 'First words: a chapter of its own',
      summary: 'A Job says hello.',
    })
    expect(Object.keys(plan!.files)).toEqual(['hello.yaml'])
    expect(plan!.prepare).toEqual([{ afterMs: 0, run: 'kubectl create namespace other' }])
  })

  it('has beats with text and things to try, as plain data', () => {
    const [first, second] = chapter!.beats
    expect(first!.title).toBe('Say it')
    expect(first!.blocks.slice(1)).toEqual([
      { type: 'open', file: 'hello.yaml' },
      { type: 'run', command: 'kubectl apply -f hello.yaml' },
    ])
    expect(second!.blocks).toEqual([
      { type: 'jump', to: '+10s', label: 'Ten seconds later' },
      { type: 'jump', to: '+1m', label: '+1m' },
    ])
    expect(first!.blocks[0]).toEqual({
      type: 'text',
      prose: [
        [
          'p',
          [
            'A ',
            ['strong', ['Job']],
            ' runs ',
            ['code', ['echo']],
            ' and ',
            ['em', ['ends']],
            '; see ',
            ['a', ['its page'], 'https://kubernetes.io/docs/concepts/workloads/controllers/job/'],
            '.',
          ],
        ],
        ['blockquote', ['One quotation.']],
        [
          'ul',
          [
            ['li', ['one and more']],
            ['li', ['two']],
          ],
        ],
        [
          'table',
          [
            [
              'thead',
              [
                [
                  'tr',
                  [
                    ['th', ['field']],
                    ['th', ['meaning']],
                  ],
                ],
              ],
            ],
            [
              'tbody',
              [
                [
                  'tr',
                  [
                    ['td', [['code', ['completions']]]],
                    ['td', ['how many']],
                  ],
                ],
              ],
            ],
          ],
        ],
        ['pre', 'kind: Job', 'yaml'],
      ],
    })
  })

  it('begins with open goals and is solved by its fix', () => {
    const { problems } = proveChapter(chapter!, plan!, texts[chapter!.slug]!, [1])
    expect(problems).toEqual([])
  })

  it('is not proven by a fix that reaches nothing', () => {
    const [fix] = plan!.fixes
    const lazy = { ...plan!, fixes: [{ ...fix!, steps: [{ afterMs: 20_000, run: '' }] }] }
    const { problems } = proveChapter(chapter!, lazy, texts[chapter!.slug]!, [1])
    expect(problems).toEqual([
      '13-first-words/plan.yaml:17: seed 1: fix "Apply the file" leaves "The Job has said hello" ' +
        'open, because there is no Job hello',
    ])
  })

  it('is not proven when a goal is true before the learner did anything', () => {
    const [goal] = plan!.goals
    const given = { ...goal!, check: { exists: { kind: 'Namespace', name: 'other' } } }
    const { problems } = proveChapter(chapter!, { ...plan!, goals: [given] }, '', [1])
    expect(problems[0]).toBe(
      '13-first-words/plan.yaml:7: seed 1: "The Job has said hello" is true before the learner ' +
        'did anything: Namespace other exists',
    )
  })
})

describe('a chapter that is wrong is refused with its file and line', () => {
  const slug = '13-first-words'
  it.each([
    ['a missing text', without('plan.yaml'), `${slug}/plan.yaml:1: the file is missing`],
    [
      'front matter without a summary',
      changed('index.md', (text) => text.replace(/summary.*\n/, '')),
      `${slug}/index.md:2: summary is missing`,
    ],
    [
      'front matter that is no YAML',
      changed('index.md', (text) => text.replace('summary:', 'summary: [')),
      `${slug}/index.md:3: unexpected end`,
    ],
    [
      'HTML in the text',
      changed('index.md', (text) => text.replace('> One', '<b>One</b>')),
      `${slug}/index.md:10: chapters have no look for html: <b>`,
    ],
    [
      'a block that is not closed',
      changed('index.md', (text) => text.replace(/```\n*$/, '')),
      `${slug}/index.md:33: a \`\`\`jump block is not closed`,
    ],
    [
      'text before the first beat',
      changed('index.md', (text) => text.replace('## Say it', 'Say it')),
      `${slug}/index.md:6: text before the first "## "`,
    ],
    [
      'a plan that is no YAML',
      changed('plan.yaml', (text) => text.replace('files: [', 'files: ]')),
      `${slug}/plan.yaml:3: `,
    ],
    [
      'an unknown key',
      changed('plan.yaml', (text) => text.replace('prepare:', 'prepares:')),
      `${slug}/plan.yaml:4: unknown key "prepares", did you mean "prepare"?`,
    ],
    [
      'a manifest that does not exist',
      changed('plan.yaml', (text) => text.replace('hello.yaml]', 'bye.yaml]')),
      `${slug}/plan.yaml:3: no manifest bye.yaml`,
    ],
    [
      'a goal with two hints',
      changed('plan.yaml', (text) => text.replace(/ {6}- Apply.*\n/, '')),
      `${slug}/plan.yaml:8: at least 3 are needed`,
    ],
    [
      'a check that nothing knows',
      changed('plan.yaml', (text) => text.replace('logSays', 'logsSay')),
      `${slug}/plan.yaml:15: unknown key "logsSay", did you mean "logSays"?`,
    ],
    [
      'a solution that needs a shell',
      changed('plan.yaml', (text) => text.replace('-f hello.yaml\n      #', '-f *.yaml\n      #')),
      `${slug}/plan.yaml:19: not a plain command: kubectl apply -f *.yaml`,
    ],
  ])('%s', (_, read, message) => {
    expect(read).toThrow(message)
  })
})
