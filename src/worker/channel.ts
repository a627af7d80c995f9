// Questions and answers over one message port. A port keeps its order and hands over each message in
// a task of its own, so whoever awaits an answer has dealt with it before the next one arrives:
// nothing overtakes, and answers that carry Updates can be taken in as they come.

/** One end of a port: a worker, its global scope, a MessagePort. */
export interface Port {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void
}

/** The same verbs as seen from the other end of the port. */
export type Remote<T> = {
  readonly [V in keyof T]: T[V] extends (...args: infer A) => infer R
    ? (...args: A) => Promise<Awaited<R>>
    : never
}

interface Request {
  id: number
  verb: string
  args: unknown[]
}

type Answer = { id: number; value: unknown } | { id: number; refusal: string }

/** Answers requests in the order of their arrival; a verb that throws refuses with its message. */
export function serve(port: Port, verbs: object): void {
  const table = verbs as Readonly<Record<string, (...args: unknown[]) => unknown>>
  port.addEventListener('message', ({ data }: MessageEvent<Request>) => {
    void answer(table, data).then((message) => port.postMessage(message))
  })
}

async function answer(
  table: Readonly<Record<string, (...args: unknown[]) => unknown>>,
  { id, verb, args }: Request,
): Promise<Answer> {
  try {
    return { id, value: await table[verb]!(...args) }
  } catch (error) {
    return { id, refusal: error instanceof Error ? error.message : String(error) }
  }
}

/** The asking end of a port. */
interface Asker<T> {
  ask: Remote<T>
  /** Nobody will answer any more: what is under way and what is asked later is refused. */
  lose: (message: string) => void
}

interface Waiting {
  resolve: (value: unknown) => void
  reject: (error: Error) => void
}

/** Asks what `serve` answers at the other end. */
export function asker<T extends object>(port: Port): Asker<T> {
  const waiting = new Map<number, Waiting>()
  let nextId = 1
  let lost: string | undefined
  port.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const asked = waiting.get(data.id)
    waiting.delete(data.id)
    if ('refusal' in data) asked?.reject(new Error(data.refusal))
    else asked?.resolve(data.value)
  })
  const ask = (verb: string, args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (lost !== undefined) return reject(new Error(lost))
      const id = nextId++
      port.postMessage({ id, verb, args } satisfies Request)
      waiting.set(id, { resolve, reject })
    })
  const remote = new Proxy({} as Remote<T>, {
    // A promise that resolves with the proxy asks it for `then`: it has none.
    get: (_target, verb) =>
      typeof verb !== 'string' || verb === 'then'
        ? undefined
        : (...args: unknown[]) => ask(verb, args),
  })
  return {
    ask: remote,
    lose(message) {
      lost = message
      for (const { reject } of waiting.values()) reject(new Error(message))
      waiting.clear()
    },
  }
}
