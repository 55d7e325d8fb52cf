// Side by side: what this Jitsi server does, and what Runde does today in the same place. Only what is true of this version is written here.
import type { Bilingual } from '@runde/contract'
import type { Rule } from '../core/rule.ts'
import { type Finding, type MovingPoint, SEVERITIES } from './report.ts'

interface Statement {
  readonly rules: readonly string[]
  readonly runde: Bilingual
}

/** True statements about Runde, each with the rules that a move would settle. */
export const STATEMENTS: readonly Statement[] = [
  {
    rules: ['A01', 'A02', 'A03', 'A04', 'A06', 'A07', 'A08', 'A09', 'A10', 'A11', 'A13', 'E13', 'F03', 'F09'],
    runde: {
      de: 'Runde fragt keinen STUN- oder TURN-Server: Browser sprechen nur mit dem eigenen Server. Ein Test achtet darauf.',
      en: 'Runde asks no STUN or TURN server: browsers talk to your own server only. A test watches over it.',
    },
  },
  {
    rules: ['A12'],
    runde: {
      de: 'Ton und Bild gehen immer über den Server. Teilnehmende erfahren die Adressen der anderen nicht.',
      en: 'Audio and video always go through the server. Participants do not learn the addresses of the others.',
    },
  },
  {
    rules: ['A05', 'A14', 'A15', 'C17', 'C18'],
    runde: {
      de: 'Runde hat keinen TURN-Server; es gibt also kein Relay, das offen stehen oder Adressen aufschreiben kann.',
      en: 'Runde has no TURN server, so there is no relay that could stand open or write down addresses.',
    },
  },
  {
    rules: [
      'B01',
      'B02',
      'B03',
      'B16',
      'B17',
      'B18',
      'B20',
      'B21',
      'B22',
      'B23',
      'B24',
      'B25',
      'B26',
      'B27',
      'B31',
    ],
    runde: {
      de: 'Die Seiten laden nichts von anderswo: keine Profilbilder, Schriften, Skripte oder Dienste. Eine Content Security Policy verbietet es.',
      en: 'The pages load nothing from elsewhere: no avatars, fonts, scripts or services. A content security policy forbids it.',
    },
  },
  {
    rules: ['B07', 'B08', 'B09', 'B10', 'B11', 'B12', 'B13', 'B14', 'B15', 'B28', 'B29'],
    runde: {
      de: 'Es gibt keine Nutzungsstatistik, keine Auswertung von Gesichtern und keinen Dienst für Fehlerberichte.',
      en: 'There are no usage statistics, no evaluation of faces and no error reporting service.',
    },
  },
  {
    rules: [
      'C01',
      'C02',
      'C03',
      'C04',
      'C05',
      'C06',
      'C07',
      'C08',
      'C09',
      'C10',
      'C11',
      'C12',
      'C13',
      'C14',
      'C15',
      'C16',
      'C25',
    ],
    runde: {
      de: 'Weder im Protokoll noch in der Datenbank von Runde steht eine Adresse von Teilnehmenden. Nur ein eigens eingeschaltetes Diagnoseprotokoll hält gekürzte Adressen fest, höchstens 72 Stunden lang. Ein vorgeschalteter Webserver muss weiterhin selbst so eingestellt werden.',
      en: 'Neither the log nor the database of Runde holds an address of a participant. Only a diagnostic log that somebody switches on keeps truncated addresses, for 72 hours at most. A web server in front of it still has to be set up that way.',
    },
  },
  {
    rules: ['D01', 'D08'],
    runde: {
      de: 'Besprechungen legt nur an, wer angemeldet ist oder den Schlüssel des Servers hat; Konten entstehen nur auf Einladung. Wer den Link hat, kann beitreten.',
      en: 'Only people who are signed in, or hold the key of the server, create meetings; accounts exist by invitation only. Whoever has the link can join.',
    },
  },
  {
    rules: ['D14'],
    runde: {
      de: 'Niemand bekommt Rechte über andere, weil er zuerst da ist.',
      en: 'Nobody gets rights over others for being first.',
    },
  },
  {
    rules: ['D12', 'D15', 'D16'],
    runde: {
      de: 'Die Kennung jeder Besprechung ist zufällig. Fremde bekommen weder eine Liste der Besprechungen noch eine der Namen.',
      en: 'The id of each meeting is random. Strangers get neither a list of meetings nor one of names.',
    },
  },
  {
    rules: ['D17'],
    runde: {
      de: 'Es gibt keinen Chat, also auch keinen aufbewahrten.',
      en: 'There is no chat, and so none that is kept.',
    },
  },
  {
    rules: ['E04', 'E05', 'E06', 'E07', 'E08', 'E09', 'E10', 'E11', 'B19', 'B32', 'F02'],
    runde: {
      de: 'Der Server zeichnet nicht auf, schreibt nichts mit und überträgt nirgendwohin.',
      en: 'The server does not record, transcribe or stream to anywhere.',
    },
  },
  {
    rules: ['E19'],
    runde: {
      de: 'Der Browser merkt sich keine besuchten Räume; einen Namen nur, wenn die Person es ankreuzt.',
      en: 'The browser keeps no list of visited rooms; a name only if the person ticks the box.',
    },
  },
  {
    rules: ['E22'],
    runde: {
      de: 'Kamera und Mikrofon sind beim Öffnen eines Links aus; der Browser fragt erst, wenn jemand sie einschaltet.',
      en: 'Camera and microphone are off when a link is opened; the browser asks only when somebody turns them on.',
    },
  },
  {
    rules: ['E14', 'E16'],
    runde: {
      de: 'Mit eigenem Zertifikat spricht Runde nur TLS 1.2 und 1.3 und legt Browser auf HTTPS fest (HSTS). Übernimmt ein vorgeschalteter Webserver TLS, so zählt dessen Einstellung.',
      en: 'With a certificate of its own Runde speaks TLS 1.2 and 1.3 only and tells browsers to keep to HTTPS (HSTS). Where a web server in front does TLS, its settings count.',
    },
  },
]

/** What Runde lacks as of this version; said beside every comparison, so that nobody moves for a promise. */
export const NOT_YET: Bilingual = {
  de: 'Noch nicht vorhanden sind in Runde: Ende-zu-Ende-Verschlüsselung, Passwörter und Warteraum, Chat, Aufzeichnung, Simulcast, TURN und der Betrieb auf mehreren Rechnern.',
  en: 'Runde does not yet have: end-to-end encryption, passwords and lobby, chat, recording, simulcast, TURN, and operation on several machines.',
}

/** The points that a move would settle: one per statement that a violated rule asks for, the gravest first. */
export function movingPoints(worst: readonly Finding[], rules: readonly Rule[]): MovingPoint[] {
  const violated = new Map(worst.filter(({ state }) => state === 'violated').map((one) => [one.rule, one]))
  const titles = new Map(rules.map(({ id, title }) => [id, title]))
  return STATEMENTS.flatMap(({ rules: settled, runde }) => {
    const hit = settled
      .flatMap((id) => violated.get(id) ?? [])
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
    const gravest = hit[0]
    if (gravest === undefined) return []
    const here = hit.slice(0, HERE_MAX).flatMap(({ rule }) => titles.get(rule) ?? [])
    return [{ rules: hit.map(({ rule }) => rule), severity: gravest.severity, here, runde }]
  }).sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

/** Headlines listed per point; the ids of the others follow. */
const HERE_MAX = 4
