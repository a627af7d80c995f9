// Servers and agents: they say a little when they start and then wait, until a signal ends them.

import { formatDate } from '../tools/date-format.ts'
import { fail, out, type Io, type Result, type Tool } from '../tools/io.ts'
import { writeTo } from '../kernel/descriptors.ts'
import { execProc } from '../kernel/exec.ts'

interface Server {
  /** What it writes to stdout and stderr when it starts; `%` directives are strftime's. */
  stdout?: string[]
  stderr?: string[]
  /** What it writes when a signal ends it, to the stream it uses otherwise. */
  farewell?: string[]
}

const ends = { TERM: 0, INT: 0, QUIT: 0 }

function say({ container, proc }: Io, fd: number, lines: readonly string[] = []): void {
  for (const line of lines) writeTo(container, proc, fd, `${formatDate(line, container.now)}\n`)
}

function idle(server: Server, signals: Record<string, number> = ends): Tool {
  return {
    signals,
    farewell: (io) => say(io, server.stderr === undefined ? 1 : 2, server.farewell),
    run: (io): Result => {
      const { proc } = io
      if (proc.memory['begun'] !== true) {
        proc.memory['begun'] = true
        say(io, 1, server.stdout)
        say(io, 2, server.stderr)
      }
      proc.block = { on: 'signal' }
      return 'wait'
    },
  }
}

/** An entrypoint script that becomes what it is given, after a few lines. */
function entrypoint(lines: string[], byDefault: string[]): Tool {
  return {
    run: (io: Io): Result => {
      const argv = io.args.length === 0 ? byDefault : io.args
      if (argv[0] === byDefault[0]) for (const line of lines) out(io, `${line}\n`)
      const problem = execProc(io.container, io.proc, argv)
      if (problem === undefined) return 'wait'
      return fail(io, `exec: ${argv[0] ?? ''}: not found`, 127)
    },
  }
}

const HELLO = `
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (amd64)
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.
`

export const servers: Record<string, Tool> = {
  // The lab's own agent, as in the recordings: silent, ends at once on TERM.
  agent: idle({}),
  pause: idle({}),
  nginx: idle({
    stderr: [
      '%Y/%m/%d %H:%M:%S [notice] 1#1: using the "epoll" event method',
      '%Y/%m/%d %H:%M:%S [notice] 1#1: nginx/1.29.3',
      '%Y/%m/%d %H:%M:%S [notice] 1#1: start worker processes',
      '%Y/%m/%d %H:%M:%S [notice] 1#1: start worker process 29',
    ],
    farewell: [
      '%Y/%m/%d %H:%M:%S [notice] 1#1: signal 15 (SIGTERM) received, exiting',
      '%Y/%m/%d %H:%M:%S [notice] 1#1: exit',
    ],
  }),
  'docker-entrypoint.sh': {
    run: (io) => {
      const isNginx = io.container.programs.includes('nginx')
      const lines = isNginx
        ? [
            '/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration',
            '/docker-entrypoint.sh: Configuration complete; ready for start up',
          ]
        : []
      return entrypoint(lines, isNginx ? ['nginx', '-g', 'daemon off;'] : ['sh']).run(io)
    },
  },
  fluentd: idle({
    stdout: [
      '%Y-%m-%d %H:%M:%S +0000 [info]: parsing config file is succeeded path="/etc/fluent/fluent.conf"',
      '%Y-%m-%d %H:%M:%S +0000 [info]: starting fluentd-1.5.1 pid=1 ruby="2.3.3"',
      '%Y-%m-%d %H:%M:%S +0000 [info]: #0 starting fluentd worker pid=12 ppid=1 worker=0',
      '%Y-%m-%d %H:%M:%S +0000 [info]: #0 fluentd worker is now running worker=0',
    ],
    farewell: [
      '%Y-%m-%d %H:%M:%S +0000 [info]: Received graceful stop',
      '%Y-%m-%d %H:%M:%S +0000 [info]: Worker 0 finished with status 0',
    ],
  }),
  'entrypoint.sh': entrypoint([], ['fluentd']),
  tini: { run: (io) => entrypoint([], ['sh']).run({ ...io, args: io.args.slice(1) }) },
  'redis-server': idle({
    stdout: [
      '1:C %d %b %Y %H:%M:%S.%3N * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo',
      '1:C %d %b %Y %H:%M:%S.%3N # Warning: no config file specified, using the default config.',
      '1:M %d %b %Y %H:%M:%S.%3N * Running mode=standalone, port=6379.',
      '1:M %d %b %Y %H:%M:%S.%3N * Ready to accept connections tcp',
    ],
    farewell: [
      '1:signal-handler (%s) Received SIGTERM scheduling shutdown...',
      '1:M %d %b %Y %H:%M:%S.%3N # Redis is now ready to exit, bye bye...',
    ],
  }),
  'httpd-foreground': idle({
    stderr: [
      '[%a %b %d %H:%M:%S.%6N %Y] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.65 (Unix) configured -- resuming normal operations',
      "[%a %b %d %H:%M:%S.%6N %Y] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'",
    ],
  }),
  postgres: {
    ...idle({
      stderr: [
        '%Y-%m-%d %H:%M:%S.%3N UTC [1] LOG:  starting PostgreSQL 18.1 on x86_64-pc-linux-gnu',
        '%Y-%m-%d %H:%M:%S.%3N UTC [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432',
        '%Y-%m-%d %H:%M:%S.%3N UTC [1] LOG:  database system is ready to accept connections',
      ],
    }),
  },
  node_exporter: idle({
    stderr: [
      'time=%Y-%m-%dT%H:%M:%S.%3NZ level=INFO msg="Starting node_exporter" version="(version=1.10.2)"',
      'time=%Y-%m-%dT%H:%M:%S.%3NZ level=INFO msg="Listening on" address=[::]:9100',
    ],
  }),
  hello: {
    run: (io) => {
      out(io, HELLO)
      return 0
    },
  },
}
