// `npm run --silent api`: a simulated cluster behind Kubernetes' REST interface, for one's own
// kubectl, scripts and client libraries. The first line of stdout says where it is.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseTime, type SimTime } from '../../base/time.ts'
import { clusterConfig, type ClusterConfig } from '../../sim/cluster.ts'
import { setServer } from '../../kubectl/config.ts'
import { createLab } from '../../session/lab.ts'
import type { Recording } from '../replay-session.ts'
import { startClock, type Speed } from './clock.ts'
import { advanceBy, hostOf, type Host } from './host.ts'
import { kubeconfigOf } from './kubeconfig.ts'
import { labRoutes } from './lab-routes.ts'
import { serve, type ExtraRoutes } from './server.ts'

const USAGE =
  'usage: npm run --silent api -- [--port N] [--seed N] [--start TIME] [--cluster FILE]\n' +
  '                               [--session FILE] [--speed X|max]\n'
const START = '2026-03-02T09:00:00Z'

interface Options {
  port: number
  seed: number
  start: SimTime
  cluster: ClusterConfig
  session: Recording | undefined
  speed: Speed
}

/** Reads the words of the command line. Throws with a sentence for what it cannot read. */
function optionsOf(words: readonly string[]): Options {
  const given = new Map<string, string>()
  for (let index = 0; index < words.length; index++) {
    const [name = '', inline] = words[index]!.split(/=(.*)/s)
    const value = inline ?? words[++index]
    if (!/^--(port|seed|start|cluster|session|speed)$/.test(name) || value === undefined)
      throw new Error(`cannot read ${words[index] ?? name}`)
    given.set(name.slice(2), value)
  }
  const file = given.get('session')
  const session = file === undefined ? undefined : (readJson(file) as Recording)
  const clusterFile = given.get('cluster')
  const cluster =
    clusterFile === undefined ? session?.cluster : (readJson(clusterFile) as Partial<ClusterConfig>)
  return {
    port: numberOf(given.get('port') ?? '0', 'port'),
    seed: numberOf(given.get('seed') ?? String(session?.seed ?? 1), 'seed'),
    start: parseTime(given.get('start') ?? session?.start ?? START),
    cluster: clusterConfig(cluster ?? {}),
    session,
    speed: given.get('speed') === 'max' ? 'max' : numberOf(given.get('speed') ?? '0', 'speed'),
  }
}

function numberOf(text: string, what: string): number {
  const value = Number(text)
  if (text === '' || !(value >= 0) || (what !== 'speed' && !Number.isInteger(value)))
    throw new Error(`--${what} ${text} is no number`)
  return value
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** Runs the session's commands at their times before anybody connects. */
async function play({ files, steps }: Recording, host: Host, routes: ExtraRoutes): Promise<void> {
  const start = host.lab.world.now
  for (const [index, { at, run, for: seconds }] of steps.entries()) {
    await advanceBy(host, Math.max(0, start + at * 1000 - host.lab.world.now))
    const line = { line: run, files: index === 0 ? files : {}, ...(seconds ? { seconds } : {}) }
    await routes('POST', '/lab/exec', Buffer.from(JSON.stringify(line)))
  }
}

/** A kubeconfig that works as it is, in a folder of its own. */
function writeKubeconfig(url: string): { file: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'))
  const file = join(folder, 'config')
  writeFileSync(file, kubeconfigOf(url), { mode: 0o600 })
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

async function main(options: Options): Promise<void> {
  const { port, seed, start, cluster, session, speed } = options
  const host = hostOf(createLab({ start, seed, cluster, freezes: false }))
  if (session !== undefined) await play(session, host, labRoutes(host, true))
  const server = await serve(host, port, labRoutes(host, speed === 0))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  setServer(host.lab.world, url)
  const kubeconfig = writeKubeconfig(url)
  process.on('exit', kubeconfig.remove)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0))
  console.log(JSON.stringify({ url, kubeconfig: kubeconfig.file }))
  startClock(host, speed)
}

try {
  await main(optionsOf(process.argv.slice(2)))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.stderr.write(USAGE)
  process.exitCode = 1
}
