// Monaco's own configuration of YAML, which its package has no types for.
declare module 'monaco-editor/languages/definitions/yaml/yaml' {
  import type { languages } from 'monaco-editor'

  export const conf: languages.LanguageConfiguration
}
