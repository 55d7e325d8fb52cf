// E11: a transcript that nobody asked for.
import type { Rule } from '../../core/rule.ts'
import type { Settings } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { articles } from '../helpers/articles.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'
import { firstOf, isOn, replaceIn, silent, truth } from '../b/kit.ts'
import { RECORDING } from './e01-recording.ts'

export const E11: Rule = {
  id: 'E11',
  name: 'TR-AUTO',
  concern: 'client',
  severity: 'med',
  components: ['web'],
  title: both(
    'Mit der Aufzeichnung startet still eine Mitschrift',
    'A transcript starts silently with the recording',
  ),
  why: both(
    'autoTranscribeOnRecord ist in der Vorgabe an: Wer aufzeichnet, erzeugt zugleich eine Mitschrift aller.',
    'autoTranscribeOnRecord is on by default: whoever records also makes a transcript of everyone.',
  ),
  mend: both(
    'transcription.autoTranscribeOnRecord auf false setzen.',
    'Set transcription.autoTranscribeOnRecord to false.',
  ),
  articles: articles('25(2)'),
  source: 'Jitsi handbook, configuration',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Mit jeder Aufzeichnung entsteht zugleich eine Mitschrift.',
        'Every recording also makes a transcript.',
      ),
      met: both(
        'Eine Mitschrift entsteht nur, wenn sie jemand eigens startet.',
        'A transcript is made only when somebody starts it.',
      ),
    },
  ],
  since: '2022-11-01',
  check: ({ web }) => {
    const recording = isOn(web, RECORDING)
    const writing = isOn(web, ['transcription.enabled', 'transcribingEnabled'])
    const place = silent(web)
    if (recording === false || writing === false) return [notApplicable(place)]
    if (recording === undefined || writing === undefined) return [undecidable(place, missing('config.js'))]
    const found = firstOf(web, ['transcription.autoTranscribeOnRecord'])
    if (found.state === 'unknown') return [undecidable(found.origin, missing('config.js'))]
    if (found.state === 'unset') return [violated(placeOfTranscription(web) ?? place)]
    const on = truth(found.node)
    return [
      on === false
        ? met(found.origin)
        : violated(found.origin, { edits: replaceIn(found.origin, 'false', '0') }),
    ]
  },
}

function placeOfTranscription(web: Settings): Origin | undefined {
  const found = firstOf(web, ['transcription.enabled', 'transcribingEnabled'])
  return found.state === 'set' ? found.origin : undefined
}
