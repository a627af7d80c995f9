// `-o go-template=TEMPLATE`; source cli-runtime/pkg/printers/template.go.
import { goQuote } from '../../../sim/lib/go-quote.ts'
import { KubectlError } from '../../errors.ts'
import { applyTemplate } from './evaluate.ts'
import { TemplateError, type Nodes } from './nodes.ts'
import { parseTemplate } from './parse.ts'

/**
 * A printer for `template`; what it returns has no newline of its own. `allowMissing` prints
 * `<no value>` for a field that is missing. Throws KubectlError when the template is malformed or
 * cannot be applied.
 */
export function goTemplatePrinter(
  template: string,
  allowMissing = true,
): (data: unknown) => string {
  const nodes: Nodes = rethrow(
    () => parseTemplate(template),
    (message) => `error parsing template ${template}, template: output:${message}`,
  )
  return (data) =>
    rethrow(
      () => applyTemplate(nodes, template, data, allowMissing),
      (message) => `error executing template ${goQuote(template)}: template: output:${message}`,
    )
}

function rethrow<T>(run: () => T, describe: (message: string) => string): T {
  try {
    return run()
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new KubectlError(describe(error.message))
  }
}
