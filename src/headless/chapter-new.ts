// `npm run chapter:new NAME` makes a folder for a chapter, `npm run chapter:new -- NAME --lab` one for
// a lab: numbered after the last, with texts to be rewritten that are proven as they stand.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STORY = join(import.meta.dirname, '../story')

const INDEX = (title: string): string => `---
title: ${title}
summary: One sentence for the list of chapters.
---

## The first beat

What the learner reads. A command to be tried:

\`\`\`run
kubectl create job hello --image=busybox -- echo hello
\`\`\`
\`\`\`jump
+10s | Ten seconds later
\`\`\`
`

const PLAN = `# yaml-language-server: $schema=../../plan.schema.json
start: '2026-03-02T09:00:00Z'
minutes: 5
goals:
  - text: The Job has said hello
    hints:
      - A Job runs as soon as it exists.
      - The command stands in the text; its Pod needs some seconds.
      - 'kubectl create job hello --image=busybox -- echo hello. Why does no clock have to be told?'
    check:
      logSays: { kind: Pod, owner: Job/hello, text: hello }
fixes:
  - name: Run the command
    within: 1m
    script: |
      kubectl create job hello --image=busybox -- echo hello
      # wait 10s
`

function main(argv: readonly string[]): number {
  const name = argv.find((word) => !word.startsWith('--'))
  if (name === undefined || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
    console.error('Usage: npm run chapter:new NAME, in small letters and dashes; -- NAME --lab')
    return 1
  }
  const slugs = ['chapters', 'labs'].flatMap(foldersIn)
  const next = Math.max(-1, ...slugs.map((slug) => Number.parseInt(slug, 10))) + 1
  const slug = `${String(next).padStart(2, '0')}-${name}`
  const folder = join(STORY, argv.includes('--lab') ? 'labs' : 'chapters', slug)
  mkdirSync(join(folder, 'files'), { recursive: true })
  const title = name.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase())
  writeFileSync(join(folder, 'index.md'), INDEX(title))
  writeFileSync(join(folder, 'plan.yaml'), PLAN)
  console.log(
    `${folder}\nsee src/story/AUTHORING.md; npm run --silent course -- --json --only ${slug}`,
  )
  return 0
}

function foldersIn(part: string): string[] {
  const folder = join(STORY, part)
  return existsSync(folder) ? readdirSync(folder) : []
}

process.exitCode = main(process.argv.slice(2))
