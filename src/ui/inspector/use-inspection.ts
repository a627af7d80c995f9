// What the worker says of the picked thing: asked for at once, and again after it has changed, but
// only the part that is looked at, and while time plays fast no more often than can be read.
import { startTransition, useEffect, useState } from 'react'
import type { Inspection } from '../../worker/protocol.ts'
import type { InspectorTab, PageStore, Selection } from '../store.ts'
import { useRun } from '../use-run.ts'

const REFRESH_MS = 400

interface Answer {
  key: string
  /** Undefined when there is no such thing. */
  parts: Partial<Inspection> | undefined
}

/** The parts known of the picked thing; the one of `tab` is kept up to date. */
export function useInspection(
  selection: Selection,
  tab: InspectorTab,
): { inspection: Partial<Inspection> | undefined; gone: boolean } {
  const { kind, namespace, name, uid, scheduledAt } = selection
  const key = `${kind}/${namespace}/${name}/${uid}/${scheduledAt ?? ''}`
  const [answer, setAnswer] = useState<Answer>()
  const known = answer?.key === key
  const { engine, store } = useRun()
  useEffect(() => {
    let wanted = true
    const ask = async (): Promise<void> => {
      const found = await engine.host.inspect(kind, namespace, name, tab, scheduledAt)
      // Nobody waits for it in this frame: rendering may be cut into pieces.
      if (wanted) startTransition(() => setAnswer((before) => joined(before, key, found)))
    }
    const stop = whenChanged(store, uid, () => void ask().catch(() => undefined))
    return () => {
      wanted = false
      stop()
    }
  }, [engine, store, key, kind, namespace, name, uid, scheduledAt, tab])
  return {
    inspection: known ? answer.parts : undefined,
    gone: known && answer.parts === undefined,
  }
}

/** Calls now, and some time after changes of the object. Returns a function that ends it. */
function whenChanged(store: PageStore, uid: string, call: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let calledAt = performance.now()
  const late = (): void => {
    timer = undefined
    calledAt = performance.now()
    call()
  }
  call()
  const stop = store.subscribe((state, before) => {
    if (state.objects === before.objects || state.objects.get(uid) === before.objects.get(uid))
      return
    timer ??= setTimeout(late, Math.max(0, calledAt + REFRESH_MS - performance.now()))
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}

/** Parts of other tabs are kept: going back to one shows at once what it said last. */
function joined(before: Answer | undefined, key: string, found: Answer['parts']): Answer {
  const kept = before?.key === key ? before.parts : {}
  return { key, parts: found && { ...kept, ...found } }
}
