// A line of several commands taken apart (`a && b; c`), so that each can run by itself and show
// what it prints when it prints it. Lines that only a shell can take apart are left whole.

interface ListedCommand {
  text: string
  /** After which end of the one before it runs. */
  when: 'always' | 'success' | 'failure'
}

const COMPOUND =
  /^(if|for|while|until|case|select|function|then|do|done|fi|else|elif|esac|\{|\[\[)\b/

/** The commands of a line in order; one for the whole line when it cannot be taken apart. */
export function listCommands(line: string): readonly ListedCommand[] {
  const whole: ListedCommand[] = [{ text: line, when: 'always' }]
  const commands: ListedCommand[] = []
  let when: ListedCommand['when'] = 'always'
  let text = ''
  const end = (next: ListedCommand['when']): void => {
    if (text.trim() !== '') commands.push({ text: text.trim(), when })
    text = ''
    when = next
  }
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!
    const two = line.slice(i, i + 2)
    if (char === '\\') text += line.slice(i, ++i + 1)
    else if (char === "'" || char === '"') {
      const close = closing(line, i)
      if (close < 0) return whole
      text += line.slice(i, close + 1)
      i = close
    } else if ('(){}`\n#'.includes(char) || two === '<<') return whole
    else if (two === '&&' || two === '||') {
      end(two === '&&' ? 'success' : 'failure')
      i++
    } else if (char === '&') return whole
    else if (char === ';') end('always')
    else text += char
  }
  end('always')
  const simple = commands.every((command) => !COMPOUND.test(command.text))
  return simple && commands.length > 0 ? commands : whole
}

/** Where the quote that opens at `start` closes; -1 when it does not. */
function closing(line: string, start: number): number {
  const quote = line[start]!
  for (let i = start + 1; i < line.length; i++) {
    if (quote === '"' && line[i] === '\\') i++
    else if (quote === '"' && (line[i] === '$' || line[i] === '`') && line[i + 1] === '(') return -1
    else if (line[i] === quote) return i
  }
  return -1
}
