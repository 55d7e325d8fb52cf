// Everything this server's pages keep in a browser, with purpose and lifetime (TDDDG section 25): the declared list.
import type { FactValues } from '@runde/dossier'
import { SESSION_DAYS, sessionCookieName } from '../http/session.ts'

type BrowserEntry = FactValues['browser.entries'][number]

const UNTIL_CLEARED = {
  de: 'bis zur Änderung oder bis der Browser seine Daten löscht',
  en: 'until it is changed or the browser clears its data',
}

function choice(key: string, de: string, en: string): BrowserEntry {
  return { key, where: 'localStorage', purpose: { de, en }, lifetime: UNTIL_CLEARED, necessary: true }
}

const CHOICES: readonly BrowserEntry[] = [
  choice('runde.lang', 'merkt sich die gewählte Sprache', 'remembers the chosen language'),
  choice('runde.scheme', 'merkt sich helle oder dunkle Darstellung', 'remembers the light or dark scheme'),
  choice(
    'runde.name',
    'merkt sich den Namen, wenn die Person „merken“ angekreuzt hat',
    'remembers the name if the person ticked "remember"',
  ),
  choice(
    'runde.keys',
    'merkt sich, ob Tastenkürzel aus sind',
    'remembers whether keyboard shortcuts are off',
  ),
]

/** Whatever is found in a browser and is not in this list is a fault. */
export function browserEntries(https: boolean): readonly BrowserEntry[] {
  return [
    ...CHOICES,
    {
      key: sessionCookieName(https),
      where: 'cookie',
      purpose: {
        de: 'hält eine angemeldete Person angemeldet; Teilnehmende bekommen es nicht',
        en: 'keeps a signed-in person signed in; participants do not get it',
      },
      lifetime: {
        de: `${SESSION_DAYS} Tage nach der letzten Benutzung`,
        en: `${SESSION_DAYS} days after the last use`,
      },
      necessary: true,
    },
  ]
}
