// A try-it block of the story: a command for the terminal, a file for the editor, or a moment to
// go to. Each does what the learner could do by hand, in plain sight.
import { ArrowRightToLine, FileText, Play } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Block } from '../../story/chapter.ts'
import { createFile, openFile } from '../files.ts'
import { usePage, useRun } from '../use-run.ts'
import type { PageRun } from '../page-run.ts'
import { jumpTo } from '../transport/navigation.ts'

type TryItBlock = Exclude<Block, { type: 'text' }>

export function TryIt({ block }: { block: TryItBlock }): ReactElement {
  const ready = usePage((state) => state.ready)
  const pageRun = useRun()
  switch (block.type) {
    case 'run':
      return (
        <button
          type="button"
          className="try-it try-run"
          disabled={!ready}
          onClick={() => void pageRun.console.run(block.command)}
        >
          <span className="visually-hidden">Run in the terminal: </span>
          <code>{block.command}</code>
          <span className="try-verb">
            <Play size={13} aria-hidden /> Run
          </span>
        </button>
      )
    case 'open':
      return (
        <button type="button" className="try-it" onClick={() => open(pageRun, block.file)}>
          <FileText size={15} aria-hidden />
          <span>
            Open <code>{block.file}</code>
          </span>
        </button>
      )
    case 'jump':
      return (
        <button
          type="button"
          className="try-it"
          disabled={!ready}
          onClick={() => void jumpTo(pageRun, block.to)}
        >
          <ArrowRightToLine size={15} aria-hidden />
          <span>{block.label}</span>
        </button>
      )
    case 'predict':
      return (
        <div className="prose">
          <p>
            <strong>Predict first:</strong> {block.ask}
          </p>
          <ul>
            {block.choices.map((choice) => (
              <li key={choice}>{choice}</li>
            ))}
          </ul>
        </div>
      )
  }
}

function open({ store }: PageRun, file: string): void {
  store.setState({ tab: 'editor' })
  const { files, session } = store.getState()
  // A file that was renamed or deleted comes back as the chapter has it.
  if (Object.hasOwn(files, file)) openFile(store, file)
  else createFile(store, file, session?.files[file] ?? '')
}
