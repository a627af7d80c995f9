// How Go prints numbers it read from JSON. Where it kept whole numbers apart they stand as they
// are; a float is written by strconv.FormatFloat(x, 'g', -1, 64), with an exponent from 1e+06.

/** A number that Go holds as an integer when it is whole. */
export function goNumber(value: number): string {
  return Number.isSafeInteger(value) ? String(value) : goFloat(value)
}

/** A float64: the shortest digits, as an exponent below 1e-04 and from 1e+06. */
export function goFloat(value: number): string {
  const [mantissa = '', power = '0'] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent >= -4 && exponent < 6) return String(value)
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}
