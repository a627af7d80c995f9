// Reads a file of manifests as kubectl does: JSON if it looks like it and is, else YAML documents
// one after the other (apimachinery pkg/util/yaml YAMLOrJSONDecoder). Everything the editor needs
// to put an error on the right line comes along.
import { construct, type Json } from './construct.ts'
import { splitDocuments } from './documents.ts'
import { JsonError, readJson } from './json-reader.ts'
import { parseDocument } from './parser.ts'
import { noPlaces, placeOf, type Place, type Places } from './places.ts'
import { YamlError } from './yaml-error.ts'

/** A document of a file, or the error that ends it: nothing follows an error. */
export interface ManifestDocument {
  /** The plain data; null for an empty document, undefined when there is an error. */
  readonly value: Json | undefined
  /** What kubectl prints after `error parsing FILE: `. */
  readonly error: string | undefined
  /** Where the error really is (kubectl's own line number may be off by one, or missing). */
  readonly errorPlace: Place | undefined
  /** The line of the file at which the document starts, from 1. */
  readonly line: number
  /** Where each key and value stands, by field path; empty unless asked for. */
  readonly places: Places
}

interface ReadOptions {
  /** Remember where everything stands: for editors. */
  readonly places?: boolean
}

/** Larger files are refused at once. */
const MANIFEST_LENGTH_MAX = 5 * 1024 * 1024

const CONVERSION = 'error converting YAML to JSON: '
/** Characters YAML does not allow anywhere. */
const CONTROL_CHARACTER = new RegExp(
  String.raw`[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]`,
)

/** The documents of a file in order. Never throws. */
export function readManifest(text: string, options: ReadOptions = {}): readonly ManifestDocument[] {
  if (text.length > MANIFEST_LENGTH_MAX)
    return [failed('the file is larger than 5 MiB', undefined, 0)]
  return /^\s*\{/.test(text) ? readJsonFile(text, options) : readYaml(text, 0, options)
}

function readYaml(text: string, lineOffset: number, options: ReadOptions): ManifestDocument[] {
  const documents: ManifestDocument[] = []
  for (const chunk of splitDocuments(text)) {
    const offset = chunk.lineOffset + lineOffset
    const document =
      chunk.error === undefined
        ? readYamlDocument(chunk.text, offset, options)
        : failed(chunk.error, lineStart(offset), offset)
    documents.push(document)
    if (document.error !== undefined) break
  }
  return documents
}

function readYamlDocument(
  text: string,
  lineOffset: number,
  options: ReadOptions,
): ManifestDocument {
  const control = CONTROL_CHARACTER.exec(text)
  if (control !== null) {
    const line = lineOffset + text.slice(0, control.index).split('\n').length - 1
    const error = `${CONVERSION}yaml: control characters are not allowed`
    return failed(error, lineStart(line), lineOffset)
  }
  try {
    const node = parseDocument(text)
    const places = noPlaces(lineOffset)
    const value = node === undefined ? null : construct(node, options.places ? places : undefined)
    return { value, error: undefined, errorPlace: undefined, line: lineOffset + 1, places }
  } catch (error) {
    if (!(error instanceof YamlError)) throw error
    const { mark } = error
    const end = { ...mark, column: mark.column + 1 }
    const place = placeOf({ start: mark, end }, lineOffset)
    return failed(CONVERSION + error.message, place, lineOffset)
  }
}

/** A stream of JSON values. What is not JSON may still be YAML, unless two values came before. */
function readJsonFile(text: string, options: ReadOptions): ManifestDocument[] {
  const documents: ManifestDocument[] = []
  let index = 0
  for (;;) {
    try {
      const found = readJson(text, index)
      if (found === undefined) return documents
      const places = noPlaces(0)
      const value = construct(found.node, options.places ? places : undefined)
      const line = found.node.start.line + 1
      documents.push({ value, error: undefined, errorPlace: undefined, line, places })
      index = found.end
    } catch (error) {
      if (!(error instanceof JsonError)) throw error
      return [...documents, ...readRest(text, index, documents.length, error, options)]
    }
  }
}

function readRest(
  text: string,
  index: number,
  read: number,
  error: JsonError,
  options: ReadOptions,
): readonly ManifestDocument[] {
  const line = text.slice(0, error.index).split('\n').length - 1
  const bare = error.atEnd || read > 1
  const message = bare ? error.message : `json: offset ${byteOffset(text, error)}: ${error.message}`
  const refused = failed(message, lineStart(line), line)
  if (read > 1) return [refused]
  const rest = text.slice(index).replace(/^[^\S\n]*\n?/, '')
  const offset = text.slice(0, text.length - rest.length).split('\n').length - 1
  const documents = readYaml(rest, offset, options)
  // When YAML fails at its first document too, the words are JSON's.
  return documents[0]?.error === undefined ? documents : [refused]
}

/** How many bytes the reader had taken when it stopped at the bad character. */
function byteOffset(text: string, { index }: JsonError): number {
  let bytes = 0
  for (const char of text.slice(0, index + 1)) {
    const code = char.codePointAt(0)!
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

function lineStart(line: number): Place {
  return { line: line + 1, column: 1, endLine: line + 1, endColumn: 2 }
}

function failed(
  error: string,
  errorPlace: Place | undefined,
  lineOffset: number,
): ManifestDocument {
  const places = noPlaces(lineOffset)
  return { value: undefined, error, errorPlace, line: lineOffset + 1, places }
}
