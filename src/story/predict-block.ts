// A prediction in the text: a question with choices, to be answered before time runs. The answer is
// not in it: the plan says how it is computed.

export interface PredictBlock {
  type: 'predict'
  /** Which of the plan's predictions. */
  id: string
  ask: string
  choices: readonly string[]
}

/** Reads the lines of a block: the question, then choices that begin with `- `. Throws Error. */
export function predictBlock(id: string, lines: readonly string[]): PredictBlock {
  const ask = lines.filter((line) => !isChoice(line)).map((line) => line.trim())
  const choices = lines.filter(isChoice).map((line) => line.trim().slice(2).trim())
  if (id === '') throw new Error('a predict block has a name: ```predict NAME')
  if (ask.length === 0) throw new Error(`predict ${id}: the question is missing`)
  if (choices.length < 2) throw new Error(`predict ${id}: at least two choices are needed`)
  return { type: 'predict', id, ask: ask.join(' '), choices }
}

function isChoice(line: string): boolean {
  return line.trim().startsWith('- ')
}
