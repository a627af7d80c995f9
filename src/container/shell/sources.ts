// The script texts a container's shells run. Positions in code refer to them by index.

import type { Container } from '../kernel/types.ts'
import type { Shell } from './shell.ts'

// Scripts that build new text for `eval` again and again would fill the table: above this many
// texts, places that no shell refers to are used again.
const SOURCES_MAX = 32

/** The index of a script text. */
export function sourceIndex(container: Container, text: string): number {
  const { sources } = container
  const known = sources.indexOf(text)
  if (known >= 0) return known
  if (sources.length >= SOURCES_MAX) {
    const used = usedSources(container)
    const free = sources.findIndex((_, index) => !used.has(index))
    if (free >= 0) {
      sources[free] = text
      return free
    }
  }
  return sources.push(text) - 1
}

function usedSources(container: Container): Set<number> {
  const used = new Set<number>()
  for (const { shell } of container.procs) {
    if (shell === undefined) continue
    used.add(shell.source)
    for (const marker of shell.control) if ('source' in marker) used.add(marker.source)
    for (const name of Object.keys(shell.functions)) {
      const body = shell.functions[name]
      if (body !== undefined) used.add(body.source)
    }
  }
  return used
}

/** Continues at the beginning of another script text. */
export function jumpToSource(shell: Shell, text: string): void {
  shell.state.source = sourceIndex(shell.container, text)
  shell.state.pc = 0
}
