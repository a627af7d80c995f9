// Asks the API server for its opinion of the open file: soon after the learner rests, and again
// when a command has run or time was set back, because what is refused depends on what is live.
import { useEffect } from 'react'
import { messageOf } from '../engine.ts'
import type { RemoteHost } from '../../worker/client.ts'
import { usePage, useRun } from '../use-run.ts'
import { isManifest, type Checked } from './state.ts'

/** How long the learner must rest. Half a word is no problem yet, so the first one comes later. */
const REST_MS = 250
const REST_CLEAN_MS = 700
/** A change of more characters than this was pasted or completed: nobody is in the middle of it. */
const TYPED_MAX = 8

function restMs(checked: Checked | undefined, name: string, text: string): number {
  if (checked?.name !== name) return 0
  const typed = Math.abs(text.length - checked.text.length) <= TYPED_MAX
  return typed && checked.problems.length === 0 ? REST_CLEAN_MS : REST_MS
}

export function useCheck(name: string | undefined, text: string | undefined): void {
  const ready = usePage((state) => state.ready)
  const { engine, store, editor } = useRun()
  useEffect(() => {
    if (!ready || name === undefined || text === undefined || !isManifest(name)) return
    let wanted = true
    const ask = async (): Promise<void> => {
      const checked = await opinion(engine.host, name, text)
      if (wanted) editor.setState({ checked })
    }
    const timer = setTimeout(() => void ask(), restMs(editor.getState().checked, name, text))
    const stop = store.subscribe((state, before) => {
      if (state.ranAt !== before.ranAt || state.now < before.now) void ask()
    })
    return () => {
      wanted = false
      clearTimeout(timer)
      stop()
    }
  }, [engine, store, editor, name, text, ready])
}

async function opinion(host: RemoteHost, name: string, text: string): Promise<Checked> {
  try {
    const [problems, repaired] = await Promise.all([host.check(text), host.repair(text)])
    return { name, text, problems, repaired }
  } catch (error) {
    // A fault of the check is no fault of the cluster: it is reported here and stops nothing.
    const message = `This file could not be checked: ${messageOf(error)}`
    const place = { line: 1, column: 1, endColumn: 1 }
    return {
      name,
      text,
      problems: [{ ...place, severity: 'warning', message }],
      repaired: undefined,
    }
  }
}
