import { describe, expect, test } from 'vitest'
import { formatTime } from '../../../src/base/time.ts'
import { findLedger, tickRecords, ticksOf } from '../../../src/sim/ledger/read.ts'
import { openPrompt, type Prompt } from '../../helpers.ts'

/** What differs between the CronJobs of the table; `seconds` is how long each run takes. */
interface Given {
  schedule?: string
  policy?: 'Allow' | 'Forbid' | 'Replace'
  zone?: string
  deadline?: number
  suspend?: boolean
  seconds?: number
}

function manifest(given: Given): string {
  const { schedule = '* * * * *', policy = 'Allow', zone, deadline, suspend, seconds = 1 } = given
  return `apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: "${schedule}"
  concurrencyPolicy: ${policy}
${zone === undefined ? '' : `  timeZone: ${zone}\n`}${
    deadline === undefined ? '' : `  startingDeadlineSeconds: ${deadline}\n`
  }  suspend: ${suspend ?? false}
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          terminationGracePeriodSeconds: 0
          containers:
          - { name: main, image: busybox, command: [sleep, "${seconds}"] }
`
}

/** A lab at 09:00:00 with the CronJob in it, and these lines typed one after the other. */
function after(given: Given, ...lines: string[]): Prompt {
  const prompt = openPrompt({ 'cron.yaml': manifest(given) })
  prompt.run('kubectl apply -f cron.yaml')
  for (const line of lines) {
    const wait = /^sleep (\d+)$/.exec(line)
    const { stderr } = prompt.run(line, wait === null ? undefined : Number(wait[1]) + 1)
    expect(stderr).toBe('')
  }
  return prompt
}

const patch = (text: string): string => `kubectl patch cronjob report -p '{"spec":{${text}}}'`

const records = ({ lab: { world } }: Prompt) =>
  tickRecords(world, findLedger(world, 'default', 'report')!, world.start)

/** `09:01 fired`, with the delay of a late start. */
const lines = (prompt: Prompt): string[] =>
  records(prompt).map(({ scheduledAt, outcome, startedAt }) => {
    const late = startedAt === undefined ? 0 : Math.floor((startedAt - scheduledAt) / 1000)
    return `${formatTime(scheduledAt).slice(11, 16)} ${outcome}${late === 0 ? '' : ` +${late}`}`
  })

const ruleAt = (prompt: Prompt, clock: string): string | undefined =>
  records(prompt).find(({ scheduledAt }) => formatTime(scheduledAt).slice(11, 16) === clock)?.rule

const OFF = 'lab controller-manager stop'
const ON = 'lab controller-manager start'

describe('one outcome a scheduled time', () => {
  const cases: Record<string, { given?: Given; lines: string[]; outcomes: string[] }> = {
    'a time that comes is fired': {
      lines: ['sleep 130'],
      outcomes: ['09:01 fired', '09:02 fired'],
    },
    'ten minutes without a controller manager are missed by it, and the last is late': {
      given: { schedule: '*/5 * * * *' },
      lines: [OFF, 'sleep 920', ON, 'sleep 5'],
      outcomes: ['09:05 missed-controller', '09:10 missed-controller', '09:15 late +20'],
    },
    'while it is still off every time is there already': {
      lines: ['sleep 70', OFF, 'sleep 120'],
      outcomes: ['09:01 fired', '09:02 missed-controller', '09:03 missed-controller'],
    },
    'a deadline that passed meanwhile is what counts': {
      given: { deadline: 100 },
      lines: [OFF, 'sleep 200', ON, 'sleep 5'],
      outcomes: ['09:01 missed-deadline', '09:02 missed-controller', '09:03 late +20'],
    },
    'a deadline of nothing is passed before the controller looks': {
      given: { deadline: 0 },
      lines: ['sleep 130'],
      outcomes: ['09:01 missed-deadline', '09:02 missed-deadline'],
    },
    'while suspended times are missed; afterwards the last one is started': {
      lines: [patch('"suspend":true'), 'sleep 190', patch('"suspend":false'), 'sleep 5'],
      outcomes: ['09:01 missed-suspended', '09:02 missed-suspended', '09:03 late +10'],
    },
    'Forbid defers a time until the run before has ended': {
      given: { policy: 'Forbid', seconds: 70 },
      lines: ['sleep 160'],
      outcomes: ['09:01 fired', '09:02 deferred +13'],
    },
    'of the times that Forbid holds back the last is deferred, the others are skipped': {
      given: { policy: 'Forbid', seconds: 130 },
      lines: ['sleep 210'],
      outcomes: ['09:01 fired', '09:02 skipped', '09:03 deferred +13'],
    },
    'Replace fires, whatever runs': {
      given: { policy: 'Replace', seconds: 130 },
      lines: ['sleep 130'],
      outcomes: ['09:01 fired', '09:02 fired'],
    },
    'another schedule begins with its own times': {
      given: { schedule: '*/2 * * * *' },
      lines: ['sleep 150', patch('"schedule":"*/3 * * * *"'), 'sleep 220'],
      outcomes: ['09:02 fired', '09:03 fired', '09:06 fired'],
    },
  }
  test.each(Object.entries(cases))('%s', (_name, { given = {}, lines: typed, outcomes }) => {
    expect(lines(after(given, ...typed))).toEqual(outcomes)
  })

  test('of more than a hundred missed each is told', () => {
    const prompt = after({}, OFF, 'sleep 10820', ON, 'sleep 5')
    const all = lines(prompt)
    expect(all).toHaveLength(180)
    expect(new Set(all.slice(0, -1).map((line) => line.slice(6)))).toEqual(
      new Set(['missed-too-many']),
    )
    expect(all.at(-1)).toMatch(/^12:00 late \+20/)
  })

  test('in a zone there are as many lines as times on the day without an hour', () => {
    const given = { schedule: '30 * * * *', zone: 'Europe/Berlin' }
    const prompt = after({ ...given, suspend: true }, 'sleep 2419200')
    const day = records(prompt)
      .map(({ scheduledAt }) => formatTime(scheduledAt))
      .filter((text) => text >= '2026-03-28T23:00' && text < '2026-03-29T22:00')
    expect(day).toHaveLength(23)
  })
})

