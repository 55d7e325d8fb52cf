// C13-C16: what jicofo, jibri and jigasi write down.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { levelRank } from '../../parse/logging/passes.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { both, met, missing, notApplicable, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import { hasImages, silent, truth } from '../b/kit.ts'
import { stockLogging, writing } from './java-logs.ts'

export const C13: Rule = {
  id: 'C13',
  name: 'XMPP-DUMP',
  concern: 'storage',
  severity: 'high',
  components: ['jicofo'],
  title: both('Jicofo speichert die Signalisierung aller Räume', 'Jicofo stores the signalling of all rooms'),
  why: both(
    'XmppPacketsFileHandler schreibt jede Nachricht mit Namen, Kennungen und Adressen in eine Datei.',
    'XmppPacketsFileHandler writes every message with names, ids and addresses into a file.',
  ),
  mend: both(
    'Den Handler aus handlers streichen und die Dateien löschen.',
    'Take the handler out of handlers and delete the files.',
  ),
  articles: articles('5(1)c'),
  source: 'jicofo logging.properties',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Die Signalisierung der Besprechungen (Namen, Kennungen, Räume) wird gespeichert.',
        'Signalling of meetings (names, ids, rooms) is stored.',
      ),
      met: both(
        'Die Signalisierung der Besprechungen wird nicht mitgeschrieben.',
        'Signalling of meetings is not recorded.',
      ),
    },
  ],
  check: (installation) => {
    const { handlers, settings } = installation.logging.jicofo
    const stock = stockLogging(installation, 'jicofo')
    if (stock !== undefined) return [met(stock)]
    const dump = handlers.find(({ name }) => name.endsWith('XmppPacketsFileHandler'))
    if (dump !== undefined) {
      if (dump.level === 'OFF') return [overridden(dump.origin)]
      const line = lookup(settings, ['handlers'])
      const rest = handlers.filter((one) => one !== dump).map(({ name }) => name)
      const edits = line.state === 'set' && rest.length > 0 ? replaceValue(line.origin, rest.join(', ')) : []
      return [violated(dump.origin, { edits })]
    }
    return [
      settings.completeness === 'complete'
        ? met(silent(settings))
        : undecidable(silent(settings), missing('logging.properties')),
    ]
  },
}

export const C14: Rule = {
  id: 'C14',
  name: 'JICOFO-INFO',
  concern: 'storage',
  severity: 'low',
  components: ['jicofo'],
  title: both('Jicofo schreibt Räume und Kennungen auf', 'Jicofo writes down rooms and ids'),
  why: both(
    'Auf der Stufe INFO steht jedes Betreten und Verlassen mit Raum und Kennung im Protokoll.',
    'At level INFO every joining and leaving stands in the log with room and id.',
  ),
  mend: both(
    'In logging.properties .level=WARNING setzen und nach 7 Tagen löschen lassen.',
    'Set .level=WARNING in logging.properties and have it deleted after 7 days.',
  ),
  articles: articles('5(1)e'),
  source: 'jicofo logging.properties, systemli role',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Betreten und Verlassen von Räumen wird mit Kennungen protokolliert.',
        'Joining and leaving rooms is logged with ids.',
      ),
      met: both(
        'Die Konferenzsteuerung protokolliert nur Warnungen und Fehler.',
        'The conference focus logs warnings and errors only.',
      ),
    },
  ],
  check: (installation) => {
    const { settings, levels } = installation.logging.jicofo
    const stock = stockLogging(installation, 'jicofo')
    if (stock !== undefined) return [violated(stock)]
    const found = writing(installation, 'jicofo', 'org.jitsi.jicofo', 'INFO')
    const places = [levels.get('')?.origin, ...found.origins, silent(settings)]
    if (found.writes === undefined) return [undecidable(places, missing('logging.properties'))]
    if (!found.writes) return [found.heldBack ? overridden(places) : met(places)]
    return [violated(places, { edits: replaceValue(levels.get('')?.origin, 'WARNING') })]
  },
}

const FINE = 500

