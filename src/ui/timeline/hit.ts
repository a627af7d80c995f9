// Which shape is under a point, and which is next to another: pointing and arrow keys, by the same
// shapes that were drawn.
import type { Shape } from './layout.ts'

/** Half the size of a tick's sign, and the slack around narrow bars. */
const REACH = 7

/** The topmost shape at a point, or the nearest within reach. Bands are behind everything. */
export function hitShape(shapes: readonly Shape[], x: number, y: number): Shape | undefined {
  let band: Shape | undefined
  let best: Shape | undefined
  let bestDistance = Infinity
  for (const shape of shapes) {
    const distance = distanceTo(shape, x, y)
    if (distance > REACH) continue
    if (shape.type === 'band' || (shape.type === 'off' && band?.type !== 'band')) band = shape
    else if (distance < bestDistance) {
      best = shape
      bestDistance = distance
    }
  }
  return best ?? band
}

function distanceTo(shape: Shape, x: number, y: number): number {
  if (shape.type === 'tick' || shape.type === 'ghost')
    return Math.hypot(shape.x - x, shape.y - y) - 2
  const right = shape.x + Math.max(2, shape.width)
  const dx = Math.max(shape.x - x, 0, x - right)
  const dy = Math.max(shape.y - y, 0, y - (shape.y + shape.height))
  return dy > 2 ? Infinity : Math.hypot(dx, dy)
}

/** The shape an arrow key leads to: the nearest whose centre lies in that direction. */
export function neighbour(
  shapes: readonly Shape[],
  from: Shape | undefined,
  direction: 'left' | 'right' | 'up' | 'down',
): Shape | undefined {
  const candidates = shapes.filter(({ type }) => type !== 'band' && type !== 'off')
  if (from === undefined) return direction === 'left' ? candidates.at(-1) : candidates[0]
  const [fx, fy] = centre(from)
  let best: Shape | undefined
  let bestCost = Infinity
  for (const shape of candidates) {
    const [x, y] = centre(shape)
    const along = direction === 'left' || direction === 'right' ? x - fx : y - fy
    const across = direction === 'left' || direction === 'right' ? y - fy : x - fx
    const forward = direction === 'left' || direction === 'up' ? -along : along
    if (forward <= 0.5) continue
    const horizontal = direction === 'left' || direction === 'right'
    if (horizontal && Math.abs(across) > 6) continue
    const cost = forward + Math.abs(across) * (horizontal ? 1 : 0.25)
    if (cost < bestCost) {
      best = shape
      bestCost = cost
    }
  }
  return best
}

/** The middle of a shape. */
export function centre(shape: Shape): [number, number] {
  if (shape.type === 'tick' || shape.type === 'ghost') return [shape.x, shape.y]
  return [shape.x + shape.width / 2, shape.y + shape.height / 2]
}
