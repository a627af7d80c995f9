// One tooltip for the whole page: any element with `data-hint` (and perhaps `data-key`, the key
// that does the same) is explained when the pointer rests on it or the keyboard reaches it. One
// listener instead of a component around every tile keeps a full cluster cheap.
import { useEffect, useRef, useState, type ReactElement } from 'react'

interface Shown {
  text: string
  shortcut: string | undefined
  box: DOMRect
}

/** How long the pointer must rest before the first hint, and before the next one soon after. */
const REST_MS = 400
const NEXT_MS = 80
const SOON_MS = 300
const EDGE = 8
const GAP = 6

export function Hints(): ReactElement | null {
  const [shown, setShown] = useState<Shown>()
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => listen(setShown), [])
  useEffect(() => {
    const tip = element.current
    if (tip === null || shown === undefined) return
    const { left, top } = placeBeside(shown.box, tip.getBoundingClientRect())
    tip.style.transform = `translate(${left}px, ${top}px)`
  }, [shown])
  if (shown === undefined) return null
  return (
    <div ref={element} className="tooltip hint" role="tooltip">
      {shown.text}
      {shown.shortcut !== undefined && <kbd>{shown.shortcut}</kbd>}
    </div>
  )
}

function listen(show: (shown: Shown | undefined) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let hiddenAt = 0
  let current: Element | undefined
  const hide = (): void => {
    clearTimeout(timer)
    if (current === undefined) return
    current = undefined
    hiddenAt = performance.now()
    show(undefined)
  }
  const reveal = (target: HTMLElement): void => {
    current = target
    const { hint = '', key } = target.dataset
    show({ text: hint, shortcut: key, box: target.getBoundingClientRect() })
  }
  const onOver = (event: PointerEvent): void => {
    const target = hinted(event.target)
    if (target === current && target !== undefined) return
    hide()
    clearTimeout(timer)
    if (target === undefined || event.pointerType !== 'mouse') return
    const soon = performance.now() - hiddenAt < SOON_MS
    timer = setTimeout(() => reveal(target), soon ? NEXT_MS : REST_MS)
  }
  const onFocus = (event: FocusEvent): void => {
    const target = hinted(event.target)
    hide()
    if (target !== undefined && target.matches(':focus-visible')) reveal(target)
  }
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' || event.key === 'Enter') hide()
  }
  const abort = new AbortController()
  const options = { signal: abort.signal, capture: true, passive: true }
  document.addEventListener('pointerover', onOver, options)
  document.addEventListener('pointerdown', hide, options)
  document.addEventListener('scroll', hide, options)
  document.addEventListener('focusin', onFocus, options)
  document.addEventListener('focusout', hide, options)
  document.addEventListener('keydown', onKey, options)
  return () => {
    clearTimeout(timer)
    abort.abort()
  }
}

function hinted(target: EventTarget | null): HTMLElement | undefined {
  if (!(target instanceof Element)) return undefined
  return target.closest<HTMLElement>('[data-hint]') ?? undefined
}

/** Below the element, or above where there is no room; always inside the window. */
function placeBeside(box: DOMRect, tip: DOMRect): { left: number; top: number } {
  const middle = box.left + box.width / 2 - tip.width / 2
  const left = Math.max(EDGE, Math.min(innerWidth - tip.width - EDGE, middle))
  const below = box.bottom + GAP
  const top = below + tip.height > innerHeight - EDGE ? box.top - GAP - tip.height : below
  return { left, top }
}
