// `-o jsonpath=TEMPLATE`: the values a template finds, as text. Scalars stand bare, collections as
// JSON, the values of one action separated by spaces. Source: client-go util/jsonpath PrintResults,
// cli-runtime/pkg/printers/jsonpath.go.
import { goQuote } from '../../../sim/lib/go-quote.ts'
import { KubectlError } from '../../errors.ts'
import { goSyntax, goText } from '../go-value.ts'
import { toCompactJson, toJson } from '../json.ts'
import { evaluate } from './evaluate.ts'
import { JsonPathError } from './nodes.ts'
import { parseJsonPath } from './parse.ts'

interface JsonPathOptions {
  /** `--allow-missing-template-keys`, true by default. */
  allowMissing?: boolean
  /** `jsonpath-as-json`: every action's values as a JSON array. */
  asJson?: boolean
}

/**
 * A printer for `template`; what it returns for an object has no newline of its own. Throws
 * KubectlError when the template is malformed or cannot be applied.
 */
export function jsonPathPrinter(
  template: string,
  options: JsonPathOptions = {},
): (data: unknown) => string {
  const path = rethrow(
    () => parseJsonPath(template),
    (message) => `error parsing jsonpath ${template}, ${message}`,
  )
  return (data) =>
    rethrow(
      () =>
        evaluate(path, data, options.allowMissing ?? true)
          .map((values) => (options.asJson === true ? toJson(values) : valuesText(values)))
          .join(''),
      (message) => executionError(template, data, message),
    )
}

function valuesText(values: readonly unknown[]): string {
  return values
    .map((value) => {
      if (value === null) return 'null'
      return typeof value === 'object' ? toCompactJson(value) : goText(value)
    })
    .join(' ')
}

function rethrow<T>(run: () => T, describe: (message: string) => string): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error
    throw new KubectlError(describe(error.message))
  }
}

function executionError(template: string, data: unknown, message: string): string {
  return (
    `error executing jsonpath ${goQuote(template)}: Error executing template: ${message}. ` +
    'Printing more information for debugging the template:\n' +
    `\ttemplate was:\n\t\t${template}\n` +
    `\tobject given to jsonpath engine was:\n\t\t${goSyntax(data)}\n\n\n`
  )
}
