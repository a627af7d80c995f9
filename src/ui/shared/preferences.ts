// What the browser remembers of the page itself: theme, speed, panels. Every field is checked when
// it is read, so that a store damaged by hand or by an older version costs a default, no more.

interface LayoutPreferences {
  theme: 'auto' | 'light' | 'dark' | 'projector'
  speed: number
  inspectorTab: 'why' | 'yaml' | 'events' | 'owners' | 'describe'
  timelineTable: boolean
  screenReader: boolean
  /** Whether the coach speaks below the terminal. */
  coaching: boolean
}

const KEY = 'odyssey.layout'

const DEFAULTS: LayoutPreferences = {
  theme: 'auto',
  speed: 1,
  inspectorTab: 'why',
  timelineTable: false,
  screenReader: false,
  coaching: true,
}

/** What was saved last, each field that is not as it should be replaced by its default. */
export function loadLayout(): LayoutPreferences {
  const saved = readJson(KEY)
  if (typeof saved !== 'object' || saved === null) return DEFAULTS
  const field = (name: string): unknown => (saved as Record<string, unknown>)[name]
  const speed = field('speed')
  return {
    theme: oneOf(field('theme'), ['auto', 'light', 'dark', 'projector'], DEFAULTS.theme),
    speed: typeof speed === 'number' && speed >= 1 && speed <= 10_000 ? speed : DEFAULTS.speed,
    inspectorTab: oneOf(
      field('inspectorTab'),
      ['why', 'yaml', 'events', 'owners', 'describe'],
      DEFAULTS.inspectorTab,
    ),
    timelineTable: field('timelineTable') === true,
    screenReader: field('screenReader') === true,
    coaching: field('coaching') !== false,
  }
}

export function saveLayout(layout: LayoutPreferences): void {
  writeJson(KEY, layout)
}

/** Reads JSON from localStorage; undefined when it is missing, damaged or forbidden. */
export function readJson(key: string): unknown {
  try {
    const text = globalThis.localStorage?.getItem(key)
    return text === null || text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Writes JSON to localStorage; a full or forbidden store costs only the memory of it. */
export function writeJson(key: string, value: unknown): void {
  try {
    globalThis.localStorage?.setItem(key, JSON.stringify(value))
  } catch {
    return
  }
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((one) => one === value) ?? fallback
}
