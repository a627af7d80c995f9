// Resource quantities: `100m`, `2`, `1.5`, `200Mi`, `1e3` (apimachinery api/resource). Amounts are
// numbers of thousandths: exact for every size a lab cluster has. Pure.

const BINARY: Readonly<Record<string, number>> = {
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
}
const DECIMAL: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
}
const PATTERN = /^([+-]?(?:\d+\.?\d*|\.\d+))((?:[KMGTPE]i)|[numkMGTPE]|(?:[eE][+-]?\d+))?$/

/** Thousandths of the unit, rounded up as Quantity.MilliValue; undefined for no quantity. */
export function milliValue(text: string): number | undefined {
  const match = PATTERN.exec(text)
  if (match === null) return undefined
  const [, digits = '', suffix = ''] = match
  const exponent = /^[eE][+-]?\d+$/.test(suffix) ? Number(suffix.slice(1)) : undefined
  const scale = exponent === undefined ? (BINARY[suffix] ?? DECIMAL[suffix]) : 10 ** exponent
  if (scale === undefined) return undefined
  // Rounding up first at nine digits keeps 0.1 from becoming 101 thousandths.
  return Math.ceil(Number((Number(digits) * scale * 1000).toPrecision(15)))
}
