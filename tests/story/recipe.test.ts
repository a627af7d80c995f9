// The recipe of the README performed: a folder with three texts is a chapter, and one that is wrong
// is refused with its file and line.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { storyFiles } from '../../src/headless/story-files.ts'
import { readStory } from '../../src/story/story.ts'
import { proveChapter } from './prove.ts'

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
  const { chapters, plans } = readStory(FILES)
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

  it('begins with open goals and is solved by its solution', () => {
    const { reachedAtStart, openAtEnd, printed } = proveChapter(plan!, 1)
    expect(reachedAtStart).toEqual([])
    expect(openAtEnd, printed).toEqual([])
  })

  it('is not proven by a solution that reaches nothing', () => {
    const lazy = { ...plan!, solution: [{ afterMs: 20_000, run: '' }] }
    expect(proveChapter(lazy, 1).openAtEnd).toEqual(['The Job has said hello'])
  })
})

describe('a chapter that is wrong is refused with its file and line', () => {
  const slug = '13-first-words'
  it.each([
    ['a missing text', without('solution.sh'), `${slug}/solution.sh:1: the file is missing`],
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
      `${slug}/plan.yaml:2: `,
    ],
    [
      'an unknown key',
      changed('plan.yaml', (text) => text.replace('prepare:', 'prepares:')),
      `${slug}/plan.yaml:3: unknown key prepares`,
    ],
    [
      'a manifest that does not exist',
      changed('plan.yaml', (text) => text.replace('hello.yaml]', 'bye.yaml]')),
      `${slug}/plan.yaml:2: no manifest bye.yaml`,
    ],
    [
      'a goal without a hint',
      changed('plan.yaml', (text) => text.replace(/ {4}hint.*\n/, '')),
      `${slug}/plan.yaml:6: a goal needs text, hint and check`,
    ],
    [
      'a check that nothing knows',
      changed('plan.yaml', (text) => text.replace('logSays', 'logsSay')),
      `${slug}/plan.yaml:8: unknown check logsSay`,
    ],
    [
      'a solution that needs a shell',
      changed('solution.sh', (text) => `# first\n${text.replace('hello.yaml', '*.yaml')}`),
      `${slug}/solution.sh:2: not a plain command: kubectl apply -f *.yaml`,
    ],
  ])('%s', (_, read, message) => {
    expect(read).toThrow(message)
  })
})
