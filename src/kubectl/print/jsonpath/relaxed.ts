// The shorter paths that --sort-by and custom-columns accept: `metadata.name`, `.metadata.name`,
// `{metadata.name}` or `{.metadata.name}`. Source: kubectl/pkg/cmd/get/customcolumn.go.
import { KubectlError } from '../../errors.ts'

const RELAXED = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/

/** The complete template of a relaxed path; throws KubectlError for other text. */
export function relaxedJsonPath(text: string): string {
  if (text === '') return text
  const match = RELAXED.exec(text)
  if (match === null) {
    throw new KubectlError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' " +
        "or '{.name1.name2}'",
    )
  }
  return `{.${match[1] ?? match[2] ?? ''}}`
}
