// `kubectl describe job`; source describe.go describeJob.
import { humanDuration, parseTime } from '../../../base/time.ts'
import type { Job } from '../../../sim/api-types/batch.ts'
import { selectorText } from '../../../sim/kinds/columns/format.ts'
import type { DescribeContext } from './context.ts'
import { withEvents } from './events.ts'
import { templateLines } from './template.ts'
import { annotationLines, controllerLines, labelLines, nameLines, timeText } from './text.ts'

/** A list of indexes is cut at the first comma after this many characters. */
const INDEXES_MAX = 50

export function describeJob(job: Job, context: DescribeContext): string {
  const { metadata, spec } = job
  const body = [
    ...nameLines(job),
    `Selector:\t${selectorText(spec.selector)}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    ...controllerLines(job),
    ...specLines(job),
    ...statusLines(job),
    ...templateLines(spec.template),
  ]
  return withEvents(body, job, context)
}

function specLines({ spec }: Job): string[] {
  const given = (title: string, value: unknown): string[] =>
    value === undefined ? [] : [`${title}:\t${String(value)}`]
  return [
    ...given('Parallelism', spec.parallelism),
    `Completions:\t${spec.completions ?? '<unset>'}`,
    ...given('Completion Mode', spec.completionMode),
    ...given('Suspend', spec.suspend),
    ...given('Backoff Limit', spec.backoffLimit),
    ...given('TTL Seconds After Finished', spec.ttlSecondsAfterFinished),
  ]
}

function statusLines({ spec, status }: Job): string[] {
  const { startTime, completionTime, ready } = status
  const lines: string[] = []
  if (startTime !== undefined) lines.push(`Start Time:\t${timeText(startTime)}`)
  if (completionTime !== undefined) lines.push(`Completed At:\t${timeText(completionTime)}`)
  if (startTime !== undefined && completionTime !== undefined) {
    lines.push(`Duration:\t${humanDuration(parseTime(completionTime) - parseTime(startTime))}`)
  }
  if (spec.activeDeadlineSeconds !== undefined) {
    lines.push(`Active Deadline Seconds:\t${spec.activeDeadlineSeconds}s`)
  }
  const readyText = ready === undefined ? '' : ` (${ready} Ready)`
  const { active = 0, succeeded = 0, failed = 0, completedIndexes = '' } = status
  lines.push(
    `Pods Statuses:\t${active} Active${readyText} / ${succeeded} Succeeded / ${failed} Failed`,
  )
  if (spec.completionMode === 'Indexed') {
    lines.push(`Completed Indexes:\t${capIndexes(completedIndexes)}`)
  }
  return lines
}

function capIndexes(indexes: string): string {
  if (indexes === '') return '<none>'
  const comma = indexes.indexOf(',', INDEXES_MAX)
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`
}
