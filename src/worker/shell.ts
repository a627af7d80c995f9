// The terminal's shell: bash by a library, with the lab's programs as commands. The library runs a
// whole line and returns its output at the end; lines that are one plain program never come here
// (`program-call.ts`).
import { Bash, defineCommand, InMemoryFs } from 'just-bash'
import { PROGRAM_NAMES } from '../kubectl/programs/names.ts'
import { HOME, programCall, type ProgramCall } from './program-call.ts'
import type { ShellState } from './shell-messages.ts'

export interface ShellOutput {
  stdout: (text: string) => void
  stderr: (text: string) => void
}

/** Runs a program of the lab; resolves with its exit code when it has ended. */
export type RunProgram = (call: ProgramCall, output: ShellOutput) => Promise<number>

export interface Shell {
  /** Runs one line (or several) in a state; resolves with what it leaves. Never rejects. */
  exec: (
    line: string,
    state: ShellState,
    output: ShellOutput,
  ) => Promise<{ code: number; state: ShellState }>
  readFiles: () => Promise<Record<string, string>>
  /** Makes the working folder hold these files and no others. */
  mirror: (files: Readonly<Record<string, string>>) => Promise<void>
}

/** A line may wait on virtual time for as long as the page is open. */
const LINE_TIME_MAX_MS = 365 * 24 * 3_600_000
/** Beyond this a file is not handed to programs: kubectl refuses larger manifests anyway. */
const FILE_TEXT_MAX = 8_000_000

/** A shell whose working folder is empty. */
export function createShell(run: RunProgram): Shell {
  const fs = new InMemoryFs({ [`${HOME}/.keep`]: '' })
  let line = ''
  const customCommands = PROGRAM_NAMES.map((program) =>
    defineCommand(program, async (argv, context) => {
      let stdout = ''
      let stderr = ''
      const words = { program, argv, stdin: decodeBytes(String(context.stdin)), line }
      const call = programCall(words, await filesUnder(fs, HOME), context.cwd)
      const exitCode = await run(call, {
        stdout: (text) => (stdout += text),
        stderr: (text) => (stderr += text),
      })
      return { stdout, stderr, exitCode }
    }),
  )
  const bash = new Bash({
    fs,
    cwd: HOME,
    env: { HOME, USER: 'alex', TERM: 'xterm-256color', PS1: '$ ' },
    customCommands,
    executionLimits: { maxExecutionTimeMs: LINE_TIME_MAX_MS },
  })
  return {
    exec: async (text, { cwd, env }, output) => {
      line = text
      const result = await bash.exec(text, Object.keys(env).length === 0 ? { cwd } : { cwd, env })
      if (result.stdout !== '') output.stdout(result.stdout)
      if (result.stderr !== '') output.stderr(asBashSays(result.stderr))
      const state = { cwd: result.env['PWD'] ?? cwd, env: result.env }
      return { code: result.exitCode, state }
    },
    readFiles: () => filesUnder(fs, HOME),
    mirror: (files) => mirror(fs, files),
  }
}

async function mirror(fs: InMemoryFs, files: Readonly<Record<string, string>>): Promise<void> {
  const there = await filesUnder(fs, HOME)
  for (const [path, text] of Object.entries(files))
    if (there[path] !== text) await fs.writeFile(`${HOME}/${path}`, text)
  for (const path of Object.keys(there))
    if (!Object.hasOwn(files, path)) await fs.rm(`${HOME}/${path}`, { force: true })
}

/** The library tells where its parser stood; bash does not. */
function asBashSays(text: string): string {
  return text.replace(/^bash: syntax error: Parse error at \d+:\d+: /gm, 'bash: ')
}

/** The library hands bytes as a string of code units below 256. */
function decodeBytes(bytes: string): string {
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
}

async function filesUnder(fs: InMemoryFs, root: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {}
  for (const path of fs.getAllPaths()) {
    if (!path.startsWith(`${root}/`) || path.endsWith('/.keep')) continue
    const stat = await fs.stat(path)
    if (!stat.isFile || stat.size > FILE_TEXT_MAX) continue
    files[path.slice(root.length + 1)] = await fs.readFile(path)
  }
  return files
}
