// F04: secrets that others on the machine can read, that serve two systems, or that are short.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import {
  type FoundSecret,
  findSecrets,
  isExampleFile,
  isLive,
  sharedSecrets,
} from '../helpers/found-secrets.ts'
import { secretStrength } from '../helpers/secrets.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'

export const F04: Rule = {
  id: 'F04',
  name: 'SECRET-PUBLIC',
  concern: 'access',
  severity: 'crit',
  components: ['environment', 'prosody', 'jicofo', 'jvb', 'jibri', 'turn'],
  title: both(
    'Ein Geheimnis ist für andere lesbar, doppelt benutzt oder kurz',
    'A secret can be read by others, serves twice, or is short',
  ),
  why: both(
    'Jedes Programm auf dem Rechner liest eine Datei mit Rechten für alle. Dient ein Geheimnis zwei Diensten, fallen beide zusammen; unter 16 Zeichen lässt es sich durchprobieren.',
    'Every program on the machine reads a file that is open to all. A secret that two services share loses both at once; below 16 characters it can be tried out.',
  ),
  mend: both(
    'Ein neues Geheimnis von mindestens 16 zufälligen Zeichen je Dienst; Datei mit Rechten 0640.',
    'A new secret of at least 16 random characters for each service; file with mode 0640.',
  ),
  articles: articles('32'),
  source: 'real installations',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Geheimnisse von Diensten sind nicht ausreichend geschützt.',
        'Secrets of services are not protected sufficiently.',
      ),
      met: both(
        'Die geprüften Geheimnisse von Diensten sind lang und je Dienst verschieden.',
        'The secrets of services that were checked are long and differ from service to service.',
      ),
    },
  ],
  check: checkPublic,
}

/** Below this length a secret is tried out in hours even over the network. */
const TRIVIAL_LENGTH = 8

/** Read permission for everybody else (POSIX). */
const OTHERS_READ = 0o004

function checkPublic(installation: Installation): readonly Verdict[] {
  const live = findSecrets(installation).filter(
    ({ value, origin }) =>
      value.trim() !== '' &&
      !isExampleFile(origin.file) &&
      // The `CHANGEME` of a role or chart is no secret, neither a good nor a bad one; D07 speaks of it.
      (isLive(installation) || secretStrength(value) !== 'sample'),
  )
  if (live.length === 0)
    return [undecidable(undefined, missing('.env / jicofo.conf / jvb.conf / turnserver.conf'))]
  const verdicts = [...readable(installation, live), ...shared(live), ...short(live)]
  return verdicts.some(({ state }) => state === 'violated' || state === 'undecidable')
    ? verdicts
    : [met(live.map(({ origin }) => origin)), ...verdicts]
}

function readable(installation: Installation, live: readonly FoundSecret[]): readonly Verdict[] {
  const firsts = new Map(
    live.map((secret) => [secret.origin.file, secret]).toReversed() as [string, FoundSecret][],
  )
  // The mode of a template is that of a checkout; what it has on the server, the role or chart decides.
  if (!isLive(installation)) return []
  return [...firsts].flatMap(([file, { origin }]) => {
    // Put in from an example: what stands there in the end is not in this file.
    if (origin.kind === 'template-default') return []
    const mode = installation.modes.get(file)
    if (mode === undefined || (mode & OTHERS_READ) === 0) return []
    // The packages close these folders (0750), which the mode of the file does not show.
    if (
      /(?:^|\/)(?:videobridge|jicofo|jibri|jigasi)\/[^/]{1,100}$/.test(file) &&
      !/docker|compose/.test(file)
    )
      return [
        undecidable(origin, {
          detail: both(
            'Die Datei ist für alle lesbar; ob ihr Ordner es ist, ist nicht bekannt.',
            'The file is open to all; whether its folder is, is not known.',
          ),
        }),
      ]
    return [
      violated(origin, {
        detail: both('Die Datei ist für alle lesbar.', 'The file can be read by everybody.'),
      }),
    ]
  })
}

function shared(live: readonly FoundSecret[]): readonly Verdict[] {
  return sharedSecrets(live)
    .filter((group) => group.some(({ family }) => family === 'other'))
    .map((group) => {
      const purposes = [...new Set(group.map(({ purpose }) => purpose))].join(', ')
      return violated(
        group.map(({ origin }) => origin),
        { detail: both(`Ein Geheimnis für: ${purposes}.`, `One secret for: ${purposes}.`) },
      )
    })
}

function short(live: readonly FoundSecret[]): readonly Verdict[] {
  return live
    .filter(({ value, purpose }) => purpose !== 'tokens' && secretStrength(value) === 'short')
    .map(({ value, origin }) =>
      violated(origin, {
        severity: value.trim().length < TRIVIAL_LENGTH ? 'crit' : 'med',
        detail: both('Kürzer als 16 Zeichen.', 'Shorter than 16 characters.'),
      }),
    )
}
