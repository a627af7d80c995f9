// Finds a Chromium for the browser tests: the one the environment names, Playwright's own, one that
// is installed, and only then gets one.
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './install.mjs'

const VARIABLES = ['CHROMIUM_PATH', 'PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH', 'CHROME_PATH']
const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const PLACES = [
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** The path of a browser that is there, or undefined. Throws when a variable names no program. */
export async function findBrowser() {
  for (const name of VARIABLES) {
    const path = process.env[name]
    if (path === undefined || path === '') continue
    if (!isExecutable(path)) throw new Error(`${name} is set to ${path}, which cannot be run`)
    return path
  }
  const { chromium } = await import('@playwright/test')
  if (existsSync(chromium.executablePath())) return chromium.executablePath()
  const folders = (process.env.PATH ?? '').split(delimiter)
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return [...candidates, ...PLACES].find(isExecutable)
}

/** A browser that is there or has been got; undefined when none can be had. */
export async function ensureBrowser() {
  const found = await findBrowser()
  if (found !== undefined) return found
  console.log('No Chromium found; getting one (once) …')
  run('npx', ['playwright', 'install', 'chromium'])
  const own = await findBrowser()
  if (own !== undefined) return own
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => run([...sudo, 'apt-get'][0], [...sudo, 'apt-get', ...args].slice(1))
  if (existsSync('/usr/bin/apt-get') && apt('update', '-qq') === 0)
    apt('install', '-y', '-qq', 'chromium')
  return findBrowser()
}
