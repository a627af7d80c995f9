// The dialogs of the page: chapters, help, about, share, and the one for a broken invariant.
import { useEffect, useState, type ReactElement } from 'react'
import { Preview } from './editor/preview.tsx'
import { RepairDialog } from './editor/repair-dialog.tsx'
import { messageOf } from './engine.ts'
import { SHORTCUTS } from './keyboard.ts'
import { startOver } from './sessions.ts'
import { LINK_LENGTH_WARN, linkTo } from './share.ts'
import { Dialog } from './shared/dialog.tsx'
import { momentText } from './shared/time.ts'
import { Simplified } from './simplified.tsx'
import { openDialog, type DialogName } from './store.ts'
import { usePage, useRun } from './use-run.ts'
import { ChapterList } from './story/chapter-list.tsx'

export function Dialogs(): ReactElement | null {
  const fault = usePage((state) => state.fault)
  const dialog = usePage((state) => state.dialog)
  if (fault !== undefined) return <FaultDialog message={fault} />
  return dialog === undefined ? null : <OpenDialog name={dialog} />
}

function OpenDialog({ name }: { name: DialogName }): ReactElement {
  const { store } = useRun()
  const close = (): void => openDialog(store, undefined)
  switch (name) {
    case 'chapters':
      return (
        <Dialog title="Chapters" onClose={close} wide>
          <ChapterList />
        </Dialog>
      )
    case 'help':
      return (
        <Dialog title="Help" onClose={close} wide>
          <Help />
        </Dialog>
      )
    case 'about':
      return (
        <Dialog title="About" onClose={close}>
          <About />
        </Dialog>
      )
    case 'preview':
      return (
        <Dialog title="What Apply changes" onClose={close} wide>
          <Preview />
        </Dialog>
      )
    case 'repair':
      return (
        <Dialog title="The indentation, found again" onClose={close} wide>
          <RepairDialog />
        </Dialog>
      )
    case 'share':
      return (
        <Dialog title="Share this moment" onClose={close}>
          <Share />
        </Dialog>
      )
  }
}

const MORE_KEYS: readonly [string, string][] = [
  ['Alt 1 … 5', 'To the story, cluster, editor, timeline, terminal'],
  ['Alt Shift 1 … 5', 'The same, and maximise it or return it'],
  ['Alt 0', 'Every pane in its place'],
  ['F6', 'To the next pane; with Shift to the one before'],
  ['Esc', 'Close the inspector, leave the presenter view, return a maximised pane'],
]

