// Making plain objects so that equal kinds of objects have equal shapes. V8 before version 12 (Node
// 20) gives every single object that a spread with a new key makes (`{ ...pod, spec }` where `pod`
// had none) a shape of its own: it takes ten times as long, and reading such objects stays slow.
// What the simulation makes all the time is made by these two instead.

/** The keys of T that cannot be undefined, and the others as optional ones. */
type Compact<T> = {
  [K in keyof T as undefined extends T[K] ? never : K]: T[K]
} & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** `fields` without those that are undefined: `compact({ name, namespace })`. */
export function compact<T extends object>(fields: T): Compact<T> {
  let isComplete = true
  for (const key in fields) if (fields[key] === undefined) isComplete = false
  if (isComplete) return fields as unknown as Compact<T>
  const present: Record<string, unknown> = {}
  for (const key in fields) if (fields[key] !== undefined) present[key] = fields[key]
  return present as Compact<T>
}

/** `object` with the keys of `added`, of which some are new to it. */
export function extend<T extends object, U extends object>(
  object: T,
  added: U,
): Omit<T, keyof U> & U {
  return Object.assign({}, object, added)
}

/** What lies at a path of keys in plain data; undefined where the path ends early. */
export function valueAt(data: unknown, path: readonly string[]): unknown {
  let value = data
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
