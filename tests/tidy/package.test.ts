// What a fresh clone installs: exact versions, from a lock file that is whole for every platform and
// names no host, by `npm ci`, which leaves the checkout as it is.
import { describe, expect, it } from 'vitest'
import { fileAt } from './sources.ts'

interface LockedPackage {
  version?: string
  resolved?: string
  integrity?: string
  os?: readonly string[]
  dependencies?: Readonly<Record<string, string>>
  optionalDependencies?: Readonly<Record<string, string>>
}

interface Manifest {
  dependencies: Readonly<Record<string, string>>
  devDependencies: Readonly<Record<string, string>>
  scripts: Readonly<Record<string, string>>
  engines: { node: string }
}

const MANIFEST = JSON.parse(fileAt('package.json').text) as Manifest
const LOCK = JSON.parse(fileAt('package-lock.json').text) as {
  packages: Readonly<Record<string, LockedPackage>>
}
const LOCKED = Object.entries(LOCK.packages).filter(([path]) => path !== '')
const PLATFORMS = ['linux', 'darwin', 'win32']

/** Where a package's own dependency is found: beside it, or further out, as Node looks. */
function found(name: string, from: string): LockedPackage | undefined {
  const folders = from.split('/node_modules/').map((_, i, all) => all.slice(0, i + 1))
  const places = [...folders.map((parts) => `${parts.join('/node_modules/')}/`).reverse(), '']
  for (const place of places) {
    const locked = LOCK.packages[`${place}node_modules/${name}`]
    if (locked !== undefined) return locked
  }
  return undefined
}

describe('package.json', () => {
  const asked = Object.entries({ ...MANIFEST.dependencies, ...MANIFEST.devDependencies })

  it('asks for exact versions', () => {
    expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
  })

  it('asks for the versions that are locked', () => {
    const other = asked.filter(([name, version]) => found(name, '')?.version !== version)
    expect(other).toEqual([])
  })

  it('installs by `npm ci` before it starts or tests anything', () => {
    expect(fileAt('src/headless/install.mjs').text).toMatch(/'npm', \['ci'/)
    expect(fileAt('src/headless/install.mjs').text).not.toMatch(/\['install'/)
    for (const script of ['start', 'test', 'test:quick']) {
      const [, file] = /^node (\S+)/.exec(MANIFEST.scripts[script] ?? '') ?? []
      expect(fileAt(file ?? 'package.json').text, script).toMatch(/^ensureInstalled\(\)$/m)
    }
  })
})

describe('package-lock.json', () => {
  it('has an entry for every package that one of its packages asks for', () => {
    const missing = LOCKED.flatMap(([path, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies })
        .filter((name) => found(name, path) === undefined)
        .map((name) => `${path}: ${name}`),
    )
    expect(missing).toEqual([])
  })

  it('has the binaries of Linux, macOS and Windows where a package has any', () => {
    const families = LOCKED.map(([path, { optionalDependencies }]) => ({
      path,
      systems: Object.keys(optionalDependencies ?? {}).flatMap(
        (name) => found(name, path)?.os ?? [],
      ),
    })).filter(({ systems }) => new Set(systems).size > 1)
    expect(families.length).toBeGreaterThan(3)
    const partial = families.filter(
      ({ systems }) => !PLATFORMS.every((system) => systems.includes(system)),
    )
    expect(partial.map(({ path }) => path)).toEqual([])
  })

  it('names no host and checks every package', () => {
    expect(LOCKED.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
    const addresses = fileAt('package-lock.json').lines.filter((line) => line.includes('://'))
    // Packages name where their authors take donations.
    const donations = /^\s+("(url|funding)": )?"https:\/\/\S+",?$/
    expect(addresses.filter((line) => !donations.test(line))).toEqual([])
    expect(LOCKED.filter(([, { integrity }]) => integrity === undefined)).toEqual([])
  })
})
