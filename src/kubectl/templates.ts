// `-o jsonpath=…` and its kin: from the format as typed to a printer.
import type { Call } from './command.ts'
import { KubectlError } from './errors.ts'
import { goTemplatePrinter } from './print/go-template/print.ts'
import { jsonPathPrinter } from './print/jsonpath/print.ts'

const FORMATS = [
  'jsonpath-as-json',
  'jsonpath-file',
  'jsonpath',
  'go-template-file',
  'go-template',
  'templatefile',
  'template',
]

/** The printer of a template format; undefined when the format is none. Throws KubectlError. */
export function templatePrinter(
  call: Call,
  format: string,
): ((object: unknown) => string) | undefined {
  const { flags, context } = call
  const equals = format.indexOf('=')
  const name = equals < 0 ? format : format.slice(0, equals)
  if (!FORMATS.includes(name)) return undefined
  const given = equals < 0 ? flags.string('template') : format.slice(equals + 1)
  if (given === '') throw new KubectlError('template format specified but no template given')
  const template = name.endsWith('file') ? context.readFile(given) : given
  if (template === undefined)
    throw new KubectlError(
      `error reading --template ${given}, open ${given}: no such file or directory`,
    )
  const allowMissing = flags.bool('allow-missing-template-keys')
  if (!name.startsWith('jsonpath')) return goTemplatePrinter(template, allowMissing)
  return jsonPathPrinter(template, { allowMissing, asJson: name === 'jsonpath-as-json' })
}
