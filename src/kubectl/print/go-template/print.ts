// `-o go-template=TEMPLATE`; source cli-runtime/pkg/printers/template.go.
import { goQuote } from '../../../sim/lib/go-quote.ts'
import { KubectlError, PrintError } from '../../errors.ts'
import { goText } from '../go-value.ts'
import { toCompactJson } from '../json.ts'
import { applyTemplate } from './evaluate.ts'
import { TemplateError, type Template } from './nodes.ts'
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
  const parsed = parse(template)
  return (data) => {
    const out: string[] = []
    try {
      applyTemplate(parsed, template, data, { allowMissing, out })
      return out.join('')
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error
      const why = `template: output:${error.message}`
      const printed = `${out.join('')}${explanation(template, data, why)}`
      throw new PrintError(`error executing template ${goQuote(template)}: ${why}`, printed)
    }
  }
}

function parse(template: string): Template {
  try {
    return parseTemplate(template)
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new KubectlError(`error parsing template ${template}, template: output:${error.message}`)
  }
}

/** What the real client prints for whoever has to find the mistake. */
function explanation(template: string, data: unknown, why: string): string {
  return (
    `Error executing template: ${why}. Printing more information for debugging the template:\n` +
    `\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${toCompactJson(data)}\n` +
    `\tobject given to template engine was:\n\t\t${goText(data)}\n\n`
  )
}
