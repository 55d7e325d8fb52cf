// F01, F03: replayed media, and strangers that the bridge asks for its address.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { removeLines } from '../helpers/edits.ts'
import { judgeBridgeStun } from '../helpers/judge-bridge-stun.ts'
import { flag } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'

export const F01: Rule = {
  id: 'F01',
  name: 'SRTP-REPLAY',
  concern: 'transport',
  severity: 'med',
  components: ['jvb', 'jicofo'],
  title: both('Die Bridge nimmt wiederholt gesendete Pakete an', 'The bridge accepts replayed packets'),
  why: both(
    'Mit `checkReplay=false` prüft die Bridge nicht, ob ein Medienpaket schon einmal kam. Wer mitschneidet, kann es noch einmal einspielen.',
    'With `checkReplay=false`, the bridge does not check whether a media packet came before. Whoever records packets can play them in again.',
  ),
  mend: both(
    'Die Zeile mit `SRTPCryptoContext.checkReplay` löschen.',
    'Delete the line with `SRTPCryptoContext.checkReplay`.',
  ),
  articles: articles('32'),
  source: 'real installations; jitsi-srtp',
  paperwork: [],
  check: checkReplay,
}

function checkReplay({ jvb, jvbLegacy, jicofo, jigasi }: Installation): readonly Verdict[] {
  const sources = [jvbLegacy, jvb, jicofo, jigasi]
  const written = sources.flatMap(({ assignments }) =>
    assignments.filter(({ path, lost }) => lost === undefined && /checkReplay$/i.test(path)),
  )
  const off = written.filter(({ node }) => flag(node) === false)
  if (off.length > 0)
    return off.map(({ origin, node }) =>
      violated(origin, { edits: origin.file.endsWith('.properties') ? removeLines(node.origin) : [] }),
    )
  const doubtful = written.filter(({ node }) => flag(node) === undefined)
  if (doubtful.length > 0)
    return [
      undecidable(
        doubtful.map(({ origin }) => origin),
        missing('checkReplay'),
      ),
    ]
  const governing = [jvbLegacy, jvb].find(({ completeness }) => completeness === 'complete')
  if (governing === undefined)
    return [undecidable(fileStart(jvb.files), missing('jvb.conf, sip-communicator.properties'))]
  return [met(written[0]?.origin ?? fileStart(governing.files))]
}

export const F03: Rule = {
  id: 'F03',
  name: 'JVB-OTHER',
  concern: 'recipients',
  severity: 'med',
  components: ['jvb', 'environment'],
  title: both(
    'Die Videobridge ruft einen fremden STUN-Server an',
    'The video bridge calls a foreign STUN server',
  ),
  why: both(
    'Beim Start fragt die Bridge einen Server nach ihrer Adresse, dessen Betreiber niemand kennt. Antwortet er falsch, laufen die Medien ins Leere.',
    'At its start, the bridge asks a server whose operator nobody knows for its address. If the answer is wrong, media go nowhere.',
  ),
  mend: both(
    'Die eigene Adresse in `static-mappings` nennen (Docker: `JVB_ADVERTISE_IPS`) und die Liste leeren (Docker: `JVB_DISABLE_STUN=1`).',
    'Name your own address in `static-mappings` (Docker: `JVB_ADVERTISE_IPS`) and empty the list (Docker: `JVB_DISABLE_STUN=1`).',
  ),
  articles: articles('25(1)'),
  source: 'real installations',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Die Videobridge fragt beim Start einen fremden STUN-Server nach ihrer Adresse.',
        'At its start, the video bridge asks a foreign STUN server for its address.',
      ),
    },
  ],
  check: (installation) => judgeBridgeStun(installation, 'foreign'),
}
