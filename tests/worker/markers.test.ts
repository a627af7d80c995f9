// Refusals of real manifests, and where the editor puts them: each row is a manifest, and each
// expectation the underlined text with the server's words behind it.
import { describe, expect, it } from 'vitest'
import { apply, openHost } from './host.ts'

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: pi
spec:
  backoffLimit: 4
  template:
    spec:
      containers:
      - name: pi
        image: perl
        command: ["perl", "-wle", "print 1"]
      restartPolicy: Never
`

/** `LINE «underlined» words` of each marker; longer words end in `…`. */
function problems(text: string, host = openHost()): string[] {
  const lines = text.split('\n')
  return host.check(text).map(({ line, column, endColumn, severity, message }) => {
    const marked = lines[line - 1]?.slice(column - 1, endColumn - 1)
    const words = message.length > 90 ? `${message.slice(0, 90)}…` : message
    return `${severity === 'warning' ? 'warning ' : ''}${line} «${marked}» ${words}`
  })
}

function job(from: string, to: string): string {
  const changed = JOB.replace(from, to)
  expect(changed).not.toBe(JOB)
  return changed
}

describe('a manifest the server would take', () => {
  it('has no problems', () => expect(problems(JOB)).toEqual([]))
  it('may have documents without objects', () =>
    expect(problems(`# the first\n---\n${JOB}---\n---\n# the end\n`)).toEqual([]))
  it('is not expected of an empty file', () => expect(problems('\n  \n')).toEqual([]))
  it('may use a namespace that it makes itself', () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: lab\n'
    const inside = job('name: pi\n', 'name: pi\n  namespace: lab\n')
    expect(problems(`${namespace}---\n${inside}`)).toEqual([])
    expect(problems(inside)).toEqual(['5 «namespace: lab» namespaces "lab" not found'])
  })
})

describe('fields that do not exist', () => {
  it('are marked, each by itself', () =>
    expect(problems(JOB.replace('backoff', 'backof').replace('command', 'comand'))).toEqual([
      '6 «backofLimit: 4» unknown field "spec.backofLimit"',
      '12 «comand: ["perl", "-wle", "print 1"]» ' +
        'unknown field "spec.template.spec.containers[0].comand"',
    ]))
  it('are marked by their key when their value takes more lines', () =>
    expect(problems(job('  template:', '  templat:'))[0]).toBe(
      '7 «templat» unknown field "spec.templat"',
    ))
})

describe('values of the wrong type', () => {
  it('are marked where they stand', () =>
    expect(problems(job('backoffLimit: 4', 'backoffLimit: four'))).toEqual([
      '6 «backoffLimit: four» ' +
        'json: cannot unmarshal string into Go struct field JobSpec.spec.backoffLimit of type int32',
    ]))
  it('are found among the items of a list, which the server does not number', () => {
    const env = `        env:
        - name: A
          value: "1"
        - name: B
          value: 2
`
    expect(problems(job('      restartPolicy', `${env}      restartPolicy`))[0]).toMatch(
      /^17 «value: 2» json: cannot unmarshal number into Go struct field EnvVar\.spec/,
    )
  })
  it('are found among the values of a map, which kubectl does not name', () =>
    expect(problems(job('name: pi\n', 'name: pi\n  labels:\n    a: b\n    c: 3\n'))[0]).toMatch(
      /^7 «c: 3» json: cannot unmarshal number into Go struct field ObjectMeta\.metadata\.labels/,
    ))
  it('are told by their number when that is too large', () => {
    const text = job('backoffLimit: 4', 'backoffLimit: 4\n  parallelism: 3000000000')
    expect(problems(text)[0]).toMatch(/^7 «parallelism: 3000000000» json: cannot unmarshal number/)
  })
  it('are found when the refusal of a quantity names no field', () => {
    const limits = 'resources: {requests: {cpu: 1}, limits: {memory: 100Mb}}'
    expect(problems(job('image: perl', `image: perl\n        ${limits}`))[0]).toMatch(
      /^12 «memory: 100Mb» (quantities must|unable to parse)/,
    )
  })
})

