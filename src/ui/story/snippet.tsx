// A piece of a manifest in the story's text: shown whole, to be copied or put into the open file.
import { FileInput } from 'lucide-react'
import type { ReactElement } from 'react'
import { doEarly } from '../editor/state.ts'
import { createFile, freeName } from '../files.ts'
import type { PageRun } from '../page-run.ts'
import { CodeBlock } from '../shared/code-block.tsx'
import { IconButton } from '../shared/controls.tsx'
import { useRun } from '../use-run.ts'

export function Snippet({ text, language }: { text: string; language: string }): ReactElement {
  const run = useRun()
  const isYaml = /^ya?ml$/.test(language)
  return (
    <CodeBlock text={text} language={language}>
      {isYaml && (
        <IconButton label="Put it into the editor" onClick={() => insert(run, text)}>
          <FileInput size={14} aria-hidden />
        </IconButton>
      )}
    </CodeBlock>
  )
}

/** A whole manifest becomes a file of its own, a part goes where the cursor is. */
function insert({ store, editor }: PageRun, text: string): void {
  store.setState({ tab: 'editor' })
  const { files, activeFile } = store.getState()
  if (/^kind:/m.test(text) || activeFile === undefined) createFile(store, freeName(files), text)
  else doEarly(editor, { command: 'paste', text })
}
