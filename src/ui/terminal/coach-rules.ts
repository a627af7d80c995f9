// What the coach says after which refusal, the first that fits: one sentence, what to do now.

interface Rule {
  /** What came back. */
  when: RegExp
  /** What was typed; undefined: anything. */
  typed?: RegExp
  say: (match: RegExpExecArray, files: readonly string[]) => string
}

const says =
  (text: string): Rule['say'] =>
  () =>
    text

export const RULES: readonly Rule[] = [
  {
    when: /the path "([^"]+)" does not exist/,
    say: (match, files) =>
      files.length === 0
        ? `There is no file ${match[1]}: the editor has no files yet.`
        : `There is no file ${match[1]} here. The editor's files are ${listed(files)}.`,
  },
  {
    when: /bash: (\S+): command not found/,
    say: (match) =>
      /^k\w*c\w*t\w*l$/.test(match[1]!)
        ? 'Nearly: the command is kubectl (or k for short).'
        : 'This shell has kubectl, cron, lab and the usual tools. Type help for a list.',
  },
  {
    when: /error:|Error/,
    typed: /create (daemonset|ds)\b/,
    say: says(
      'There is no kubectl create daemonset: write a manifest with kind: DaemonSet in the editor, ' +
        'then kubectl apply -f it.',
    ),
  },
  {
    when: /unknown flag: --(completions|parallelism|restart-policy|backoff-limit)/,
    say: (match) =>
      `kubectl create job has no --${match[1]}: add --dry-run=client -o yaml > job.yaml, set the ` +
      'field in the file, and apply it.',
  },
  {
    when: /unknown command "([^"]+)" for "kubectl"/,
    say: says('kubectl --help lists its commands; the ones used most are get, describe and apply.'),
  },
  {
    when: /doesn't have a resource type "([^"]+)"/,
    say: says('kubectl api-resources lists the types and their short names: po, no, ds, cj, jobs.'),
  },
  {
    when: /must specify one of -f and -k/,
    say: (_match, files) => `Name a file: kubectl apply -f ${files[0] ?? 'FILE'}.`,
  },
  {
    when: /Required resource not specified|must specify the type of resource/,
    say: says('Say what to look at, for example kubectl get pods or kubectl describe job NAME.'),
  },
  {
    when: /unknown field "(?:[^"]*\.)?([^".]+)"/,
    say: (match) =>
      `No such field as ${match[1]} there: check its spelling, capitals included, and how deep it ` +
      'is indented. kubectl explain shows which fields there are.',
  },
  {
    when: /cannot unmarshal (\w+) into Go struct field \S+?\.([\w.]+) of type (\w+)/,
    say: (match) => `${match[2]} wants ${wanted(match[3]!)}, and was given a ${match[1]}.`,
  },
  {
    when: /kind not set|apiVersion not set/,
    say: says('Every manifest begins with two lines: apiVersion (batch/v1 for Jobs) and kind.'),
  },
  {
    when: /no matches for kind "([^"]+)" in version "([^"]+)"/,
    say: says(
      'Jobs and CronJobs are of batch/v1, DaemonSets of apps/v1, Pods of v1; capitals count.',
    ),
  },
  {
    when: /selector\W+ does not match template/,
    say: says("The labels under template.metadata must contain the selector's matchLabels."),
  },
  {
    when: /restartPolicy: (?:Required|Unsupported) value.*"OnFailure", "Never"/,
    say: says('A Job must be able to end: set restartPolicy to Never or OnFailure.'),
  },
  {
    when: /The Job .*field is immutable|spec\.template: .*field is immutable/s,
    say: says(
      'This part of a Job cannot be changed once it is made. Delete the Job, then apply again.',
    ),
  },
  {
    when: /field is immutable/,
    say: says('This field cannot be changed once the object is made. Delete it, then apply again.'),
  },
  {
    when: /spec\.schedule: (?:Invalid|Required) value/,
    say: says(
      'A schedule has five fields: minute, hour, day of month, month, day of week (0 to 6, Sunday ' +
        'is 0). cron next "…" tries one out.',
    ),
  },
  {
    when: /cannot delete DaemonSet-managed Pods/,
    say: says(
      'A DaemonSet would put its Pods back at once. Add --ignore-daemonsets to leave them and move ' +
        'the others.',
    ),
  },
  {
    when: /cannot delete Pods that declare no controller|Pods with local storage/,
    say: says('Nothing would bring these Pods back. If they may be lost, add the flag it names.'),
  },
  {
    when: /error converting YAML to JSON|error parsing/,
    say: says(
      'The file is not the YAML it means to be. The editor marks the place; indentation is the ' +
        'usual reason.',
    ),
  },
  {
    when: /already exists/,
    say: says('Something of that name is there. Use another name, or kubectl apply to change it.'),
  },
  {
    when: /\(NotFound\)|not found/,
    typed: /^(kubectl|k) (get|describe|logs|delete|patch|label|annotate|rollout|wait)/,
    say: says('Names are random in part: kubectl get lists them, and -n or -A looks elsewhere.'),
  },
  {
    when: /ImagePullBackOff|ErrImagePull|trying and failing to pull image/,
    say: says('The registry of this lab has no such image. Type lab images to see which it has.'),
  },
  {
    when: /is waiting to start/,
    say: says('The container has not begun yet. Let some time pass and ask again.'),
  },
  {
    when: /timed out waiting for the condition/,
    say: says('It did not come true in time. describe says what it is waiting for.'),
  },
]

/** What a Go type means to who writes YAML. */
function wanted(type: string): string {
  if (/^u?int/.test(type)) return 'a whole number without quotes'
  if (type === 'bool') return 'true or false without quotes'
  return type === 'string' ? 'a text: put it in quotes' : `a ${type}`
}

function listed(files: readonly string[]): string {
  return files.length < 2 ? files.join('') : `${files.slice(0, -1).join(', ')} and ${files.at(-1)}`
}
