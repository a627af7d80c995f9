// `factor`: prime factors of numbers up to 64 bits, by Pollard's rho.

import { charge, type Meter } from '../kernel/meter.ts'
import { fail, out, readAll, type Io, type Result, type Tool } from './io.ts'

const NUMBER_MAX = 0xffff_ffff_ffff_ffffn
const SMALL_PRIMES = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n]

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n
  let square = base % modulus
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

// Miller and Rabin's test; these bases are certain for 64 bits.
function isPrime(n: bigint): boolean {
  if (n < 2n) return false
  for (const prime of SMALL_PRIMES) if (n % prime === 0n) return n === prime
  let odd = n - 1n
  let twos = 0
  for (; (odd & 1n) === 0n; odd >>= 1n) twos++
  return SMALL_PRIMES.every((base) => {
    let x = power(base, odd, n)
    if (x === 1n || x === n - 1n) return true
    for (let i = 1; i < twos; i++) {
      x = (x * x) % n
      if (x === n - 1n) return true
    }
    return false
  })
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b]
  while (y > 0n) [x, y] = [y, x % y]
  return x
}

// A divisor of a number that is not prime.
function divisorOf(meter: Meter, n: bigint): bigint {
  for (const prime of SMALL_PRIMES) if (n % prime === 0n) return prime
  for (let add = 1n; ; add++) {
    let [slow, fast, found] = [2n, 2n, 1n]
    while (found === 1n) {
      charge(meter, 2)
      slow = (slow * slow + add) % n
      fast = (fast * fast + add) % n
      fast = (fast * fast + add) % n
      found = greatestDivisor(slow > fast ? slow - fast : fast - slow, n)
    }
    if (found !== n) return found
  }
}

function factorsOf(meter: Meter, n: bigint): bigint[] {
  if (n < 2n) return []
  if (isPrime(n)) return [n]
  const divisor = divisorOf(meter, n)
  return [...factorsOf(meter, divisor), ...factorsOf(meter, n / divisor)].sort((a, b) =>
    a < b ? -1 : a > b ? 1 : 0,
  )
}

function factor(io: Io): Result {
  const input = io.args.length > 0 ? '' : readAll(io)
  if (input === undefined) return 'wait'
  const words = io.args.length > 0 ? io.args : input.split(/\s+/).filter((word) => word !== '')
  for (const word of words) {
    const digits = /^\s*\+?(\d+)$/.exec(word)?.[1]
    const number = digits === undefined ? NUMBER_MAX + 1n : BigInt(digits.slice(0, 40))
    if (number > NUMBER_MAX) return fail(io, `invalid number '${word}'`)
    out(io, `${[`${number}:`, ...factorsOf(io.proc, number)].join(' ')}\n`)
  }
  return 0
}

export const factorTools: Record<string, Tool> = { factor: { run: factor } }
