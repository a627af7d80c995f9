// Monaco's colours are those of the page; it wants them as plain hexadecimal numbers.
import * as monaco from 'monaco-editor/editor'
import type { ThemeName } from '../store.ts'

interface Colours {
  base: 'vs' | 'vs-dark'
  paper: string
  /** Of what floats above the text. */
  raised: string
  ink: string
  faint: string
  line: string
  edge: string
  select: string
  accent: string
  key: string
  string: string
  number: string
  error: string
  warning: string
}

const LIGHT: Colours = {
  base: 'vs',
  paper: '#fffdf9',
  raised: '#fffdf9',
  ink: '#24211c',
  faint: '#686258',
  line: '#f2ede4',
  edge: '#c6bdad',
  select: '#dfe6ee',
  accent: '#1d5a8a',
  key: '#1d5a8a',
  string: '#2b6b45',
  number: '#8a4b08',
  error: '#a3241c',
  warning: '#9a6b00',
}

const DARK: Colours = {
  base: 'vs-dark',
  paper: '#23211e',
  raised: '#2b2925',
  ink: '#ece7dd',
  faint: '#a39b8d',
  line: '#2b2925',
  edge: '#575147',
  select: '#3c4650',
  accent: '#8cc4ec',
  key: '#8cc4ec',
  string: '#9fd3b2',
  number: '#e8b878',
  error: '#ff9c92',
  warning: '#e3b55f',
}

const PROJECTOR: Colours = {
  ...LIGHT,
  paper: '#ffffff',
  raised: '#ffffff',
  ink: '#000000',
  line: '#f0f0f0',
  faint: '#3f3f3f',
  edge: '#6a6a6a',
  accent: '#003f73',
  key: '#003f73',
  string: '#0c4a24',
  number: '#6b3500',
  error: '#8f0d05',
  warning: '#603f00',
}

const THEMES: Readonly<Record<ThemeName, Colours>> = {
  light: LIGHT,
  dark: DARK,
  projector: PROJECTOR,
}

/** The theme that goes with the page's. */
export function themeId(name: ThemeName): string {
  return `odyssey-${name}`
}

/** Tells Monaco of every theme; called once. */
export function defineThemes(): void {
  for (const [name, colours] of Object.entries(THEMES))
    monaco.editor.defineTheme(themeId(name as ThemeName), {
      base: colours.base,
      inherit: true,
      rules: rulesOf(colours),
      colors: { ...textColours(colours), ...widgetColours(colours) },
    })
}

/** Monaco's own themes have rules for YAML alone, which only rules as narrow can replace. */
function rulesOf({ ink, key, string, number, faint }: Colours) {
  const colours = { type: key, string, number, keyword: number, comment: faint }
  const rules = Object.entries(colours).flatMap(([token, colour]) =>
    [token, `${token}.yaml`].map((name) => ({ token: name, foreground: colour.slice(1) })),
  )
  return [{ token: '', foreground: ink.slice(1) }, ...rules]
}

function textColours({ paper, ink, faint, line, select, error, warning }: Colours) {
  return {
    'editor.background': paper,
    'editor.foreground': ink,
    'editorLineNumber.foreground': faint,
    'editorLineNumber.activeForeground': ink,
    'editor.lineHighlightBackground': line,
    'editor.lineHighlightBorder': line,
    'editor.selectionBackground': select,
    'editorCursor.foreground': ink,
    'editorError.foreground': error,
    'editorWarning.foreground': warning,
    'editorBracketHighlight.foreground1': ink,
    'editorBracketHighlight.foreground2': ink,
    'editorBracketHighlight.foreground3': ink,
  }
}

/** Hover, suggestions and find float above the text. */
function widgetColours({ raised, ink, faint, edge, select, accent }: Colours) {
  return {
    focusBorder: accent,
    'editorWidget.background': raised,
    'editorWidget.foreground': ink,
    'editorWidget.border': edge,
    'editorHoverWidget.background': raised,
    'editorHoverWidget.foreground': ink,
    'editorHoverWidget.border': edge,
    'editorSuggestWidget.background': raised,
    'editorSuggestWidget.foreground': ink,
    'editorSuggestWidget.border': edge,
    'editorSuggestWidget.highlightForeground': accent,
    'editorSuggestWidget.focusHighlightForeground': accent,
    'editorSuggestWidget.selectedBackground': select,
    'editorSuggestWidget.selectedForeground': ink,
    'editorSuggestWidget.selectedIconForeground': ink,
    descriptionForeground: faint,
    'textLink.foreground': accent,
    'symbolIcon.propertyForeground': accent,
    'symbolIcon.snippetForeground': accent,
    'menu.background': raised,
    'menu.foreground': ink,
    'menu.selectionBackground': select,
    'menu.selectionForeground': ink,
  }
}
