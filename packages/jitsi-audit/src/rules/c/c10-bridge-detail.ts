// C10-C12: detail of connections, captured media and time series.
import type { Bilingual } from '@runde/contract'
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { levelRank } from '../../parse/logging/passes.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { both, met, missing, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import { releasePlace, releasedBefore, shouldBeOff, silent } from '../b/kit.ts'
import { type JavaComponent, stockLogging, writing } from './java-logs.ts'

const INFO = 800
const FINE = 500

export const C10: Rule = {
  id: 'C10',
  name: 'JVB-FINE',
  concern: 'storage',
  severity: 'med',
  components: ['jvb', 'jicofo', 'jigasi'],
  title: both('Ein Logger schreibt Einzelheiten der Verbindungen', 'A logger writes connection detail'),
  why: both(
    'Ab der Stufe FINE stehen Adressen, Kandidaten und der Ablauf jeder Verbindung im Protokoll.',
    'From level FINE on addresses, candidates and the course of every connection stand in the log.',
  ),
  mend: both('Die Zeile entfernen oder auf WARNING setzen.', 'Remove the line or set it to WARNING.'),
  articles: articles('5(1)e'),
  source: 'java.util.logging',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Einzelheiten der Verbindungen (Adressen, Abläufe) werden protokolliert.',
        'Connection detail (addresses, sequences) is logged.',
      ),
    },
  ],
  check: (installation) =>
    (['jvb', 'jicofo', 'jigasi'] as const).flatMap((one) => checkFine(installation, one)),
}

/** Shipped at FINE for years; the class behind it left the bridge, and with it everything that it wrote. */
const GONE_LOGGER = 'org.jitsi.videobridge.xmpp.ComponentImpl'
const GONE_SINCE = '2020-05-01'
const GONE: Bilingual = both(
  'Diesen Logger gibt es seit Mai 2020 nicht mehr; die Zeile ist dann ein Rest.',
  'This logger has not existed since May 2020; the line is a leftover then.',
)

function checkFine(installation: Installation, component: JavaComponent): readonly Verdict[] {
  const { levels, settings } = installation.logging[component]
  const stock = stockLogging(installation, component)
  if (stock !== undefined) return [met(stock)]
  if (settings.completeness === 'absent')
    return component === 'jvb' ? [undecidable(undefined, missing('logging.properties'))] : []
  const fine = [...levels].filter(
    ([name, { level }]) =>
      /^org\.(?:ice4j|jitsi)(?:\.|$)/.test(name) &&
      !name.endsWith('Handler') &&
      (levelRank(level) ?? INFO) <= FINE,
  )
  if (fine.length === 0)
    return [
      settings.completeness === 'complete'
        ? met(silent(settings))
        : undecidable(silent(settings), missing('logging.properties')),
    ]
  return fine.map(([name, { origin }]) => {
    const gone = name === GONE_LOGGER ? releasedBefore(installation, GONE_SINCE) : true
    if (gone !== true)
      return gone === false
        ? overridden([origin, releasePlace(installation)], { detail: GONE })
        : undecidable(origin, { detail: GONE })
    const found = writing(installation, component, name, 'FINE')
    const places = [origin, ...found.origins]
    if (found.writes === true) return violated(places, { edits: replaceValue(origin, 'WARNING') })
    if (found.writes === false) return found.heldBack ? overridden(places) : met(places)
    return undecidable(places, missing('filter'))
  })
}

export const C11: Rule = {
  id: 'C11',
  name: 'PCAP',
  concern: 'storage',
  severity: 'crit',
  components: ['jvb'],
  title: both(
    'Die Bridge schreibt entschlüsselten Ton und Bild auf die Platte',
    'The bridge writes decrypted sound and pictures to disk',
  ),
  why: both(
    'jmt.debug.pcap legt die Medien aller Teilnehmenden unverschlüsselt in /tmp ab.',
    'jmt.debug.pcap puts the media of all participants unencrypted into /tmp.',
  ),
  mend: both(
    'jmt.debug.pcap.enabled auf false setzen und die Dateien in /tmp löschen.',
    'Set jmt.debug.pcap.enabled to false and delete the files in /tmp.',
  ),
  articles: articles('5(1)f'),
  source: 'jitsi-media-transform reference.conf',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Ton und Bild der Besprechungen werden unverschlüsselt auf dem Server gespeichert.',
        'Sound and pictures of meetings are stored unencrypted on the server.',
      ),
      met: both(
        'Medien werden auf der Videobridge nicht mitgeschnitten.',
        'Media are not captured on the videobridge.',
      ),
    },
  ],
  check: ({ jvb }) => shouldBeOff(jvb, ['jmt.debug.pcap.enabled'], { file: 'jvb.conf' }),
}

export const C12: Rule = {
  id: 'C12',
  name: 'SERIES',
  concern: 'storage',
  severity: 'low',
  components: ['jvb'],
  title: both(
    'Die Bridge schreibt Zeitreihen jeder Verbindung',
    'The bridge writes time series of every connection',
  ),
  why: both(
    'timeseries.handlers füllt /tmp/jvb-series.log mit Messwerten je Person und Raum, ohne Frist.',
    'timeseries.handlers fills /tmp/jvb-series.log with measurements per person and room, without a term.',
  ),
  mend: both('Die Zeile timeseries.handlers auskommentieren.', 'Comment out the line timeseries.handlers.'),
  articles: articles('5(1)e'),
  source: 'jitsi-videobridge logging.properties',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Messreihen je Person und Raum werden gespeichert.',
        'Measurement series per person and room are stored.',
      ),
    },
  ],
  check: (installation) => {
    const { settings, levels } = installation.logging.jvb
    const stock = stockLogging(installation, 'jvb')
    if (stock !== undefined) return [met(stock)]
    const found = lookup(settings, ['timeseries.handlers'])
    if (found.state === 'unknown')
      return [undecidable(found.origin ?? silent(settings), missing('logging.properties'))]
    if (found.state === 'unset') return [met(silent(settings))]
    const level = levels.get('timeseries')
    if (level?.level === 'OFF') return [overridden([found.origin, level.origin])]
    return [violated(found.origin)]
  },
}
