// What a container writes to stdout and stderr becomes log lines: a line is stamped when its
// newline arrives; what is left at the end is kept as a partial line.

import { LOG_BYTES_MAX, LOG_LINE_HEAD } from './limits.ts'
import type { LogLine, Machine, Stream } from './types.ts'

/** Appends output to the container's log. */
export function writeLog(machine: Machine, stream: Stream, text: string): void {
  for (const line of completeLines(machine.rest, stream, text)) addLine(machine, stream, line)
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

function addLine(machine: Machine, stream: Stream, text: string): void {
  machine.log.push({ at: machine.now, stream, text })
  machine.logBytes += text.length + LOG_LINE_HEAD
  if (machine.logBytes > LOG_BYTES_MAX) rotate(machine)
}

// Drops a quarter at once, so that a chatty container does not move its log at every line.
function rotate(machine: Machine): void {
  let bytes = sizeOf(machine.log)
  let dropped = 0
  for (const line of machine.log) {
    if (bytes <= (LOG_BYTES_MAX * 3) / 4) break
    bytes -= line.text.length + LOG_LINE_HEAD
    dropped++
  }
  machine.log = machine.log.slice(dropped)
  machine.logDropped += dropped
  machine.logBytes = bytes
}

function sizeOf(log: LogLine[]): number {
  let bytes = 0
  for (const line of log) bytes += line.text.length + LOG_LINE_HEAD
  return bytes
}

/** At the end of the container: lines without a newline are written, too. */
export function flushLog(machine: Machine): void {
  for (const stream of ['stdout', 'stderr'] as const) {
    const text = machine.rest[stream]
    machine.rest[stream] = ''
    if (text !== '') machine.log.push({ at: machine.now, stream, text, partial: true })
  }
}