describe('values the server refuses', () => {
  it('are marked each with its own cause, from top to end', () => {
    const text = JOB.replace('backoffLimit: 4', 'completions: -1\n  parallelism: -2')
      .replace('name: pi', 'name: pi_x')
      .replace('        image: perl\n', '')
    expect(problems(text).map((problem) => problem.slice(0, 80))).toEqual([
      '4 «name: pi_x» metadata.name: Invalid value: "pi_x": a lowercase RFC 1123 subdom',
      '6 «completions: -1» spec.completions: Invalid value: -1: must be greater than or',
      '7 «parallelism: -2» spec.parallelism: Invalid value: -2: must be greater than or',
      '11 «name: pi» spec.template.spec.containers[0].image: Required value',
    ])
  })
  it('are marked at what encloses them when they are missing', () =>
    expect(problems(job('      restartPolicy: Never\n', ''))).toEqual([
      '8 «spec» spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ]))
  it('are marked in the document they are in, though another has the same name', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n'
    const good = `${pod}spec:\n  containers:\n  - name: a\n    image: busybox\n`
    const bad = `${pod}  namespace: kube-system\nspec:\n  containers:\n  - name: a\n`
    expect(problems(`${good}---\n${bad}`)).toEqual([
      '17 «name: a» spec.containers[0].image: Required value',
    ])
  })
  it('are marked in the second of two documents that speak of the same object', () => {
    const twice = `${JOB}---\n${job('  template:', '  completions: 2\n  template:')}`
    expect(problems(twice)).toEqual([
      '21 «completions: 2» spec.completions: Invalid value: 2: field is immutable',
    ])
  })
  it('are marked in the item of a list', () => {
    const items = [1, 2].map(
      (n) => `- apiVersion: v1\n  kind: ConfigMap\n  metadata: {name: c${n}}`,
    )
    const text = `apiVersion: v1\nkind: List\nitems:\n${items.join('\n')}\n  foo: 1\n`
    expect(problems(text)).toEqual(['10 «foo: 1» unknown field "foo"'])
  })
  it('are marked in JSON too', () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { foo: 1 } }
    expect(problems(JSON.stringify(pod, null, 1))).toEqual([
      expect.stringMatching(/^8 «"foo": 1» unknown field "spec.foo"$/),
    ])
  })
})

describe('kinds and names', () => {
  it('an unknown kind is marked at the kind', () =>
    expect(problems(job('kind: Job', 'kind: Jobb'))).toEqual([
      '2 «kind: Jobb» no matches for kind "Jobb" in version "batch/v1"',
    ]))
  it('a known kind of another version is marked at the version', () =>
    expect(problems(job('batch/v1', 'batch/v1beta1'))).toEqual([
      '1 «apiVersion: batch/v1beta1» no matches for kind "Job" in version "batch/v1beta1"',
    ]))
  it('a missing kind is marked beside the version', () =>
    expect(problems(job('kind: Job\n', ''))).toEqual(['1 «apiVersion: batch/v1» kind not set']))
  it('a missing name is marked at the metadata', () =>
    expect(problems(job('  name: pi\n', ''))[0]).toBe(
      '3 «metadata:» resource name may not be empty',
    ))
})

