// Manifests copied from a web page often lose their indentation. When a file looks like that, the
// editor offers to put it back; undo takes the repair back.
import { WandSparkles } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { host } from '../engine.ts'
import { editFile } from '../files.ts'

const ASK_MS = 400

export function RepairBar({ name, text }: { name: string; text: string }): ReactElement | null {
  const repaired = useRepair(name, text)
  if (repaired === undefined || repaired === text) return null
  return (
    <div className="coach" data-shown role="status">
      <WandSparkles size={15} aria-hidden />
      <span>This manifest seems to have lost its indentation, as copies from web pages do.</span>
      <button type="button" className="link-button" onClick={() => editFile(name, repaired)}>
        Repair it
      </button>
    </div>
  )
}

function useRepair(name: string, text: string): string | undefined {
  const [answer, setAnswer] = useState<{ text: string; repaired: string | undefined }>()
  useEffect(() => {
    if (!mayHaveLostIndentation(name, text)) return
    let wanted = true
    const ask = async (): Promise<void> => {
      const repaired = await host().repair(text)
      if (wanted) setAnswer({ text, repaired })
    }
    const timer = setTimeout(() => void ask().catch(() => undefined), ASK_MS)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [name, text])
  return answer?.text === text ? answer.repaired : undefined
}

/** A manifest of some length with no line indented: cheap to see, and seldom wrong. */
function mayHaveLostIndentation(name: string, text: string): boolean {
  if (!/\.ya?ml$/.test(name) || text.length > 100_000) return false
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return lines.length >= 5 && lines.filter((line) => /^\s/.test(line)).length <= 1
}
