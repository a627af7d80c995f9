// What may differ between two runs of one command without meaning anything: ids, versions, times,
// ages, spacing, and where things are on this machine.

const AGE = /\b(?:\d+y)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?<=[ydhms])\b/g
const UID = /\b[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\b/g
const RFC1123 = /(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g

/** The text with all of that replaced by words. */
function normalize(text: string): string {
  return text
    .replace(UID, 'UID')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replace(RFC1123, 'RTIME')
    .replace(/resourceVersion: "\d+"/g, 'resourceVersion: RV')
    .replace(/"resourceVersion": ?"\d+"/g, 'RV')
    .replace(/v1\.36\.\d+/g, 'v1.36')
    .replace(/\/tmp\/rc-\w+\/?/g, '')
    .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'URL')
    .replace(/[EIW]\d{4} [\d:.]+ +\d+ /g, 'KLOG ')
    .replace(/<invalid>/g, 'AGE')
    .replace(AGE, (match) => (match === '' ? '' : 'AGE'))
    .replace(/[ \t]+/g, ' ')
    .replace(/ +$/gm, '')
}

/** What a command printed and how it ended. */
export interface Printed {
  exit: number
  stdout: string
  stderr: string
}

/** Whether two clients did the same. */
export function isSame(a: Printed, b: Printed): boolean {
  const text = ({ exit, stdout, stderr }: Printed): string =>
    `${exit}\n${normalize(stdout)}\n--\n${normalize(stderr)}`
  return text(a) === text(b)
}
