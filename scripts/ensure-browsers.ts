// Makes sure the tests find Chromium and Firefox; installs Debian's packages where they are missing and it may.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type BrowserProgram, findBrowser } from '@runde/testkit/browser'

const PACKAGES: Readonly<Record<BrowserProgram, string>> = { chromium: 'chromium', firefox: 'firefox-esr' }
const PROGRAMS: readonly BrowserProgram[] = ['chromium', 'firefox']

/** What to do about the browsers that are missing. */
export type Plan =
  | { kind: 'nothing' }
  | { kind: 'install'; packages: string[] }
  | { kind: 'refuse'; message: string }

/** Decides from what is missing and what this account may do. */
export function planBrowsers(missing: readonly BrowserProgram[], mayInstall: boolean): Plan {
  const packages = missing.map((program) => PACKAGES[program])
  if (packages.length === 0) return { kind: 'nothing' }
  if (mayInstall) return { kind: 'install', packages }
  return {
    kind: 'refuse',
    message: [
      `The browser tests need ${missing.join(' and ')}, and this account cannot install packages.`,
      `On Debian: sudo apt-get update && sudo apt-get install ${packages.join(' ')}`,
      'Elsewhere: install them in any way and, if they are not in PATH, name the programs in',
      'RUNDE_TEST_CHROMIUM and RUNDE_TEST_FIREFOX.',
    ].join('\n'),
  }
}

function missingBrowsers(): BrowserProgram[] {
  return PROGRAMS.filter((program) => findBrowser(program) === undefined)
}

function apt(...parameters: string[]): boolean {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync('apt-get', parameters, {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: environment,
  })
  return status === 0
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}

function ensureBrowsers(): void {
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')
  const plan = planBrowsers(missingBrowsers(), mayInstall)
  if (plan.kind === 'refuse') return fail(plan.message)
  if (plan.kind === 'install') {
    process.stdout.write(`Installing ${plan.packages.join(' ')} ...\n`)
    if (!apt('update', '-q') || !apt('install', '-y', '-q', '--no-install-recommends', ...plan.packages))
      return fail('apt-get could not install the browsers; its reason is above.')
    const still = missingBrowsers()
    if (still.length > 0) return fail(`apt-get has run, but ${still.join(' and ')} cannot be found in PATH.`)
  }
  for (const program of PROGRAMS) process.stdout.write(`${program}: ${findBrowser(program)}\n`)
}

if (import.meta.main) ensureBrowsers()
