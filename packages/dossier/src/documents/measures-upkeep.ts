// Measures on availability, separation and regular testing.
import { MISSING, both, localized } from '../engine/bilingual.ts'
import { byProof, bySetting, open } from './measures-forms.ts'
import { PROOF_LIMITS } from '../facts/proof-ways.ts'
import { AGE_MEASURES } from './measures-age.ts'
import type { Measure } from './measures-table.ts'
import { says } from './shared.ts'

export const UPKEEP_MEASURES: readonly Measure[] = [
  {
    id: 'backup',
    control: 'verfuegbarkeit',
    goals: ['availability'],
    fills: ['32(1)(b)', '32(1)(c)'],
    name: both('Sicherungskopien', 'Backups'),
    standing: (f) => {
      const made = f.get('backup.made')
      return made === undefined ? 'open' : made ? 'inPlace' : 'notInPlace'
    },
    write: (f) => {
      const made = f.get('backup.made')
      const who = says(f)
      if (made === undefined) return open(both('Sicherungskopien', 'Backups'))
      if (!made) {
        return both(
          `${who.de} werden keine Sicherungskopien angelegt; nach einem Ausfall sind Räume und Konten neu einzurichten.`,
          `${who.en} no backups are made; after a failure rooms and accounts have to be set up again.`,
        )
      }
      const place = f.get('backup.place')
      const where = place === undefined ? MISSING : localized(place)
      const kept = f.print('backup.kept')
      return f.declared('backup.made')
        ? both(
            `${who.de} werden Sicherungskopien angelegt; Ort: ${where.de}; Frist: ${kept.de}.`,
            `${who.en} backups are made; place: ${where.en}; period: ${kept.en}.`,
          )
        : both(
            `Im eingestellten Ordner liegen Sicherungskopien, ohne Schlüssel, Anmeldungen und Einmal-Links; Ort: ${where.de}; Frist: ${kept.de}.`,
            `The configured folder holds backups, without keys, sign-ins and one-time links; place: ${where.en}; period: ${kept.en}.`,
          )
    },
  },
  {
    id: 'backupKey',
    control: 'verfuegbarkeit',
    goals: ['confidentiality'],
    fills: ['32(1)(a)'],
    name: both('Verschlüsselte Sicherungskopien', 'Encrypted backups'),
    standing: (f) => {
      if (f.is('backup.made', false)) return 'open'
      const holder = f.get('backup.keyHolder')
      return holder === undefined
        ? 'open'
        : holder === 'own'
          ? 'inPlace'
          : holder === 'provider'
            ? 'partly'
            : 'notInPlace'
    },
    write: (f) => {
      if (f.is('backup.made', false))
        return both(
          'Verschlüsselte Sicherungskopien: entfällt, weil keine angelegt werden.',
          'Encrypted backups: not applicable, because none are made.',
        )
      const who = says(f)
      switch (f.get('backup.keyHolder')) {
        case 'own':
          return both(
            `${who.de} sind die Sicherungskopien verschlüsselt; den Schlüssel haben nur Angehörige der Organisation.`,
            `${who.en} the backups are encrypted; only the organisation's own people hold the key.`,
          )
        case 'provider':
          return both(
            `${who.de} sind die Sicherungskopien verschlüsselt; den Schlüssel hat ein Dienstleister.`,
            `${who.en} the backups are encrypted; a provider holds the key.`,
          )
        case 'nobody':
          return both(
            `${who.de} sind die Sicherungskopien nicht verschlüsselt.`,
            `${who.en} the backups are not encrypted.`,
          )
        case undefined:
          return open(both('Verschlüsselte Sicherungskopien', 'Encrypted backups'))
      }
    },
  },
  byProof(
    {
      id: 'backupAge',
      control: 'verfuegbarkeit',
      goals: ['availability'],
      fills: ['32(1)(c)'],
      name: both('Alter der letzten Sicherungskopie', 'Age of the latest backup'),
    },
    'probe.backupAge',
    {
      passed: (hours) => hours <= PROOF_LIMITS.backupHours,
      good: (hours) =>
        both(
          `Die letzte Sicherungskopie war ${hours} Stunden alt`,
          `The latest backup was ${hours} hours old`,
        ),
      bad: (hours) =>
        both(
          `Die letzte Sicherungskopie war ${hours} Stunden alt und damit zu alt`,
          `The latest backup was ${hours} hours old, which is too old`,
        ),
    },
  ),
  byProof(
    {
      id: 'restore',
      control: 'verfuegbarkeit',
      goals: ['availability'],
      fills: ['32(1)(c)'],
      name: both('Erprobte Wiederherstellung', 'Rehearsed restoration'),
    },
    'probe.restore',
    {
      passed: (done) => done,
      good: () =>
        both(
          'Die Wiederherstellung aus einer Sicherungskopie wurde erfolgreich erprobt',
          'Restoration from a backup was rehearsed successfully',
        ),
      bad: () =>
        both(
          'Die Wiederherstellung aus einer Sicherungskopie ist fehlgeschlagen',
          'Restoration from a backup failed',
        ),
    },
  ),
  {
    id: 'tenants',
    control: 'trennung',
    goals: ['unlinkability', 'confidentiality'],
    fills: ['32(1)(b)'],
    name: both('Trennung der Nutzung', 'Separation of use'),
    standing: (f) =>
      f.get('use.telecom') === undefined ? 'open' : f.is('use.telecom', 'own') ? 'inPlace' : 'partly',
    write: (f) => {
      switch (f.get('use.telecom')) {
        case 'own':
          return both(
            'Der Server dient einer einzigen Organisation; Räume sind voneinander getrennt.',
            'The server serves a single organisation; rooms are separate from each other.',
          )
        case 'customers':
          return both(
            'Der Server dient mehreren Auftraggebern; jeder Raum gehört zu einem Konto, und nur dieses sieht ihn in seiner Liste. Eine weitergehende Trennung nach Auftraggebern bietet die Software nicht.',
            'The server serves several customers; each room belongs to one account, and only that account sees it in its list. The software offers no further separation by customer.',
          )
        case 'public':
          return both(
            'Der Server steht jeder Person offen; Räume sind voneinander getrennt, Auftraggeber gibt es nicht.',
            'The server is open to everybody; rooms are separate from each other, there are no customers.',
          )
        case undefined:
          return open(both('Trennung der Nutzung', 'Separation of use'))
      }
    },
  },
  bySetting(
    {
      id: 'statistics',
      control: 'trennung',
      goals: ['unlinkability', 'dataMinimisation'],
      fills: ['32(1)(b)'],
      name: both(
        'Verzicht auf Auswertung von Redezeit und Aufmerksamkeit',
        'Avoidance of statistics on speaking time and attention',
      ),
    },
    'log.attentionStatistics',
    {
      good: false,
      yes: both(
        'Redezeit oder Aufmerksamkeit werden ausgewertet.',
        'Speaking time or attention are evaluated.',
      ),
      no: both(
        'Redezeit oder Aufmerksamkeit werden nicht ausgewertet.',
        'Speaking time or attention are not evaluated.',
      ),
    },
  ),
  {
    id: 'recordingOff',
    control: 'trennung',
    goals: ['dataMinimisation', 'unlinkability', 'intervenability'],
    fills: ['32(1)(b)'],
    name: both('Verzicht auf Aufzeichnung', 'Avoidance of recording'),
    standing: (f) => (f.is('feature.recording', 'on') ? 'notInPlace' : 'inPlace'),
    write: (f) => {
      const traces = f.get('probe.recordingTraces')
      const proven =
        traces === 0
          ? both(
              ` Nach einer Besprechung fanden sich weder Ton noch Bild auf dem Datenträger (geprüft am ${f.when('probe.recordingTraces').de}).`,
              ` After a meeting neither audio nor video was found on disk (checked on ${f.when('probe.recordingTraces').en}).`,
            )
          : traces === undefined
            ? both('', '')
            : both(
                ` Nach einer Besprechung fanden sich ${traces} Spuren auf dem Datenträger.`,
                ` After a meeting ${traces} traces were found on disk.`,
              )
      const state = f.is('feature.recording', 'absent')
        ? both('Der Server kann nicht aufzeichnen.', 'The server cannot record.')
        : f.is('feature.recording', 'off')
          ? both(
              'Die Aufzeichnung ist für den ganzen Server ausgeschaltet.',
              'Recording is switched off for the whole server.',
            )
          : both('Besprechungen können aufgezeichnet werden.', 'Meetings can be recorded.')
      return f.is('feature.recording', 'on')
        ? state
        : both(`${state.de}${proven.de}`, `${state.en}${proven.en}`)
    },
  },
  byProof(
    {
      id: 'retention',
      control: 'ueberpruefung',
      goals: ['dataMinimisation', 'transparency'],
      fills: ['32(1)(d)'],
      name: both('Einhaltung der Löschfristen', 'Observance of erasure periods'),
    },
    'probe.retention',
    {
      passed: (kept) => kept,
      good: () =>
        both(
          'In keiner Klasse von Daten war ein Eintrag älter als seine Frist',
          'In no class of data was an entry older than its period',
        ),
      bad: () =>
        both(
          'Mindestens ein Eintrag war älter als seine Frist',
          'At least one entry was older than its period',
        ),
    },
  ),
  ...AGE_MEASURES,
  byProof(
    {
      id: 'advisories',
      control: 'ueberpruefung',
      goals: ['integrity', 'availability'],
      fills: ['32(1)(d)'],
      name: both('Keine offenen Sicherheitswarnungen', 'No open advisories'),
    },
    'probe.advisories',
    {
      passed: (open) => open === 0,
      good: () =>
        both(
          'Zur laufenden Version liegt keine offene Sicherheitswarnung vor',
          'There is no open advisory for the running version',
        ),
      bad: (open) =>
        both(
          `Zur laufenden Version liegen ${open} offene Sicherheitswarnungen vor`,
          `There are ${open} open advisories for the running version`,
        ),
    },
  ),
  byProof(
    {
      id: 'browserEntries',
      control: 'ueberpruefung',
      goals: ['dataMinimisation', 'transparency'],
      fills: ['32(1)(d)'],
      name: both('Nur angegebene Einträge im Browser', 'Declared entries in the browser only'),
    },
    'probe.browserEntries',
    {
      passed: (count) => count === 0,
      good: () =>
        both(
          'Im Browser entstehen nur die angegebenen Einträge',
          'Only the declared entries arise in the browser',
        ),
      bad: (count) =>
        both(
          `Im Browser entstehen ${count} nicht angegebene Einträge`,
          `${count} undeclared entries arise in the browser`,
        ),
    },
  ),
  {
    id: 'review',
    control: 'ueberpruefung',
    goals: ['transparency', 'intervenability'],
    fills: ['32(1)(d)'],
    name: both('Regelmäßige Überprüfung', 'Regular review'),
    standing: (f) =>
      f.get('org.reviewMonths') === undefined || f.get('org.approver') === undefined ? 'open' : 'inPlace',
    write: (f) => {
      const months = f.print('org.reviewMonths')
      const who = f.print('org.approver')
      return both(
        `Prüfungen des laufenden Servers zählen nur begrenzte Zeit und sind dann zu wiederholen; die Unterlagen überprüft ${who.de} regelmäßig (Abstand höchstens ${months.de}).`,
        `Tests of the running server count for a limited time only and then have to be repeated; the documents are reviewed regularly by ${who.en} (interval at most ${months.en}).`,
      )
    },
  },
]
