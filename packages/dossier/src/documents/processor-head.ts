// What a processing agreement has to describe (head of Art. 28(3) GDPR), for the role each provider has.
import type { Bilingual } from '@runde/contract'
import { MISSING, both, enumerate, localized } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import type { Reader } from '../engine/reader.ts'
import { ROLES } from '../facts/options.ts'
import type { Provider, ProviderRole } from '../facts/values.ts'
import { groups, meetingData } from './shared.ts'

/** Head of Art. 28(3): what each contract has to describe, from the same facts as the record. */
export function headRows(provider: Provider): readonly (readonly [Bilingual, readonly Clause[]])[] {
  const key = provider.id
  const fills = ['28(3)']
  return [
    [
      both('Gegenstand und Art', 'Subject and nature'),
      [
        clause(
          'decision.head.subject',
          () =>
            both(
              `${ROLES[provider.role].de}: ${localized(provider.service).de}`,
              `${ROLES[provider.role].en}: ${localized(provider.service).en}`,
            ),
          { key, fills },
        ),
      ],
    ],
    [
      both('Zweck', 'Purpose'),
      [clause('decision.head.purpose', (f) => headPurpose(f, provider.role), { key, fills })],
    ],
    [
      both('Dauer', 'Duration'),
      [
        clause(
          'decision.head.duration',
          () =>
            both(
              'solange der Dienst in Anspruch genommen wird; danach Löschung oder Rückgabe',
              'as long as the service is used; then erasure or return',
            ),
          { key, fills },
        ),
      ],
    ],
    [
      both('Art der Daten', 'Types of data'),
      [clause('decision.head.data', (f) => headData(f, provider.role), { key, fills })],
    ],
    [
      both('Betroffene Personen', 'Data subjects'),
      [
        clause(
          'decision.head.subjects',
          (f) =>
            SEES_MEETINGS.includes(provider.role)
              ? groups(f)
              : both('Personen, die Besprechungen veranstalten', 'persons who organise meetings'),
          { key, fills },
        ),
      ],
    ],
    [
      both('Pflichten und Rechte', 'Obligations and rights'),
      [
        clause(
          'decision.head.duties',
          () =>
            both(
              'Die Organisation erteilt Weisungen, darf prüfen und bleibt für die Rechte der Betroffenen zuständig; der Auftragsverarbeiter handelt nur auf Weisung.',
              'The controller gives instructions, may audit and remains in charge of the rights of data subjects; the processor acts on instructions only.',
            ),
          { key, fills },
        ),
      ],
    ],
  ]
}

/** Roles whose holders can reach meetings themselves, not only what is stored about them. */
const SEES_MEETINGS: readonly ProviderRole[] = [
  'housing',
  'hosting',
  'maintenance',
  'readyMade',
  'support',
  'other',
]

function headPurpose(f: Reader, role: ProviderRole): Bilingual {
  switch (role) {
    case 'backup':
      return both('Wiederherstellung nach einem Ausfall', 'restoration after a failure')
    case 'mail':
      return both('Zustellung von Einladungen', 'delivery of invitations')
    case 'identity':
      return both('Anmeldung der Veranstaltenden', 'sign-in of organisers')
    default: {
      const list = f.get('use.purposes') ?? []
      const names = list.length === 0 ? MISSING : enumerate(list.map(({ name }) => localized(name)))
      return both(
        `Durchführung von Videobesprechungen: ${names.de}`,
        `Holding of video meetings: ${names.en}`,
      )
    }
  }
}

function headData(f: Reader, role: ProviderRole): Bilingual {
  switch (role) {
    case 'backup':
      return both('Räume, Konten und Einstellungen', 'rooms, accounts and settings')
    case 'mail':
      return both(
        'E-Mail-Adressen, Zeitpunkt und Titel der Besprechung',
        'e-mail addresses, time and title of the meeting',
      )
    case 'identity':
      return both('Kennung, Name und Zeitpunkt der Anmeldung', 'identifier, name and time of sign-in')
    default: {
      const data = meetingData(f)
      return f.is('use.sensitive', true)
        ? both(
            `${data.de}; in Gesprächen auch besondere Kategorien personenbezogener Daten`,
            `${data.en}; in conversations also special categories of personal data`,
          )
        : data
    }
  }
}
