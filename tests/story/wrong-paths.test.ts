// Ways that once ticked a goal by accident: what is asked for is brought about by something else.
// They leave the goal open, and what was done is answered.
import { describe, expect, it } from 'vitest'
import { attempt, type Attempt } from '../../src/story/attempt.ts'
import { planOf } from '../../src/story/plans.ts'
import { parseScript } from '../../src/story/script-text.ts'

function tried(slug: string, script: string): Attempt {
  const steps = parseScript(script, (why) => {
    throw new Error(why)
  })
  return attempt(planOf(slug), steps)
}

function open({ goals }: Attempt): string[] {
  return goals.filter(({ done }) => !done).map(({ text }) => text)
}

describe('a goal tests the cause', () => {
  it('a taint taken away and put back gives the agent no right to be there', () => {
    const result = tried(
      '14-node-without-agent',
      `kubectl taint nodes novacraft-worker2 dedicated=batch:NoSchedule-
       # wait 30s
       kubectl taint nodes novacraft-worker2 dedicated=batch:NoSchedule
       # wait 1m`,
    )
    expect(open(result)).toContain(
      'The agent runs on novacraft-worker2, and the machine is still reserved',
    )
    expect(result.wrongPath?.reply).toContain('The set itself has learned nothing')
  })

  it('deleting all Jobs does not shorten the list that the next hour brings', () => {
    const result = tried('13-too-many-jobs', 'kubectl delete jobs --all\n# wait 5m')
    expect(open(result).join()).toContain('at most three heartbeats are listed')
    expect(result.wrongPath?.reply).toContain('you have removed Jobs')
  })

  it.each(['0 * * * *', '30 * * * *', '0 */2 * * *'])(
    'a backup each hour (%s) is none every two minutes',
    (schedule) => {
      const patch = JSON.stringify({ spec: { schedule } })
      const result = tried(
        '12-cronjob-not-running',
        `kubectl patch cronjob backup -p '${patch}'\n# wait 3h`,
      )
      expect(open(result)).toContain(
        'Since then a backup is made every two minutes, no more and no less',
      )
      expect(result.wrongPath?.name).toBe('Every two hours')
    },
  )

  it('one more node is not the control plane', () => {
    const result = tried(
      '08-one-on-every-floor',
      'kubectl apply -f fluentd-daemonset.yaml\nlab node add novacraft-worker4\n# wait 2m',
    )
    expect(open(result).join()).toContain('fluentd runs on the control plane too')
  })

  it('the log of a Pod that succeeded is not that of one that failed', () => {
    const result = tried(
      '11-job-not-completing',
      `kubectl create job import-test --image=busybox -- echo fine
       # wait 10s
       kubectl logs job/import-test`,
    )
    expect(open(result)).toContain('You have read what a failed import said')
  })
})

describe('a goal says why', () => {
  it('because of what, at which moment, by which Entry, when it is reached', () => {
    const { goals, run } = tried('02-pi-to-two-thousand-places', 'kubectl apply -f pi-job.yaml')
    expect(goals[0]).toMatchObject({ done: true, because: 'Job pi-calculator exists' })
    const entry = run.lab.world.log.entries.find(({ id }) => id === goals[0]!.entry)
    expect(entry).toMatchObject({ verb: 'create', kind: 'Job', name: 'pi-calculator' })
    expect(goals[0]!.at).toBe(entry!.at)
  })

  it('and why not yet, while it is open', () => {
    const { goals } = tried('02-pi-to-two-thousand-places', '# wait 1s')
    expect(goals.map(({ because }) => because)).toEqual([
      'there is no Job pi-calculator',
      'you have not looked there yet',
      'there is no Job pi-calculator',
      'you have read no log of Pods with job-name=pi-calculator that was succeeded',
    ])
  })

  it('in the words of the plan where the reason would give the cause away', () => {
    const { goals } = tried('12-cronjob-not-running', '# wait 1s')
    expect(goals[1]!.because).toBe(
      'eleven minutes of backups as Ines wants them have not been seen',
    )
  })
})
