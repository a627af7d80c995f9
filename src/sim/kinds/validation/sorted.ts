// Maps are visited in the order of their keys, by bytes, as Go sorts text.

export function sortedEntries<T>(
  map: Readonly<Record<string, T>> | null | undefined,
): readonly (readonly [string, T])[] {
  return Object.entries(map ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
}
