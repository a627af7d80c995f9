// A value that changes no more often than can be read. While time plays fast, lists that follow
// every change would keep the page busy with text that nobody sees.
import { startTransition, useEffect, useRef, useState } from 'react'

/** The value, at most every `ms` a new one; the last one always arrives. */
export function useThrottled<T>(value: T, ms: number): T {
  const [shown, setShown] = useState(value)
  const changedAt = useRef(0)
  useEffect(() => {
    if (Object.is(value, shown)) return
    const show = (): void => {
      changedAt.current = performance.now()
      // Nobody waits for it: rendering may be cut into pieces.
      startTransition(() => setShown(() => value))
    }
    const timer = setTimeout(show, Math.max(0, changedAt.current + ms - performance.now()))
    return () => clearTimeout(timer)
  }, [value, shown, ms])
  return shown
}
