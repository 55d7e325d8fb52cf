// Facts that tests find out: each result counts only while it is fresh.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import { surroundingLogs } from './records.ts'
import { type FactSpec, type Form, type Specs, choices, count, text, yesNo } from './spec.ts'

/** Probes of the running server run daily; a week without a result is a probe that no longer runs. */
const DAILY = 7

/** What is tried with every version of the program, or by hand, counts for half a year. */
const SELDOM = 183

function probe<V>(form: Form<V>, freshDays: number, label: Bilingual): FactSpec<V> {
  return { ...form, section: 'proofs', by: 'probe', label, freshDays }
}

export const PROBES: Specs<'probe'> = {
  'probe.canary': probe(
    count(both('Treffer', 'hits')),
    DAILY,
    both(
      'Suche nach einer Probeadresse und einem Probenamen in allen Dateien, Tabellen und Protokollen',
      'search for a test address and a test name in all files, tables and logs',
    ),
  ),
  'probe.clientHosts': probe(
    count(both('fremde Server', 'foreign hosts')),
    SELDOM,
    both(
      'fremde Server, die der Browser in einer Besprechung anspricht',
      'foreign hosts the browser contacts during a meeting',
    ),
  ),
  'probe.outbound': probe(
    count(both('nicht angegebene Verbindungen', 'undeclared connections')),
    DAILY,
    both(
      'nicht angegebene Verbindungen des Servers nach außen',
      'undeclared outbound connections of the server',
    ),
  ),
  'probe.headers': probe(
    yesNo,
    DAILY,
    both('Sicherheitsvorgaben für den Browser gesetzt', 'security headers in place'),
  ),
  'probe.browserEntries': probe(
    count(both('nicht angegebene Einträge', 'undeclared entries')),
    SELDOM,
    both('nicht angegebene Einträge im Browser', 'undeclared entries in the browser'),
  ),
  'probe.plainMedia': probe(
    count(both('angenommene unverschlüsselte Pakete', 'accepted unencrypted packets')),
    SELDOM,
    both('Versuch, Ton und Bild unverschlüsselt zu senden', 'attempt to send audio and video unencrypted'),
  ),
  'probe.hiddenJoin': probe(
    yesNo,
    SELDOM,
    both('unsichtbare Teilnahme möglich', 'hidden participation possible'),
  ),
  'probe.remoteControl': probe(
    yesNo,
    SELDOM,
    both(
      'Einschalten fremder Mikrofone oder Kameras möglich',
      "switching on other people's microphones or cameras possible",
    ),
  ),
  'probe.e2ee': probe(
    yesNo,
    SELDOM,
    both(
      'Ende-zu-Ende-Verschlüsselung ohne stillen Rückfall',
      'end-to-end encryption without silent downgrade',
    ),
  ),
  'probe.recordingTraces': probe(
    count(both('Spuren', 'traces')),
    SELDOM,
    both(
      'Ton oder Bild auf dem Datenträger nach einer Besprechung',
      'audio or video on disk after a meeting',
    ),
  ),
  'probe.retention': probe(
    yesNo,
    DAILY,
    both(
      'älteste Einträge aller Klassen innerhalb ihrer Frist',
      'oldest entries of all classes within their period',
    ),
  ),
  'probe.tls': probe(
    text,
    DAILY,
    both('Verschlüsselung der öffentlichen Adresse', 'encryption of the public address'),
  ),
  'probe.backupAge': probe(
    count(both('Stunden', 'hours')),
    DAILY,
    both('Alter der letzten Sicherungskopie', 'age of the latest backup'),
  ),
  'probe.restore': probe(yesNo, SELDOM, both('Wiederherstellung erprobt', 'restoration rehearsed')),
  'probe.advisories': probe(
    count(both('offene Sicherheitswarnungen', 'open advisories')),
    DAILY,
    both('offene Sicherheitswarnungen zur laufenden Version', 'open advisories for the running version'),
  ),
  'probe.releaseAge': probe(
    count(both('Tage', 'days')),
    DAILY,
    both('Alter der laufenden Version', 'age of the running version'),
  ),
  'probe.runtimeAge': probe(
    count(both('Tage', 'days')),
    DAILY,
    both('Alter der Laufzeitumgebung (Node.js)', 'age of the runtime (Node.js)'),
  ),
  'probe.browsers': probe(
    choices({
      chromium: both('Chromium', 'Chromium'),
      firefox: both('Firefox', 'Firefox'),
      safari: both('Safari', 'Safari'),
    }),
    SELDOM,
    both('Browser, mit denen eine ganze Besprechung gelang', 'browsers in which a whole meeting succeeded'),
  ),
}

export const SURROUNDINGS: Specs<'surroundings'> = {
  'surroundings.logs': probe(
    surroundingLogs,
    DAILY,
    both('Protokolle der Programme um den Server', 'logs of the programs around the server'),
  ),
}
