// How Go prints numbers it read from JSON: whole ones as integers, others by
// strconv.FormatFloat(x, 'g', -1, 64), which takes an exponent from 1e+21 and below 1e-4.

export function goNumber(value: number): string {
  if (Number.isSafeInteger(value)) return String(value)
  const [mantissa = '', power = '0'] = value.toExponential().split('e')
  const exponent = Number(power)
  if (exponent >= -4 && exponent < 21) return String(value)
  return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}
