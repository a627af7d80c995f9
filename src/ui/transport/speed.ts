// The speed slider: equal ways along it multiply the speed equally, from real time to 10,000
// virtual seconds in a second.

/** Speeds with a label, where the slider likes to stop. */
export const SPEED_STOPS: readonly number[] = [1, 10, 60, 600, 3_600, 10_000]
const SPEED_MAX = 10_000

/** Slider positions are whole numbers from 0 to this. */
export const SLIDER_MAX = 200
/** How near to a labelled stop the slider jumps onto it. */
const SNAP = 4

export function speedOfPosition(position: number): number {
  const snapped = SPEED_STOPS.find((stop) => Math.abs(positionOfSpeed(stop) - position) <= SNAP)
  if (snapped !== undefined) return snapped
  return roundTwoDigits(SPEED_MAX ** (position / SLIDER_MAX))
}

export function positionOfSpeed(speed: number): number {
  return Math.round((Math.log(speed) / Math.log(SPEED_MAX)) * SLIDER_MAX)
}

/** The next labelled stop above or below a speed. */
export function neighbourStop(speed: number, direction: 1 | -1): number {
  const stops = direction > 0 ? SPEED_STOPS : SPEED_STOPS.toReversed()
  const beyond = stops.find((stop) => (stop - speed) * direction > 0)
  return beyond ?? stops.at(-1)!
}

/** `60×`, `10,000×`. */
export function speedText(speed: number): string {
  return `${String(speed).replace(/\B(?=(\d{3})+$)/g, ',')}×`
}

/** What a speed means: `1 minute a second`. */
export function speedMeaning(speed: number): string {
  if (speed < 60) return speed === 1 ? 'real time' : `${speed} s a second`
  if (speed < 3_600) return `${trim(speed / 60)} min a second`
  return `${trim(speed / 3_600)} h a second`
}

function trim(value: number): string {
  return String(Math.round(value * 10) / 10)
}

function roundTwoDigits(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1)
  return Math.round(value / unit) * unit
}
