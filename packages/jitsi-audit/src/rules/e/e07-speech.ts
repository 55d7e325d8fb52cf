// E07-E11: who hears what is said when speech becomes text, and what stays of it.
import type { Bilingual } from '@runde/contract'
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { appendToEnvironment } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { hostOf, isForeign, urlKind } from '../helpers/hosts.ts'
import { environmentFlag, environmentText, text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { replaceIn, silent, truth, whoseHost } from '../b/kit.ts'
import { hasLocation } from './served.ts'

const PREFIX = 'org.jitsi.jigasi.transcription.'

/** A property of jigasi, or the variable of the image that becomes it. */
interface Property {
  readonly state: 'set' | 'unset' | 'unknown'
  readonly value?: string
  readonly origin?: Origin
}

/** Reads a property; where jigasi has no file in the set, the image's variable says it. */
export function property(installation: Installation, key: string, variable: string | undefined): Property {
  const found = lookup(installation.jigasi, [key])
  if (found.state === 'set') {
    const value = found.node.kind === 'flag' ? String(found.node.value) : text(found.node)
    return value === undefined
      ? { state: 'unknown', origin: found.origin }
      : { state: 'set', value: value.trim(), origin: found.origin }
  }
  if (installation.jigasi.completeness !== 'complete' && variable !== undefined) {
    const written = environmentText(installation, variable)
    if (written.state === 'set') return { ...written, state: 'set' }
    if (written.state === 'unset') return { state: 'unset' }
  }
  if (found.state === 'unset') return { state: 'unset' }
  return found.origin === undefined ? { state: 'unknown' } : { state: 'unknown', origin: found.origin }
}

/** Whether jigasi turns speech into text, and where that is said. */
function transcribes(installation: Installation): {
  readonly on: boolean | undefined
  readonly origin: Origin | undefined
} {
  const found = lookup(installation.jigasi, ['org.jitsi.jigasi.ENABLE_TRANSCRIPTION'])
  if (found.state === 'set') return { on: truth(found.node), origin: found.origin }
  const variable = environmentFlag(installation, 'ENABLE_TRANSCRIPTIONS', false)
  if (variable.value === true) return { on: true, origin: variable.origin }
  if (found.state === 'unset') return { on: false, origin: silent(installation.jigasi) }
  if (variable.value === false)
    return { on: false, origin: variable.origin ?? silent(installation.environment) }
  return { on: undefined, origin: found.origin }
}

export const E07: Rule = {
  id: 'E07',
  name: 'TR-GOOGLE',
  concern: 'recipients',
  severity: 'crit',
  components: ['jigasi', 'environment'],
  title: both('Alles Gesprochene geht an Google', 'Everything said goes to Google'),
  why: both(
    'Ist die Mitschrift an und kein eigener Dienst genannt, schickt Jigasi den Ton an Google Cloud Speech (USA).',
    'When transcription is on and no service of your own is named, Jigasi sends the sound to Google Cloud Speech (USA).',
  ),
  mend: both(
    'transcription.customService auf einen eigenen Vosk- oder Whisper-Dienst setzen, oder ENABLE_TRANSCRIPTION=false.',
    'Set transcription.customService to a Vosk or Whisper service of your own, or ENABLE_TRANSCRIPTION=false.',
  ),
  articles: articles('28', '44'),
  source: 'jigasi README',
  paperwork: [
    {
      part: 'third-country',
      violated: both(
        'Gesprochenes wird von Google Cloud Speech (USA) in Text umgewandelt.',
        'Speech is turned into text by Google Cloud Speech (USA).',
      ),
      met: both('Gesprochenes wird nicht an Google übertragen.', 'Speech is not transferred to Google.'),
    },
  ],
  check: (installation) => {
    const { on, origin } = transcribes(installation)
    if (on === undefined) return [undecidable(origin, missing('sip-communicator.properties'))]
    if (!on) return [met(origin)]
    const service = property(installation, `${PREFIX}customService`, 'JIGASI_TRANSCRIBER_CUSTOM_SERVICE')
    if (service.state === 'unknown') return [undecidable([origin, service.origin], missing('customService'))]
    const google =
      service.value === undefined || service.value === '' || service.value.includes('GoogleCloud')
    return [google ? violated([service.origin ?? origin, origin]) : met(service.origin)]
  },
}

/** Cloud services by class or host. */
const CLOUDS =
  /OracleTranscription|BingTranslation|GoogleCloudTranslation|oraclecloud\.com|openai\.com|deepgram\.com|generativelanguage\.googleapis|api\.x\.ai|microsofttranslator/i

export const E08: Rule = {
  id: 'E08',
  name: 'TR-CLOUD',
  concern: 'recipients',
  severity: 'crit',
  components: ['jigasi', 'jicofo', 'environment'],
  title: both('Gesprochenes geht an einen fremden Dienst', 'Speech goes to a third-party service'),
  why: both(
    'Mitschrift oder Übersetzung laufen bei Oracle, Microsoft, OpenAI, Deepgram oder auf einem anderen fremden Rechner; dort wird alles mitgehört.',
    'Transcription or translation runs at Oracle, Microsoft, OpenAI, Deepgram or another foreign machine, which hears everything.',
  ),
  mend: both('Vosk oder Whisper auf dem eigenen Server nennen.', 'Name Vosk or Whisper on your own server.'),
  articles: articles('28', '44'),
  source: 'Jitsi handbook, jicofo reference.conf',
  paperwork: [
    {
      part: 'third-country',
      violated: both(
        'Gesprochenes wird von einem fremden Dienst in Text umgewandelt oder übersetzt.',
        'Speech is turned into text or translated by a third-party service.',
      ),
      met: both(
        'Sprache wird nur auf eigenen Servern in Text umgewandelt oder gar nicht.',
        'Speech is turned into text on own servers only, or not at all.',
      ),
    },
  ],
  check: checkCloud,
}

function checkCloud(installation: Installation): readonly Verdict[] {
  const { jicofo } = installation
  const { on, origin } = transcribes(installation)
  const verdicts: Verdict[] = []
  if (on !== false) {
    const texts: readonly (readonly [string, string])[] = [
      ['customService', 'JIGASI_TRANSCRIBER_CUSTOM_SERVICE'],
      ['translationService', 'JIGASI_TRANSCRIBER_CUSTOM_TRANSLATION_SERVICE'],
    ]
    for (const [key, variable] of texts) {
      const one = property(installation, PREFIX + key, variable)
      if (one.value !== undefined && CLOUDS.test(one.value))
        verdicts.push(violated(one.origin, { detail: serviceOf(one.value) }))
    }
    const urls: readonly (readonly [string, string | undefined])[] = [
      ['whisper.websocket_url', 'JIGASI_TRANSCRIBER_WHISPER_URL'],
      ['vosk.websocket_url', 'JIGASI_TRANSCRIBER_VOSK_URL'],
      ['libreTranslate.api_url', 'JIGASI_TRANSCRIBER_LIBRETRANSLATE_URL'],
      ['oci.websocketUrl', undefined],
    ]
    for (const [key, variable] of urls) {
      const one = property(installation, PREFIX + key, variable)
      for (const url of urlsIn(one.value ?? ''))
        verdicts.push(...judgeUrl(installation, PREFIX + key, url, one.origin))
    }
  }
  for (const path of ['jicofo.transcription.url-template', 'jicofo.translation.url-template']) {
    const found = lookup(jicofo, path)
    const url = found.state === 'set' ? text(found.node) : undefined
    if (url !== undefined && url !== '')
      verdicts.push(...judgeUrl(installation, path, url, found.state === 'set' ? found.origin : undefined))
  }
  verdicts.push(...proxies(installation))
  const bad = verdicts.filter(({ state }) => state === 'violated')
  if (bad.length > 0) return bad
  if (verdicts.length > 0) return verdicts
  if (on === undefined) return [undecidable(origin, missing('sip-communicator.properties'))]
  return [met(origin ?? silent(jicofo))]
}

function serviceOf(name: string): Bilingual {
  const short = name.split('.').at(-1) ?? name
  return both(`Dienst: ${short}.`, `Service: ${short}.`)
}

/** One URL, or a JSON object of language to URL. */
function urlsIn(value: string): readonly string[] {
  if (value.trim() === '') return []
  return value.trim().startsWith('{')
    ? [...value.matchAll(/"((?:wss?|https?):\/\/[^"]{1,500})"/g)].map(([, url = '']) => url)
    : [value.trim()]
}

function judgeUrl(
  installation: Installation,
  name: string,
  url: string,
  origin: Origin | undefined,
): readonly Verdict[] {
  const plain = url.replace(/\{\{[A-Z_]{1,40}\}\}/g, 'x')
  const kind = urlKind(plain, installation)
  const host = hostOf(plain) ?? '?'
  if (isForeign(kind) || CLOUDS.test(plain))
    return [violated(origin, { detail: both(`${name}: ${host}.`, `${name}: ${host}.`) })]
  return [kind === 'unknown' ? undecidable(origin, whoseHost(name, plain)) : met(origin)]
}

/** The proxy that hands Opus to a cloud service of choice. */
function proxies({ services }: Installation): readonly Verdict[] {
  return services.flatMap((service) => {
    const keys = ['OPENAI_API_KEY', 'DEEPGRAM_API_KEY', 'GEMINI_API_KEY', 'XAI_API_KEY']
    const key = keys.find((name) => lookup(service.environment, [name]).state === 'set')
    return key === undefined
      ? []
      : [
          violated(service.origin, {
            detail: both(`Dienst ${service.name}: ${key}.`, `Service ${service.name}: ${key}.`),
          }),
        ]
  })
}

export const E09: Rule = {
  id: 'E09',
  name: 'TR-SAVE',
  concern: 'storage',
  severity: 'high',
  components: ['jigasi', 'environment', 'nginx'],
  title: both('Mitschriften liegen unter einer URL bereit', 'Transcripts lie ready under a URL'),
  why: both(
    'Jigasi speichert die Mitschrift (im Docker-Abbild von selbst), und nginx liefert /transcripts ohne Anmeldung aus. Wer die Adresse hat, liest mit; eine Frist gibt es nicht.',
    'Jigasi saves the transcript (in the Docker image by itself), and nginx serves /transcripts without sign-in. Whoever has the address reads it; there is no term.',
  ),
  mend: both(
    'JIGASI_TRANSCRIBER_ENABLE_SAVING=0 oder SAVE_TXT=false und SAVE_JSON=false setzen, oder /transcripts im nginx sperren.',
    'Set JIGASI_TRANSCRIBER_ENABLE_SAVING=0, or SAVE_TXT=false and SAVE_JSON=false, or close /transcripts in nginx.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet transcriber properties',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Mitschriften der Besprechungen werden gespeichert und unter einer URL ausgeliefert.',
        'Transcripts of meetings are stored and served under a URL.',
      ),
      met: both(
        'Mitschriften werden nicht gespeichert oder nicht offen ausgeliefert.',
        'Transcripts are not stored, or not served openly.',
      ),
    },
  ],
  check: checkSaving,
}

