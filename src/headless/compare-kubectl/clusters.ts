// Two equal clusters for one session: on one the lab's own kubectl runs, on the other a real one,
// whose time continues while it waits.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { addMs, parseTime } from '../../base/time.ts'
import { clusterConfig, type ClusterConfig } from '../../sim/cluster.ts'
import { setServer } from '../../kubectl/config.ts'
import { createLab } from '../../session/lab.ts'
import { advanceBy, hostOf, type Host } from '../api/host.ts'
import { kubeconfigOf } from '../api/kubeconfig.ts'
import { labRoutes } from '../api/lab-routes.ts'
import { serve, type ExtraRoutes } from '../api/server.ts'
import type { Printed } from './normalize.ts'

export interface Step {
  at: number
  run: string
  /** Prepares the cluster; not compared. */
  setup?: boolean
  /** Ended by a signal after so many seconds. */
  for?: number
}

export interface Session {
  title?: string
  seed?: number
  /** RFC 3339; a session that is compared starts now, since a real client reads the real clock. */
  start?: string
  cluster?: Partial<ClusterConfig>
  files?: Readonly<Record<string, string>>
  steps: readonly Step[]
}

/** A cluster whose commands run in the lab's own terminal. */
interface OwnCluster {
  readonly host: Host
  run: (step: Step, files: Readonly<Record<string, string>>) => Promise<Printed>
  advanceTo: (seconds: number) => Promise<void>
}

/** From the start of the kubectl program to its first request. */
const START_MS = 60
const SECONDS_MAX = 300

export function ownCluster(session: Session, start: string): OwnCluster {
  const { seed = 1, cluster = {} } = session
  const at = parseTime(start)
  const config = clusterConfig(cluster)
  const host = hostOf(createLab({ start: at, seed, cluster: config, freezes: false }))
  setServer(host.lab.world, 'http://127.0.0.1:1')
  const routes = labRoutes(host, true)
  return {
    host,
    run: async (step, files) => {
      const line = { line: step.run, files, seconds: step.for ?? SECONDS_MAX }
      const body = Buffer.from(JSON.stringify(line))
      return (await routes('POST', '/lab/exec', body)) as Printed
    },
    advanceTo: async (seconds) => {
      const wait = addMs(at, seconds * 1000 + START_MS) - host.lab.world.now
      if (wait > 0) await advanceBy(host, wait)
    },
  }
}

/** The same for a real client, which reaches the cluster by HTTP. */
interface RealCluster extends OwnCluster {
  /** Runs a line in the lab's terminal on this cluster. */
  runOwn: OwnCluster['run']
  close: () => void
}

/** How often the cluster of a waiting client is moved on. */
const LOOK_MS = 10
/** A client that watches waits for time to pass; any other may only be slow to start. */
const PATIENCE_WATCHING_MS = 900
const PATIENCE_MS = 5_000
/** Simulated time runs so much faster than the client that waits for it. */
const PACE = 10
const WALL_MS_MAX = 45_000
const SIGNAL_GAP_MS = 150

export async function realCluster(
  session: Session,
  start: string,
  kubectl: string,
): Promise<RealCluster> {
  const own = ownCluster(session, start)
  const routes: ExtraRoutes = () => undefined
  const server = await serve(own.host, 0, routes)
  const folder = mkdtempSync(join(tmpdir(), 'rc-'))
  for (const [path, text] of Object.entries(session.files ?? {})) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const env = environment(server, folder, kubectl)
  return {
    ...own,
    runOwn: own.run,
    run: (step) => runReal(own.host, step, folder, env),
    close: () => {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true, force: true })
      rmSync(dirname(env['KUBECONFIG']!), { recursive: true, force: true })
    },
  }
}

function environment(server: Server, folder: string, kubectl: string): NodeJS.ProcessEnv {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const config = join(mkdtempSync(join(tmpdir(), 'kubeconfig-')), 'config')
  writeFileSync(config, kubeconfigOf(url))
  const path = [dirname(kubectl), process.env['PATH']].join(delimiter)
  return { PATH: path, KUBECONFIG: config, HOME: folder, TERM: 'dumb', LANG: 'C.UTF-8' }
}

async function runReal(
  host: Host,
  step: Step,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Printed> {
  const printed: Printed = { exit: 0, stdout: '', stderr: '' }
  const child = spawn('bash', ['-c', step.run], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.stdout.on('data', (data: Buffer) => (printed.stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (printed.stderr += data.toString()))
  let ended = false
  child.on('close', (code) => {
    printed.exit = code ?? 130
    ended = true
  })
  const from = Date.now()
  // A client with a time limit of its own measures it by its own clock.
  const pace = /--timeout|drain/.test(step.run) ? 1 : PACE
  let last = from
  let passed = 0
  while (!ended) {
    await sleep(LOOK_MS)
    const now = Date.now()
    const watching = host.watchers.size + host.followers.size > 0
    const patience = watching ? PATIENCE_WATCHING_MS : PATIENCE_MS
    if (now - from >= patience || step.for !== undefined) {
      const ms = (now - last) * pace
      passed += ms
      await advanceBy(host, ms)
    }
    last = now
    if (passed < (step.for ?? SECONDS_MAX) * 1000 && now - from <= WALL_MS_MAX) continue
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      signalGroup(child.pid, signal)
      await sleep(SIGNAL_GAP_MS)
    }
    break
  }
  return printed
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It has ended meanwhile.
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
