// Monaco, trimmed to what a manifest needs. The list is by hand because the package's own bundles
// bring every language; suggestions need their controller by its deep path.
import * as monaco from 'monaco-editor/editor'
import 'monaco-editor/features/codeEditor/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/contextmenu/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/wordHighlighter/register'
import 'monaco-editor/features/wordOperations/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/editor/contrib/suggest/browser/suggestController'
import 'monaco-editor/languages/definitions/yaml/register'
import { conf } from 'monaco-editor/languages/definitions/yaml/yaml'
import { defineThemes } from './themes.ts'

self.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), {
      type: 'module',
    }),
}

/** `- name: pi`: what follows are more fields of the same item, below its first, not below the dash. */
const ITEM_WITH_FIELD = /^\s*-\s+[^\s#'"[{][^#]*:\s+\S.*$/

conf.onEnterRules = [
  {
    beforeText: ITEM_WITH_FIELD,
    action: { indentAction: monaco.languages.IndentAction.None, appendText: '  ' },
  },
  ...(conf.onEnterRules ?? []),
]

defineThemes()

export { monaco }
