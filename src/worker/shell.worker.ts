// The terminal's shell in a worker of its own, so that no command line, however busy, makes the
// page wait. It is large and starts with the first line that needs a shell.
import { serveShell } from './serve-shell.ts'

serveShell(globalThis)