describe('text that is no YAML', () => {
  it('is marked on the line where reading stopped', () =>
    expect(problems(job('  name: pi\n', '  name: pi\n   labels: x\n'))).toEqual([
      expect.stringMatching(/^5 «.*» error converting YAML to JSON: yaml: line 5: mapping values/),
    ]))
  it('is marked for a tab', () =>
    expect(problems(job('  name: pi', '\tname: pi'))).toEqual([
      expect.stringMatching(
        /^4 «\tname: pi» .*yaml: line 4: found character that cannot start any/,
      ),
    ]))
  it('is marked within the file when it ends too early', () => {
    const [marker] = openHost().check(`${JOB}  x: "open\n\n\n`)
    expect(marker).toMatchObject({ severity: 'error' })
    expect(marker!.line).toBeLessThanOrEqual(15)
  })
  it('is marked in a later document by its line in the file, the first one being fine', () =>
    expect(problems(`${JOB}---\na: b\n c: d\n`)).toEqual([
      expect.stringMatching(/^16 «.*» error converting YAML to JSON: yaml: line [12]: mapping/),
    ]))
  it('is marked when a separator is none', () =>
    expect(problems(`${JOB}--- x\n`)[0]).toMatch(/^14 «--- x» invalid Yaml document separator: x/))
})

describe('warnings', () => {
  it('are marked as warnings at their field', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  nodeSelector:\n' +
      '    beta.kubernetes.io/os: linux\n  containers:\n  - name: a\n    image: busybox\n'
    expect(problems(pod)).toEqual([
      expect.stringMatching(/^warning 7 «beta.kubernetes.io\/os: linux» spec.nodeSelector\[beta/),
    ])
  })
  it('without a field are marked at the start of the object', () => {
    const host = openHost()
    host.exec('kubectl', ['create', 'job', 'pi', '--image=perl'], {
      stdin: '',
      files: {},
      line: '',
    })
    const text = `# a remark\n${job('backoffLimit: 4', 'backoffLimit: 5')}`
    const found = problems(text, host).find((problem) => problem.startsWith('warning'))
    expect(found).toMatch(/^warning 2 «apiVersion: batch\/v1» resource jobs\/pi is missing the/)
  })
})

describe('a file that is too large', () => {
  it('is not checked, and says so', () =>
    expect(problems(`${JOB}# ${'x'.repeat(200_000)}\n`)).toEqual([
      'warning 1 «a» This file is too large to be checked while it is edited.',
    ]))
})

describe('changes of a live object', () => {
  it('of an immutable field are marked, what is wrong first and the long value after it', () => {
    const host = openHost()
    expect(apply(host, JOB).output).toBe('job.batch/pi created\n')
    const [marker, ...more] = host.check(job('image: perl', 'image: busybox'))
    expect(more).toEqual([])
    expect(marker).toMatchObject({ line: 7, column: 3, endColumn: 11 })
    expect(marker!.message).toMatch(/^spec\.template: field is immutable\. Invalid value: .* …$/)
    expect(marker!.message.length).toBeLessThan(400)
  })
  it('of a wrong type are marked at their field, without the patch that holds them', () => {
    const host = openHost()
    apply(host, JOB)
    const wrong = [
      [
        'backoffLimit: 4',
        'backoffLimit: four',
        '6 «backoffLimit: four» json: cannot unmarshal string',
      ],
      ['image: perl', 'image: 5', '11 «image: 5» json: cannot unmarshal number'],
      ['  - name: pi', '  - name: [pi]', '10 «name: [pi]» json: cannot unmarshal array'],
    ] as const
    for (const [from, to, expected] of wrong) {
      const [problem = '', ...more] = problems(job(from, to), host)
      expect([problem.slice(0, expected.length), more]).toEqual([expected, []])
    }
  })
  it('that are allowed are no problem', () => {
    const host = openHost()
    apply(host, JOB)
    expect(problems(job('backoffLimit: 4', 'backoffLimit: 4\n  suspend: true'), host)).toEqual([])
  })
  it('leave no trace: neither the log nor the names that come are others', () => {
    const [watched, alone] = [openHost(), openHost()]
    for (const text of [JOB, job('name: pi', 'name: pu'), `${JOB}---\n${JOB}`, 'kind: x'])
      watched.check(text)
    watched.preview(JOB)
    for (const host of [watched, alone]) {
      apply(host, JOB)
      host.advance(Date.parse('2026-03-02T09:05:00Z'), 10_000)
    }
    expect(watched.logHash()).toBe(alone.logHash())
  })
})
