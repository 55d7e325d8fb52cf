// Finds the browsers of the system by name in PATH and in the places where Debian puts them.
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs the tests can drive. */
export type BrowserProgram = 'chromium' | 'firefox'

/** Names in order of preference; Firefox ESR first, because the supported range starts there. */
const NAMES: Record<BrowserProgram, readonly string[]> = {
  chromium: ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'],
  firefox: ['firefox-esr', 'firefox'],
}

/** Environment variables that name a program in an unusual place. */
const OVERRIDES: Record<BrowserProgram, string> = {
  chromium: 'RUNDE_TEST_CHROMIUM',
  firefox: 'RUNDE_TEST_FIREFOX',
}

/** Full path of the browser's program, or undefined when the system has none. */
export function findBrowser(
  program: BrowserProgram,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const chosen = environment[OVERRIDES[program]]
  if (chosen !== undefined && chosen !== '') return isProgram(chosen) ? chosen : undefined
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const name of NAMES[program])
    for (const folder of folders) if (isProgram(join(folder, name))) return join(folder, name)
  return undefined
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
