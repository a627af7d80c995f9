// Cutting characters off the end of a text in linear time; `/x+$/` tries every place again.

/** The text without the characters of a set at its end. */
export function trimEnd(text: string, chars: string): string {
  let end = text.length
  while (end > 0 && chars.includes(text[end - 1] ?? '')) end--
  return text.slice(0, end)
}
