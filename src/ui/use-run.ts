// How components reach the run they show: by the context around them.
import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import type { EditorState } from './editor/state.ts'
import type { PageRun } from './page-run.ts'
import { select, type PageState, type Selection } from './store.ts'

export const RunContext = createContext<PageRun | undefined>(undefined)

/** The run that this component shows. Throws outside of one. */
export function useRun(): PageRun {
  const run = useContext(RunContext)
  if (run === undefined) throw new Error('a component of a run stands outside of any')
  return run
}

/** A part of the run's state; the component is drawn again when it changes. */
export function usePage<T>(selector: (state: PageState) => T): T {
  return useStore(useRun().store, selector)
}

/** The same for what its editor knows. */
export function useEditor<T>(selector: (state: EditorState) => T): T {
  return useStore(useRun().editor, selector)
}

/** How a component picks a thing, in every view of the run. */
export function useSelect(): (selection: Selection | undefined) => void {
  const { store } = useRun()
  return (selection) => select(store, selection)
}
