// Which theme is on: the learner's choice, or the system's.
import type { PageStore, ThemeChoice, ThemeName } from '../store.ts'

const DARK_QUERY = '(prefers-color-scheme: dark)'

function themeOf(choice: ThemeChoice): ThemeName {
  if (choice !== 'auto') return choice
  return matchMedia(DARK_QUERY).matches ? 'dark' : 'light'
}

/** Shows the theme, now and whenever the system changes its mind. */
export function applyTheme(store: PageStore, choice: ThemeChoice): () => void {
  const query = matchMedia(DARK_QUERY)
  const write = (): void => {
    const themeName = themeOf(choice)
    document.documentElement.dataset['theme'] = themeName
    store.setState({ themeName })
  }
  write()
  query.addEventListener('change', write)
  return () => query.removeEventListener('change', write)
}