export const C15: Rule = {
  id: 'C15',
  name: 'JIBRI-FINE',
  concern: 'storage',
  severity: 'med',
  components: ['jibri'],
  title: both(
    'Jibri schreibt Räume und die Browserkonsole mit',
    'Jibri records rooms and the browser console',
  ),
  why: both(
    'Die Vorgabe FINE hält die Adresse jedes aufgezeichneten Raums und das Protokoll des Browsers fest, je zehn Dateien lang.',
    'The default FINE keeps the address of every recorded room and the browser’s log, for ten files each.',
  ),
  mend: both(
    'In logging.properties alle FINE durch WARNING ersetzen.',
    'Replace every FINE by WARNING in logging.properties.',
  ),
  articles: articles('5(1)c'),
  source: 'jibri logging.properties',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Beim Aufzeichnen werden Raumadressen und Browserprotokolle gespeichert.',
        'While recording, room addresses and browser logs are stored.',
      ),
    },
  ],
  check: checkJibri,
}

function checkJibri(installation: Installation): readonly Verdict[] {
  const { settings, levels } = installation.logging.jibri
  const stock = stockLogging(installation, 'jibri')
  if (stock !== undefined) return [violated(stock)]
  if (settings.completeness === 'absent') {
    const gone =
      installation.jibri.completeness === 'absent' &&
      hasImages(installation) &&
      installation.services.length > 0
    return [
      gone
        ? notApplicable(installation.services[0]?.origin)
        : undecidable(silent(installation.jibri), missing('logging.properties')),
    ]
  }
  // The image's own file is at FINE throughout.
  if (settings.root.origin.kind === 'stock-default') return [violated(settings.root.origin)]
  const named = ['org.jitsi', 'org.jitsi.jibri', ''].filter((name) => levels.has(name))
  const verdicts: Verdict[] = []
  for (const name of named) {
    const level = levels.get(name)
    if (level === undefined || (levelRank(level.level) ?? 800) > FINE) continue
    const found = writing(installation, 'jibri', name === '' ? 'org.jitsi' : name, 'FINE')
    const places = [level.origin, ...found.origins]
    if (found.writes === true)
      verdicts.push(violated(places, { edits: replaceValue(level.origin, 'WARNING') }))
    else if (found.writes === undefined) verdicts.push(undecidable(places, missing('logging.properties')))
    else verdicts.push(overridden(places))
  }
  const browser = levels.get('org.jitsi.jibri.selenium.util.BrowserFileHandler')
  if (browser !== undefined && (levelRank(browser.level) ?? 800) <= FINE)
    verdicts.push(violated(browser.origin, { edits: replaceValue(browser.origin, 'WARNING') }))
  if (verdicts.length > 0) return verdicts
  return [
    settings.completeness === 'complete'
      ? met(silent(settings))
      : undecidable(silent(settings), missing('logging.properties')),
  ]
}

const PACKET_LOGGING = 'net.java.sip.communicator.packetlogging.PACKET_LOGGING_ENABLED'

export const C16: Rule = {
  id: 'C16',
  name: 'SIP-DUMP',
  concern: 'storage',
  severity: 'high',
  components: ['jigasi'],
  title: both('Jigasi schneidet Pakete der Telefonie mit', 'Jigasi captures packets of telephony'),
  why: both(
    'Die Mitschnitte enthalten Rufnummern und Signalisierung jeder eingewählten Person.',
    'The captures hold phone numbers and signalling of everyone who dials in.',
  ),
  mend: both(
    'PACKET_LOGGING_ENABLED=false setzen und die pcap-Dateien löschen.',
    'Set PACKET_LOGGING_ENABLED=false and delete the pcap files.',
  ),
  articles: articles('5(1)c'),
  source: 'jigasi sip-communicator.properties',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Rufnummern und Signalisierung der Telefonie werden mitgeschnitten.',
        'Phone numbers and signalling of telephony are captured.',
      ),
      met: both('Die Telefonie wird nicht mitgeschnitten.', 'Telephony is not captured.'),
    },
  ],
  check: ({ jigasi }) => {
    const found = lookup(jigasi, [PACKET_LOGGING])
    if (found.state !== 'set') {
      const detail = both(
        'Die Zeile fehlt; die mitgelieferte Datei setzt false.',
        'The line is missing; the file that ships sets false.',
      )
      return [
        undecidable(found.state === 'unknown' ? (found.origin ?? silent(jigasi)) : silent(jigasi), {
          detail,
        }),
      ]
    }
    const on = truth(found.node)
    if (on === undefined) return [undecidable(found.origin, missing('sip-communicator.properties'))]
    return [on ? violated(found.origin, { edits: replaceValue(found.origin, 'false') }) : met(found.origin)]
  },
}
