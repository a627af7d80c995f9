// A link that opens the same moment elsewhere: the session as compressed JSON in the part of the
// address that browsers do not send to any server.
import type { SharedSession } from '../worker/protocol.ts'

const PREFIX = '#s='
/** Longer links are cut by some programs that pass them on. */
export const LINK_LENGTH_WARN = 32_000

/** The address that opens this session. */
export async function linkTo(session: SharedSession): Promise<string> {
  const { origin, pathname } = location
  return `${origin}${pathname}${PREFIX}${await packed(JSON.stringify(session))}`
}

/** What a link carries, for the host to read; undefined when the address has no session. */
export async function sessionFromHash(
  hash: string,
): Promise<{ json: unknown } | undefined | 'unreadable'> {
  if (!hash.startsWith(PREFIX)) return undefined
  try {
    return { json: JSON.parse(await unpacked(hash.slice(PREFIX.length))) as unknown }
  } catch {
    return 'unreadable'
  }
}

/** Deflated and written with the letters that an address allows. */
async function packed(text: string): Promise<string> {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'))
  let binary = ''
  for (let i = 0; i < bytes.length; i += 8192)
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192))
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

async function unpacked(text: string): Promise<string> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
  return new TextDecoder().decode(await through(bytes, new DecompressionStream('deflate-raw')))
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  transform: CompressionStream | DecompressionStream,
): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(transform)
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
