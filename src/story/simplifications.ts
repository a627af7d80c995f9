// What the lab simplifies, for learners to read: the rules of SPEC.md that say so. A module of its
// own, loaded when someone asks.
import spec from '../sim/SPEC.md?raw'

export interface Simplification {
  /** `KUBELET-4`. */
  id: string
  /** `Kubelet`. */
  section: string
  /** The rule, without its marks of emphasis. */
  text: string
}

/** Every rule of SPEC.md that marks a simplification, in its order. */
export const SIMPLIFICATIONS: readonly Simplification[] = simplificationsIn(spec)

/** The rules of a specification text that say *simplified*. */
export function simplificationsIn(text: string): Simplification[] {
  const found: Simplification[] = []
  let section = ''
  for (const line of text.split('\n')) {
    if (line.startsWith('## ')) section = line.slice(3).trim()
    const rule = /^- \*\*([A-Z]+-\d+)\*\* (.*)$/.exec(line)
    if (rule === null || !/\*simplified/i.test(rule[2]!)) continue
    found.push({ id: rule[1]!, section, text: rule[2]!.replaceAll(/[*`]/g, '') })
  }
  return found
}
