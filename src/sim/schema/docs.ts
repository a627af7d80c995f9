// The documentation of the API's types, for hover, completion and `kubectl explain`. The texts are
// a generated module of their own (docs.generated.ts) so that only who asks loads them.

/** Documentation of one field. `type` is in the notation of structs.ts. */
export interface FieldDoc {
  readonly type: string
  readonly description: string
  readonly required?: boolean
  /** The values an enumerated string may have. */
  readonly enum?: readonly string[]
}

/** Documentation of one struct and its fields by JSON name. */
export interface StructDoc {
  readonly description: string
  readonly fields: Readonly<Record<string, FieldDoc>>
}
