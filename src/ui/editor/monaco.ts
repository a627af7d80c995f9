// Monaco, trimmed to what a manifest needs. The list is by hand because the package's own bundles
// bring every language; suggestions need their controller by its deep path.
import type { ThemeName } from '../store.ts'
import * as monaco from 'monaco-editor/editor'
import 'monaco-editor/features/codeEditor/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/gotoError/register'
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

self.MonacoEnvironment = {
  getWorker: () =>
    new Worker(new URL('monaco-editor/editor/editor.worker.js', import.meta.url), {
      type: 'module',
    }),
}

/** Colours are those of the page; Monaco wants them as plain hexadecimal numbers. */
interface Colours {
  base: 'vs' | 'vs-dark' | 'hc-light'
  paper: string
  ink: string
  faint: string
  line: string
  select: string
  key: string
  string: string
  number: string
}

const LIGHT: Colours = {
  base: 'vs',
  paper: '#fffdf9',
  ink: '#24211c',
  faint: '#6f6a60',
  line: '#f2ede4',
  select: '#dfe6ee',
  key: '#1d5a8a',
  string: '#2b6b45',
  number: '#8a4b08',
}

const DARK: Colours = {
  base: 'vs-dark',
  paper: '#23211e',
  ink: '#ece7dd',
  faint: '#a39b8d',
  line: '#2b2925',
  select: '#3c4650',
  key: '#8cc4ec',
  string: '#9fd3b2',
  number: '#e8b878',
}

const PROJECTOR: Colours = {
  ...LIGHT,
  paper: '#ffffff',
  ink: '#000000',
  faint: '#4a4a4a',
  key: '#003f73',
  string: '#0c4a24',
  number: '#6b3500',
}

for (const [name, colours] of Object.entries({ light: LIGHT, dark: DARK, projector: PROJECTOR }))
  define(themeId(name as ThemeName), colours)

/** The theme that goes with the page's. */
export function themeId(name: ThemeName): string {
  return `odyssey-${name}`
}

function define(name: string, colours: Colours): void {
  const { base, paper, ink, faint, line, select, key, string, number } = colours
  monaco.editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [
      { token: '', foreground: ink.slice(1) },
      { token: 'type', foreground: key.slice(1) },
      { token: 'string', foreground: string.slice(1) },
      { token: 'string.yaml', foreground: string.slice(1) },
      { token: 'number.yaml', foreground: number.slice(1) },
      { token: 'number', foreground: number.slice(1) },
      { token: 'keyword', foreground: number.slice(1) },
      { token: 'comment', foreground: faint.slice(1) },
    ],
    colors: {
      'editor.background': paper,
      'editor.foreground': ink,
      'editorLineNumber.foreground': faint,
      'editorLineNumber.activeForeground': ink,
      'editor.lineHighlightBackground': line,
      'editor.lineHighlightBorder': line,
      'editor.selectionBackground': select,
      'editorCursor.foreground': ink,
    },
  })
}

export { monaco }
