// The order Go's sort.Sort leaves equal elements in. It is not stable but it is deterministic
// (pattern-defeating quicksort, insertion sort up to 12 elements), so the Events of one second
// appear in `describe` just as a real kubectl shows them.

const INSERTION_MAX = 12
const NINTHER_MIN = 50
const SHIFT_MIN = 50
const SHIFT_STEPS_MAX = 5
const DECREASING_SWAPS = 12

/** What is being sorted, by position. */
interface Sortable {
  less: (i: number, j: number) => boolean
  swap: (i: number, j: number) => void
}

/** A sorted copy of `items`. */
export function goSort<T>(items: readonly T[], less: (a: T, b: T) => boolean): T[] {
  const list = [...items]
  const data: Sortable = {
    less: (i, j) => less(list[i] as T, list[j] as T),
    swap: (i, j) => {
      const held = list[i] as T
      list[i] = list[j] as T
      list[j] = held
    },
  }
  sortRange(data, 0, list.length, bitLength(list.length))
  return list
}

function bitLength(value: number): number {
  return value === 0 ? 0 : Math.floor(Math.log2(value)) + 1
}

function sortRange(data: Sortable, from: number, to: number, badChoices: number): void {
  let [a, b, limit] = [from, to, badChoices]
  let wasBalanced = true
  let wasPartitioned = true
  for (;;) {
    const length = b - a
    if (length <= INSERTION_MAX) return insertionSort(data, a, b)
    if (limit === 0) return heapSort(data, a, b)
    if (!wasBalanced) {
      breakPatterns(data, a, b)
      limit--
    }
    let { pivot, swaps } = choosePivot(data, a, b)
    if (swaps === DECREASING_SWAPS) {
      reverse(data, a, b)
      pivot = b - 1 - (pivot - a)
      swaps = 0
    }
    if (wasBalanced && wasPartitioned && swaps === 0 && nearlySorted(data, a, b)) return
    if (a > 0 && !data.less(a - 1, pivot)) {
      a = partitionEqual(data, a, b, pivot)
      continue
    }
    const { middle, already } = partition(data, a, b, pivot)
    wasPartitioned = already
    const threshold = Math.floor(length / 8)
    if (middle - a < b - middle) {
      wasBalanced = middle - a >= threshold
      sortRange(data, a, middle, limit)
      a = middle + 1
    } else {
      wasBalanced = b - middle >= threshold
      sortRange(data, middle + 1, b, limit)
      b = middle
    }
  }
}

function insertionSort(data: Sortable, a: number, b: number): void {
  for (let i = a + 1; i < b; i++) {
    for (let j = i; j > a && data.less(j, j - 1); j--) data.swap(j, j - 1)
  }
}

function siftDown(data: Sortable, low: number, high: number, first: number): void {
  let root = low
  for (;;) {
    let child = 2 * root + 1
    if (child >= high) return
    if (child + 1 < high && data.less(first + child, first + child + 1)) child++
    if (!data.less(first + root, first + child)) return
    data.swap(first + root, first + child)
    root = child
  }
}

function heapSort(data: Sortable, a: number, b: number): void {
  const high = b - a
  for (let i = Math.floor((high - 1) / 2); i >= 0; i--) siftDown(data, i, high, a)
  for (let i = high - 1; i >= 0; i--) {
    data.swap(a, a + i)
    siftDown(data, 0, i, a)
  }
}

function partition(
  data: Sortable,
  a: number,
  b: number,
  pivot: number,
): { middle: number; already: boolean } {
  data.swap(a, pivot)
  let [i, j] = [a + 1, b - 1]
  let already = true
  for (;;) {
    while (i <= j && data.less(i, a)) i++
    while (i <= j && !data.less(j, a)) j--
    if (i > j) break
    data.swap(i, j)
    already = false
    i++
    j--
  }
  data.swap(j, a)
  return { middle: j, already }
}

function partitionEqual(data: Sortable, a: number, b: number, pivot: number): number {
  data.swap(a, pivot)
  let [i, j] = [a + 1, b - 1]
  for (;;) {
    while (i <= j && !data.less(a, i)) i++
    while (i <= j && data.less(a, j)) j--
    if (i > j) return i
    data.swap(i, j)
    i++
    j--
  }
}

// Repairs a range that is almost in order; false when it gave up.
function nearlySorted(data: Sortable, a: number, b: number): boolean {
  let i = a + 1
  for (let step = 0; step < SHIFT_STEPS_MAX; step++) {
    while (i < b && !data.less(i, i - 1)) i++
    if (i === b) return true
    if (b - a < SHIFT_MIN) return false
    data.swap(i, i - 1)
    if (i - a >= 2) {
      for (let j = i - 1; j >= 1 && data.less(j, j - 1); j--) data.swap(j, j - 1)
    }
    if (b - i >= 2) {
      for (let j = i + 1; j < b && data.less(j, j - 1); j++) data.swap(j, j - 1)
    }
  }
  return false
}

// Shuffles three elements by a generator seeded with the length: no clock, no chance.
function breakPatterns(data: Sortable, a: number, b: number): void {
  const length = b - a
  let random = BigInt(length)
  const modulus = 1n << BigInt(bitLength(length))
  const index = a + Math.floor(length / 4) * 2
  for (let i = 0; i < 3; i++) {
    random = BigInt.asUintN(64, random ^ (random << 13n))
    random ^= random >> 7n
    random = BigInt.asUintN(64, random ^ (random << 17n))
    let other = Number(random & (modulus - 1n))
    if (other >= length) other -= length
    data.swap(index - 1 + i, a + other)
  }
}

// `swaps` tells how out of order the probed elements were: 0 looks sorted, 12 looks reversed.
function choosePivot(data: Sortable, a: number, b: number): { pivot: number; swaps: number } {
  const length = b - a
  const quarter = Math.floor(length / 4)
  let swaps = 0
  const order = (x: number, y: number): [number, number] => {
    if (!data.less(y, x)) return [x, y]
    swaps++
    return [y, x]
  }
  const median = (x: number, y: number, z: number): number => {
    const [low, high] = order(x, y)
    const [middle] = order(high, z)
    return order(low, middle)[1]
  }
  let probes = [a + quarter, a + quarter * 2, a + quarter * 3]
  if (length >= NINTHER_MIN) probes = probes.map((at) => median(at - 1, at, at + 1))
  const [i = 0, j = 0, k = 0] = probes
  return { pivot: median(i, j, k), swaps }
}

function reverse(data: Sortable, a: number, b: number): void {
  for (let i = a, j = b - 1; i < j; i++, j--) data.swap(i, j)
}