function checkSaving(installation: Installation): readonly Verdict[] {
  const { on, origin } = transcribes(installation)
  if (on === false) return [met(origin)]
  if (on === undefined) return [undecidable(origin, missing('sip-communicator.properties'))]
  const formats = ['SAVE_TXT', 'SAVE_JSON'].map((key) => property(installation, PREFIX + key, undefined))
  const saved = formats.find(({ value }) => value === 'true')
  const variable = environmentFlag(installation, 'JIGASI_TRANSCRIBER_ENABLE_SAVING', true)
  const byImage =
    installation.jigasi.completeness !== 'complete' && installation.environment.completeness === 'complete'
  const saves = saved !== undefined || (byImage && variable.value === true)
  const place = saved?.origin ?? variable.origin ?? origin
  if (!saves) {
    const unclear = formats.some(({ state }) => state === 'unknown') && !byImage
    return [unclear ? undecidable(place, missing('sip-communicator.properties')) : met(place)]
  }
  const served = hasLocation(installation, /transcripts/)
  if (served === 'closed' || served === 'no') return [met(place)]
  if (served === 'unknown') return [undecidable(place, missing('nginx'))]
  const written = saved?.origin ?? variable.origin
  const edits =
    written === undefined
      ? appendToEnvironment(installation, 'JIGASI_TRANSCRIBER_ENABLE_SAVING', '0')
      : replaceIn(written, 'false', '0')
  return [violated(place, { edits })]
}

