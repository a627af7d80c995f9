// What a container writes to stdout and stderr becomes log lines: a line is stamped when its
// newline arrives; what is left at the end is kept as a partial line.

import { LOG_BYTES_MAX, LOG_LINE_HEAD } from './limits.ts'
import type { LogLine, Container, Stream } from './types.ts'

/** Appends output to the container's log. */
export function writeLog(container: Container, stream: Stream, text: string): void {
  for (const line of completeLines(container.rest, stream, text)) addLine(container, stream, line)
}

/** Splits off complete lines, keeping the rest per stream. A line without end is cut. */
export function completeLines(
  rest: Record<Stream, string>,
  stream: Stream,
  text: string,
): string[] {
  const lines = (rest[stream] + text).split('\n')
  rest[stream] = (lines.pop() ?? '').slice(0, LOG_BYTES_MAX)
  return lines
}

function addLine(container: Container, stream: Stream, text: string): void {
  container.log.push({ at: container.now, stream, text })
  container.logBytes += text.length + LOG_LINE_HEAD
  if (container.logBytes > LOG_BYTES_MAX) rotate(container)
}

// Drops a quarter at once, so that a chatty container does not move its log at every line.
function rotate(container: Container): void {
  let bytes = sizeOf(container.log)
  let dropped = 0
  for (const line of container.log) {
    if (bytes <= (LOG_BYTES_MAX * 3) / 4) break
    bytes -= line.text.length + LOG_LINE_HEAD
    dropped++
  }
  container.log = container.log.slice(dropped)
  container.logDropped += dropped
  container.logBytes = bytes
}

function sizeOf(log: LogLine[]): number {
  let bytes = 0
  for (const line of log) bytes += line.text.length + LOG_LINE_HEAD
  return bytes
}

/** At the end of the container: lines without a newline are written, too. */
export function flushLog(container: Container): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const text = container.rest[stream]
    container.rest[stream] = ''
    if (text !== '') container.log.push({ at: container.now, stream, text, partial: true })
  }
}