describe('the sentence', () => {
  test('names the run that Replace ended', () => {
    const prompt = after({ policy: 'Replace', seconds: 130 }, 'sleep 130')
    expect(records(prompt)[1]).toMatchObject({ ended: 'report-29540701', job: 'report-29540702' })
    expect(ruleAt(prompt, '09:02')).toBe(
      'concurrencyPolicy Replace: report-29540701 was still running and was deleted',
    )
  })

  test('says from when to when the controller manager was off, or that it still is', () => {
    const prompt = after({}, 'sleep 30', OFF, 'sleep 100')
    expect(ruleAt(prompt, '09:01')).toMatch(
      /^kube-controller-manager is off since 2026-03-02T09:00/,
    )
    prompt.run(ON)
    prompt.run('sleep 5')
    expect(ruleAt(prompt, '09:01')).toMatch(
      /^kube-controller-manager was off from 2026-03-02T09:00:\d\dZ to 2026-03-02T09:02:\d\dZ; of/,
    )
    expect(ruleAt(prompt, '09:02')).toMatch(
      /^started \S+ s late: kube-controller-manager was off from/,
    )
  })

  test('says from when to when it was suspended', () => {
    const prompt = after({ suspend: true }, 'sleep 130')
    expect(ruleAt(prompt, '09:01')).toBe('spec.suspend is true since 2026-03-02T09:00:00Z')
    prompt.run(patch('"suspend":false'))
    prompt.run('sleep 1')
    expect(ruleAt(prompt, '09:01')).toMatch(
      /^spec.suspend was true from 2026-03-02T09:00:00Z to 20/,
    )
  })

  test('says why a skipped time was never started', () => {
    const held = { policy: 'Forbid', seconds: 200 } as const
    const skipped = 'concurrencyPolicy Forbid: report-29540701 was still running; '
    const waits = after(held, 'sleep 130')
    expect(ruleAt(waits, '09:02')).toBe(
      `${skipped}it is started when that run has ended, unless another time comes first`,
    )
    expect(ruleAt(after(held, 'sleep 190'), '09:02')).toBe(
      `${skipped}the time of 2026-03-02T09:03:00Z came first, and only the latest is started`,
    )
    waits.run(patch('"schedule":"0 0 * * *"'))
    waits.run('sleep 200')
    expect(ruleAt(waits, '09:02')).toMatch(/the schedule was changed at .*, before it ended$/)
    const late = after({ ...held, deadline: 50, schedule: '*/2 * * * *' }, 'sleep 420')
    expect(ruleAt(late, '09:04')).toMatch(/startingDeadlineSeconds 50 had passed before it ended$/)
  })
})

describe('the ledger', () => {
  test('holds a month of minutes in a few records', () => {
    const prompt = after({}, 'sleep 600', OFF, 'sleep 2592000')
    const ledger = findLedger(prompt.lab.world, 'default', 'report')!
    expect(ticksOf(prompt.lab.world, ledger).length).toBeLessThan(10)
    expect(records(prompt).length).toBeGreaterThan(43_000)
  })

  test('of a CronJob that was removed is kept, and is another one than that of its successor', () => {
    const prompt = after({}, 'sleep 70', 'kubectl delete cronjob report', 'sleep 60')
    expect(lines(prompt)).toEqual(['09:01 fired'])
    prompt.run('kubectl apply -f cron.yaml')
    prompt.run('sleep 60')
    expect(lines(prompt)).toEqual(['09:03 fired'])
  })
})
