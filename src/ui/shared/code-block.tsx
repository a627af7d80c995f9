// Text in the code font, with YAML in colours and a button to copy it.
import { Check, Copy } from 'lucide-react'
import { memo, useMemo, useState, type ReactElement, type ReactNode } from 'react'
import { highlightYaml } from './yaml-highlight.ts'

interface CodeBlockProps {
  text: string
  language?: string
  /** Names the text for the copy button. */
  label?: string
  /** More that can be done with the text, beside copying it. */
  children?: ReactNode
}

export const CodeBlock = memo(function CodeBlock(props: CodeBlockProps): ReactElement {
  const { text, language = 'yaml', label = 'code', children } = props
  return (
    <div className="code-block">
      <div className="code-tools">
        {children}
        <CopyButton text={text} label={label} />
      </div>
      <pre tabIndex={0} aria-label={label}>
        <code>{language === 'yaml' || language === 'yml' ? <Yaml text={text} /> : text}</code>
      </pre>
    </div>
  )
})

/** Longer texts are shown without colours: an element for each word of them is too much. */
const COLOURED_MAX = 60_000

/** The coloured lines alone, for whoever brings the frame. */
export function Yaml({ text }: { text: string }): ReactElement {
  const large = text.length > COLOURED_MAX
  const lines = useMemo(() => (large ? [] : highlightYaml(text)), [text, large])
  if (large) return <>{text}</>
  return (
    <>
      {lines.map((tokens, i) => (
        <span key={i} className="code-line">
          {tokens.map(({ role, text: part }, j) => (
            <span key={j} className={`tok-${role}`}>
              {part}
            </span>
          ))}
          {'\n'}
        </span>
      ))}
    </>
  )
}

const SHOWN_MS = 1_500

function CopyButton({ text, label }: { text: string; label: string }): ReactElement {
  const [copied, setCopied] = useState(false)
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text)
    setCopied(true)
    setTimeout(() => setCopied(false), SHOWN_MS)
  }
  return (
    <button
      type="button"
      className="icon-button copy-button"
      aria-label={copied ? 'Copied' : `Copy ${label}`}
      onClick={() => void copy()}
    >
      {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
    </button>
  )
}
