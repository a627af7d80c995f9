// Runs the lines of the terminal: what is a program of the lab goes straight to the cluster, all else
// to the shell. What a line leaves (the folder one is in, variables, files) is kept here and on the
// page, so it does not matter which way the lines before it went.
import { HOME, plainCall, type ProgramCall } from '../../worker/program-call.ts'
import type { ShellState } from '../../worker/shell-messages.ts'
import { adoptFiles, markApplied } from '../files.ts'
import type { Engine } from '../engine.ts'
import type { Write } from '../programs.ts'
import type { PageStore } from '../store.ts'
import { listCommands } from './command-list.ts'
import type { ShellClient, ShellLine } from './shell-client.ts'

export interface LineRunner {
  /** The folder one is in, absolute. */
  cwd: () => string
  /** Runs the commands of a line in order; resolves with the last one's exit code. */
  run: (line: string, output: Pick<ShellLine, 'write' | 'loading'>) => Promise<number>
  /** Ctrl-C. */
  interrupt: () => void
  /**
   * Time was set back: ends the line that was under way, with all that it would still do. False
   * for one that was typed meanwhile and is yet to start.
   */
  rewound: () => boolean
  /** Ends what runs and forgets folder and variables: another run begins. */
  reset: () => void
}

/** The exit code of what was interrupted: no command of the line comes after it. */
const INTERRUPTED = 130
const FRESH: ShellState = { cwd: HOME, env: {} }

export function createLineRunner(
  store: PageStore,
  engine: Pick<Engine, 'startProgram' | 'replacing'>,
  shell: ShellClient,
): LineRunner {
  let state = FRESH
  /** Counts resets: what began before the last one changes nothing any more. */
  let era = 0
  let stop: (() => void) | undefined
  /** The line waits for the run that it is for. */
  let held = false
  const runPlain = async (call: ProgramCall, write: Write): Promise<number> => {
    const { exit, interrupt } = engine.startProgram(call, write)
    stop = interrupt
    return await exit
  }
  const runInShell = async (line: Omit<ShellLine, 'state'>): Promise<number> => {
    const own = era
    stop = shell.interrupt
    const end = await shell.run({ ...line, state })
    if (own !== era) return INTERRUPTED
    if (end.files !== undefined) adoptFiles(store, end.files)
    state = end.state
    return end.code
  }
  /** Waits for a run that is just being replaced; false when the line is interrupted before. */
  const mayStart = async (): Promise<boolean> => {
    let wanted = true
    stop = () => (wanted = false)
    held = true
    await engine.replacing()
    held = false
    return wanted
  }
  return {
    cwd: () => state.cwd,
    async run(text, output) {
      const own = era
      if (engine.replacing() !== undefined && !(await mayStart())) return INTERRUPTED
      if (own !== era) return INTERRUPTED
      let code = 0
      for (const { text: line, when } of listCommands(text)) {
        if (when === 'success' ? code !== 0 : when === 'failure' && code === 0) continue
        const { files } = store.getState()
        noteApplied(store, line)
        const call = plainCall(line, files, state.cwd)
        code = await (call === undefined
          ? runInShell({ line, files, ...output })
          : runPlain(call, output.write))
        if (own !== era || code === INTERRUPTED) return INTERRUPTED
      }
      return code
    },
    interrupt: () => stop?.(),
    rewound() {
      if (held) return false
      stop?.()
      return true
    },
    reset() {
      era += 1
      held = false
      stop = undefined
      state = FRESH
      shell.close()
    },
  }
}

/** The files a line hands to apply, create or replace are what the cluster now knows. */
function noteApplied(store: PageStore, line: string): void {
  if (!/\b(apply|create|replace)\b/.test(line)) return
  for (const name of Object.keys(store.getState().files))
    if (line.includes(name)) markApplied(store, name)
}
