// The terminal's shell: bash by a library, with the lab's programs as commands. The library runs a
// whole line and returns its output at the end; a line that is one plain program is therefore run
// without it, so that its output streams as virtual time passes (`kubectl get pods --watch`).
import { Bash, defineCommand, InMemoryFs } from 'just-bash'
import { PROGRAM_NAMES } from '../kubectl/programs/names.ts'
import { plainProgram } from '../kubectl/programs/words.ts'

export interface ShellOutput {
  stdout: (text: string) => void
  stderr: (text: string) => void
}

export interface ProgramCall {
  program: string
  argv: readonly string[]
  stdin: string
  /** The working folder: path → text. */
  files: Readonly<Record<string, string>>
  /** The line as typed: the cause that the log keeps. */
  line: string
}

/** Runs a program of the lab; resolves with its exit code when it has ended. */
export type RunProgram = (call: ProgramCall, output: ShellOutput) => Promise<number>

export interface Shell {
  /** Runs one line (or several); resolves with its exit code. Never rejects. */
  exec: (line: string, output: ShellOutput) => Promise<number>
  readFiles: () => Promise<Record<string, string>>
  writeFile: (path: string, text: string) => Promise<void>
  removeFile: (path: string) => Promise<void>
  /** The working folder, absolute. */
  cwd: () => string
}

const HOME = '/home/alex'
/** A line may wait on virtual time for as long as the page is open. */
const LINE_TIME_MAX_MS = 365 * 24 * 3_600_000
/** Beyond this a file is not handed to programs: kubectl refuses larger manifests anyway. */
const FILE_TEXT_MAX = 8_000_000

/** A shell whose working folder starts with `files`. */
export function createShell(files: Readonly<Record<string, string>>, run: RunProgram): Shell {
  const initial = Object.entries(files).map(([path, text]) => [`${HOME}/${path}`, text] as const)
  const fs = new InMemoryFs({ [`${HOME}/.keep`]: '', ...Object.fromEntries(initial) })
  let line = ''
  const customCommands = PROGRAM_NAMES.map((program) =>
    defineCommand(program, async (argv, context) => {
      let stdout = ''
      let stderr = ''
      const call: ProgramCall = {
        program,
        argv,
        stdin: decodeBytes(String(context.stdin)),
        files: await filesUnder(fs, HOME),
        line,
      }
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
  let env: Record<string, string> | undefined
  return {
    exec: async (text, output) => {
      line = text
      const plain = plainProgram(text)
      if (plain !== undefined) {
        const call = { ...plain, stdin: '', files: await filesUnder(fs, HOME), line: text }
        return run(call, output)
      }
      const options = env === undefined ? {} : { env, cwd: env['PWD'] ?? HOME }
      const result = await bash.exec(text, options)
      env = result.env
      if (result.stdout !== '') output.stdout(result.stdout)
      if (result.stderr !== '') output.stderr(asBashSays(result.stderr))
      return result.exitCode
    },
    readFiles: () => filesUnder(fs, HOME),
    writeFile: (path, text) => fs.writeFile(`${HOME}/${path}`, text),
    removeFile: (path) => fs.rm(`${HOME}/${path}`, { force: true }),
    cwd: () => env?.['PWD'] ?? HOME,
  }
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
