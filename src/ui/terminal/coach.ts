// A word of advice beside the terminal, never part of its output: what a learner who is stuck at
// this very line may not know. Pure rules over what was typed and what came back.

export interface LineOutcome {
  line: string
  code: number
  /** The end of what was printed. */
  output: string
}

interface Rule {
  when: RegExp
  say: (match: RegExpExecArray, outcome: LineOutcome, files: readonly string[]) => string
}

const RULES: readonly Rule[] = [
  {
    when: /the path "([^"]+)" does not exist/,
    say: (match, _outcome, files) =>
      files.length === 0
        ? `There is no file ${match[1]}: the editor has no files yet.`
        : `There is no file ${match[1]} here. The editor's files are ${listed(files)}.`,
  },
  {
    when: /bash: (\S+): command not found/,
    say: (match) =>
      match[1] === 'kubctl' || match[1] === 'kubeclt' || match[1] === 'kubetcl'
        ? 'Nearly: the command is kubectl (or k for short).'
        : 'This shell has kubectl, cron, lab and the usual tools. Type help for a list.',
  },
  {
    when: /field is immutable/,
    say: () =>
      'This part of a Job cannot be changed once it is made. Delete the Job first, then apply again.',
  },
  {
    when: /error converting YAML to JSON|error parsing/,
    say: () =>
      'The file is not the YAML it means to be. The editor marks the place; indentation is the ' +
      'usual reason.',
  },
  {
    when: /ImagePullBackOff|ErrImagePull/,
    say: () => 'The registry of this lab has no such image. Type lab images to see which it has.',
  },
  {
    when: /ContainerCreating.*\n?.*waiting to start|is waiting to start/,
    say: () => 'The container has not begun yet. Let some time pass and ask again.',
  },
]

const NO_RESOURCES = /No resources found in (\S+) namespace/

/** Advice for a line that has ended; undefined when there is nothing to say. */
export function coachFor(outcome: LineOutcome, files: readonly string[]): string | undefined {
  for (const { when, say } of RULES) {
    const match = when.exec(outcome.output)
    if (match !== null) return say(match, outcome, files)
  }
  const nothing = NO_RESOURCES.exec(outcome.output)
  if (nothing !== null)
    return `Nothing of this kind in the ${nothing[1]} namespace. Add -A to look in all of them.`
  return undefined
}

/** Advice for a line that is still waiting. */
export function coachForWaiting(line: string, playing: boolean): string | undefined {
  if (!playing) return 'This command waits for the cluster, and time is paused.'
  if (/(^|\s)(-w|--watch)\b/.test(line)) return 'Watching until you press Ctrl-C.'
  return undefined
}

function listed(files: readonly string[]): string {
  return files.length < 2 ? files.join('') : `${files.slice(0, -1).join(', ')} and ${files.at(-1)}`
}
