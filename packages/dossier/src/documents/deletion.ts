// The deletion concept (Art. 5(1)(e) GDPR): classes of data, start of the period, period, method, last proof.
import { MISSING, both, enumerate } from '../engine/bilingual.ts'
import { clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { keptAddresses } from './shared.ts'
import { STORAGE_CLASSES, type StorageClass } from './storage-classes.ts'

function classRow(each: StorageClass): RowSpec {
  const key = each.id
  return {
    id: key,
    cells: [
      clause('deletion.class', () => each.name, { key }),
      clause('deletion.data', (f) => each.data(f), { key }),
      clause('deletion.start', () => each.start, { key }),
      clause('deletion.period', (f) => each.kept(f), { key, laws: [art('5(1)(e)')] }),
      clause('deletion.method', (f) => (typeof each.method === 'function' ? each.method(f) : each.method), {
        key,
      }),
    ],
  }
}

const PROOF = clause(
  'deletion.proof',
  (f) => {
    const kept = f.get('probe.retention')
    if (kept === undefined)
      return both(
        'Ob alle Fristen eingehalten sind, ist derzeit nicht durch eine Prüfung belegt.',
        'Whether all periods are observed is currently not backed by a test.',
      )
    const day = f.when('probe.retention')
    return kept
      ? both(
          `Die letzte Prüfung fand in keiner Klasse einen Eintrag, der älter als seine Frist ist (geprüft am ${day.de}).`,
          `The latest test found no entry older than its period in any class (checked on ${day.en}).`,
        )
      : both(
          `Die letzte Prüfung fand mindestens einen Eintrag, der älter als seine Frist ist (geprüft am ${day.de}).`,
          `The latest test found at least one entry older than its period (checked on ${day.en}).`,
        )
  },
  { laws: [art('5(2)')] },
)

const MANUAL = clause(
  'deletion.manual',
  (f) => {
    const open = STORAGE_CLASSES.filter(({ id }) => id === 'rooms' || id === 'accounts').filter(({ id }) =>
      id === 'rooms' ? f.is('keep.rooms', 'manual') : f.is('keep.accounts', 'manual'),
    )
    if (open.length === 0) return undefined
    const names = enumerate(open.map(({ name }) => name))
    return both(
      `Ohne feste Frist: ${names.de}. Ein Raum wird gebraucht, solange sein Link benutzt wird, ein Konto, solange die Person Besprechungen veranstaltet oder Unterlagen prüft; was nicht mehr gebraucht wird, wird bei der Überprüfung gelöscht.`,
      `Without a fixed period: ${names.en}. A room is needed as long as its link is used, an account as long as the person organises meetings or reviews documents; whatever is no longer needed is deleted at the review.`,
    )
  },
  { laws: [art('5(1)(e)')] },
)

const BACKUPS = clause(
  'deletion.backups',
  (f) => {
    switch (f.get('backup.made')) {
      case true: {
        const kept = f.print('backup.kept')
        return both(
          `Was auf dem Server gelöscht ist, bleibt in Sicherungskopien bis zu deren Frist (${kept.de}). Wer eine Kopie einspielt, wiederholt die seither vorgenommenen Löschungen.`,
          `What has been erased on the server remains in backups until these expire (${kept.en}). Whoever restores a backup repeats the erasures made since.`,
        )
      }
      case false:
        return both(
          'Sicherungskopien gibt es nicht; gelöschte Daten bleiben nirgends zurück.',
          'There are no backups; erased data remain nowhere.',
        )
      case undefined:
        return both(`Sicherungskopien: ${MISSING.de}.`, `Backups: ${MISSING.en}.`)
    }
  },
  { laws: [art('17')] },
)

/** One row per class that exists on this server. */
function rows(f: Reader): RowSpec[] {
  return STORAGE_CLASSES.filter((each) => each.exists(f)).map(classRow)
}

export const DELETION: DocumentSpec = {
  kind: 'deletion',
  basis: art('5(1)(e)'),
  title: both('Löschkonzept', 'Deletion concept'),
  subtitle: (f) => {
    const law = f.law(art('5(1)(e)'))
    return both(`Speicherbegrenzung nach ${law.de}`, `Storage limitation under ${law.en}`)
  },
  body(page) {
    page.section('principles', both('Grundsätze', 'Principles'), (inner) => {
      inner.text('principles', [
        clause(
          'deletion.principle',
          () =>
            both(
              'Inhalte von Besprechungen werden nicht gespeichert, soweit die Tabelle nichts anderes sagt. Was gespeichert wird, hat eine Klasse, ein Ereignis, mit dem die Frist beginnt, eine Frist und ein Verfahren.',
              'Contents of meetings are not stored unless the table says otherwise. What is stored has a class, an event that starts the period, a period and a method.',
            ),
          { laws: [art('5(1)(c)'), art('5(1)(e)')] },
        ),
      ])
    })
    page.section('classes', both('Klassen und Fristen', 'Classes and periods'), (inner) => {
      inner.table(
        'classes',
        both('Klassen von Daten mit Fristen', 'Classes of data with periods'),
        [
          { id: 'class', header: both('Klasse', 'Class') },
          { id: 'data', header: both('Daten', 'Data'), weight: 2 },
          { id: 'start', header: both('Beginn der Frist', 'Start of the period') },
          { id: 'period', header: both('Frist', 'Period'), weight: 1.5 },
          { id: 'method', header: both('Verfahren', 'Method') },
        ],
        rows,
      )
      inner.text('manual', [MANUAL])
    })
    page.section('backups', both('Sicherungskopien', 'Backups'), (inner) => inner.text('backups', [BACKUPS]))
    page.section('request', both('Löschung auf Antrag', 'Erasure on request'), (inner) => {
      inner.text('request', [
        clause(
          'deletion.request',
          (f) => {
            const contact = f.print('org.contact')
            const guests =
              keptAddresses(f) === 'none'
                ? both(
                    'über Gäste ist nach der Besprechung in der Regel nichts gespeichert',
                    'about guests, usually nothing is stored after the meeting',
                  )
                : both(
                    'Einträge in Protokollen verschwinden mit deren Frist',
                    'log entries disappear with their period',
                  )
            return both(
              `Anträge nimmt ${contact.de} entgegen. Räume und Konten löscht eine berechtigte Person unverzüglich; ${guests.de}.`,
              `Requests are received by ${contact.en}. Rooms and accounts are erased by an authorised person without delay; ${guests.en}.`,
            )
          },
          { laws: [art('17')] },
        ),
        clause(
          'deletion.hold',
          () =>
            both(
              'Nicht gelöscht wird, solange Daten für eine rechtliche Verpflichtung oder für Rechtsansprüche gebraucht werden; Grund und Ende werden festgehalten.',
              'Data are not erased while they are needed for a legal obligation or for legal claims; reason and end are noted.',
            ),
          { laws: [art('17(3)')] },
        ),
      ])
    })
    page.section('proof', both('Nachweis', 'Proof'), (inner) => inner.text('proof', [PROOF]))
  },
}
