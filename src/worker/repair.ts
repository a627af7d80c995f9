// The repair of a manifest as it comes from the clipboard, with what that adds.
import { hasLostIndentation, repairIndentation } from '../sim/schema/repair-indentation.ts'

/** Nobody copies more than this from a web page. */
const REPAIRED_TEXT_MAX = 200_000

/** A manifest that lost its indentation, repaired; undefined when it has not or cannot be. */
export function repairManifest(text: string): string | undefined {
  if (text.length > REPAIRED_TEXT_MAX) return undefined
  const plain = withoutMargin(text.replaceAll(/\r\n?/g, '\n').replaceAll('\u00a0', ' '))
  return hasLostIndentation(plain) ? repairIndentation(plain) : undefined
}

/** Takes off the blanks that all lines begin with: a margin is no indentation. */
function withoutMargin(text: string): string {
  const lines = text.split('\n')
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/))
  const margin = Math.min(...margins)
  if (margins.length === 0 || margin === 0) return text
  return lines.map((line) => line.slice(margin)).join('\n')
}