export const E10: Rule = {
  id: 'E10',
  name: 'TR-AUDIO',
  concern: 'storage',
  severity: 'high',
  components: ['jigasi', 'environment'],
  title: both('Zur Mitschrift wird der Ton gespeichert', 'The sound is stored with the transcript'),
  why: both(
    'RECORD_AUDIO legt alles Gesprochene als Tondatei ab, auch wenn niemand aufzeichnet.',
    'RECORD_AUDIO keeps everything said as a sound file, even when nobody records.',
  ),
  mend: both(
    'RECORD_AUDIO=false setzen und die Dateien löschen.',
    'Set RECORD_AUDIO=false and delete the files.',
  ),
  articles: articles('5(1)c'),
  source: 'jigasi sip-communicator.properties',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Bei Mitschriften wird der Ton der Besprechung gespeichert.',
        'With transcripts the sound of the meeting is stored.',
      ),
      met: both('Bei Mitschriften wird kein Ton gespeichert.', 'With transcripts no sound is stored.'),
    },
  ],
  check: (installation) => {
    const { on, origin } = transcribes(installation)
    const found = property(installation, `${PREFIX}RECORD_AUDIO`, 'JIGASI_TRANSCRIBER_RECORD_AUDIO')
    if (on === false) return [met(origin)]
    if (found.state === 'set') {
      if (found.value?.toLowerCase() === 'true' && on === true)
        return [violated(found.origin, { edits: replaceValue(found.origin, 'false') })]
      if (found.value?.toLowerCase() !== 'true') return [met(found.origin)]
    }
    if (found.state === 'unset' && on === true) return [met(origin)]
    return [undecidable(found.origin ?? origin, missing('sip-communicator.properties'))]
  },
}