function Help(): ReactElement {
  const { store } = useRun()
  return (
    <div className="help">
      <p>
        Read the story on the left and try things in the editor and the terminal. What your commands
        bring about is in the cluster, and time runs below it: pause it, run it fast, step back and
        try again. Click anything and ask it <em>why</em>.
      </p>
      <h3>Keys</h3>
      <dl className="keys">
        {SHORTCUTS.map(({ label, does }) => (
          <div key={label}>
            <dt>
              <kbd>{label}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        {MORE_KEYS.map(([label, does]) => (
          <div key={label}>
            <dt>
              <kbd>{label}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>Ctrl ↵</kbd>
          </dt>
          <dd>Apply the file in the editor</dd>
        </div>
        <div>
          <dt>
            <kbd>F8</kbd>
          </dt>
          <dd>Next problem in the editor; with Shift the one before</dd>
        </div>
        <div>
          <dt>
            <kbd>Ctrl C</kbd>
          </dt>
          <dd>Stop the command in the terminal</dd>
        </div>
        <div>
          <dt>
            <kbd>← →</kbd>
          </dt>
          <dd>Turn the page in the presenter view; go from mark to mark on the timeline</dd>
        </div>
      </dl>
      <p className="quiet">
        Shift-Tab leaves the terminal, Escape and then Tab the editor. The terminal can speak to
        screen readers: see the theme menu. Everything is kept in this browser and nothing is sent
        anywhere.
      </p>
      <p>
        <button type="button" className="link-button" onClick={() => openDialog(store, 'about')}>
          About and licences
        </button>
      </p>
    </div>
  )
}

/** What is bundled into the page, and under which licence. */
const PARTS: readonly [string, string][] = [
  ['React, zustand, Radix UI, react-resizable-panels', 'MIT'],
  ['Monaco editor, xterm.js', 'MIT'],
  ['just-bash', 'Apache-2.0'],
  ['Lucide icons', 'ISC'],
  ['Kubernetes field descriptions', 'Apache-2.0'],
  ['Inter and JetBrains Mono', 'SIL Open Font License 1.1'],
]

function About(): ReactElement {
  return (
    <>
      <p>
        The Container Odyssey is a Kubernetes cluster that runs in this browser tab, made to learn
        Jobs, CronJobs and DaemonSets. It behaves as Kubernetes v1.36 does; nothing here reaches a
        real cluster. MIT licence.
      </p>
      <p>It is built with:</p>
      <ul className="licences">
        {PARTS.map(([part, licence]) => (
          <li key={part}>
            {part} <span className="quiet">{licence}</span>
          </li>
        ))}
      </ul>
      <Simplified />
      <p className="quiet">
        Kubernetes is a registered trademark of The Linux Foundation. This project is not affiliated
        with it.
      </p>
    </>
  )
}

function Share(): ReactElement {
  const now = usePage((state) => state.now)
  const { engine, store } = useRun()
  const [link, setLink] = useState<string>()
  const [problem, setProblem] = useState<string>()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    const { playing } = store.getState()
    store.setState({ playing: false })
    const make = async (): Promise<void> => {
      const shared = await engine.host.share()
      setLink(await linkTo({ ...shared, files: store.getState().files }))
    }
    make().catch((error: unknown) => setProblem(messageOf(error)))
    return () => store.setState({ playing })
  }, [engine, store])
  const copy = async (): Promise<void> => {
    if (link === undefined) return
    await navigator.clipboard.writeText(link)
    setCopied(true)
  }
  if (problem !== undefined) return <p>The link could not be made: {problem}</p>
  return (
    <>
      <p>
        Whoever opens this link sees the cluster as it is at <b>{momentText(now)}</b>, with your
        files, and can go on from there. The link holds everything; no server is involved.
      </p>
      <label className="field">
        Link
        <input readOnly value={link ?? 'Making the link…'} onFocus={(e) => e.target.select()} />
      </label>
      {link !== undefined && link.length > LINK_LENGTH_WARN && (
        <p className="quiet">
          The link is long ({Math.round(link.length / 1000)} kB): some chat programs cut such links.
        </p>
      )}
      <button
        type="button"
        className="button primary"
        disabled={link === undefined}
        onClick={() => void copy()}
      >
        {copied ? 'Copied' : 'Copy the link'}
      </button>
    </>
  )
}

function FaultDialog({ message }: { message: string }): ReactElement {
  const session = usePage((state) => state.session)
  const now = usePage((state) => state.now)
  const run = useRun()
  const { host } = run.engine
  const [inputs, setInputs] = useState('')
  useEffect(() => {
    const ask = async (): Promise<void> => setInputs(JSON.stringify((await host.share()).timeline))
    ask().catch(() => setInputs(''))
  }, [host])
  const report = [
    message,
    `chapter: ${session?.chapter ?? '-'}  seed: ${session?.seed ?? '-'}  at: ${momentText(now)}`,
    inputs.slice(0, 20_000),
  ].join('\n')
  return (
    <Dialog title="The simulation has stopped" onClose={() => undefined}>
      <p>
        Something happened that should be impossible, so the cluster was stopped rather than shown
        wrong. Please report the text below; it is enough to reproduce it.
      </p>
      <label className="field">
        Report
        <textarea readOnly rows={6} value={report} onFocus={(e) => e.target.select()} />
      </label>
      <div className="dialog-actions">
        <button
          type="button"
          className="button"
          onClick={() => void navigator.clipboard.writeText(report)}
        >
          Copy the report
        </button>
        <button type="button" className="button primary" onClick={() => void startOver(run)}>
          Begin the chapter again
        </button>
      </div>
    </Dialog>
  )
}
