// D07: passwords of services that are empty, known from guides, or used twice.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { articles } from '../helpers/articles.ts'
import {
  type FoundSecret,
  NEEDED_VARIABLES,
  findSecrets,
  isExampleFile,
  isLive,
  sharedSecrets,
} from '../helpers/found-secrets.ts'
import { isToFill, secretStrength } from '../helpers/secrets.ts'
import { text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'

export const D07: Rule = {
  id: 'D07',
  name: 'SECRETS',
  concern: 'access',
  severity: 'crit',
  components: ['environment', 'prosody', 'jicofo', 'jvb', 'jibri', 'turn'],
  title: both(
    'Passwort eines Dienstes ist leer, bekannt oder mehrfach benutzt',
    'Password of a service is empty, known, or used twice',
  ),
  why: both(
    'Mit dem Passwort von jicofo oder der Bridge gibt sich ein Angreifer als dieser Dienst aus und liest oder lenkt jede Besprechung.',
    'With the password of jicofo or the bridge, an attacker poses as that service and reads or steers every meeting.',
  ),
  mend: both(
    'Für jeden Dienst ein eigenes, zufälliges Passwort erzeugen (Docker: `./gen-passwords.sh`).',
    'Make a random password of its own for every service (Docker: `./gen-passwords.sh`).',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet env.example',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Zugangsdaten von Diensten sind leer, bekannt oder mehrfach vergeben.',
        'Credentials of services are empty, known, or used more than once.',
      ),
      met: both(
        'Die geprüften Dienste haben je eigene Zugangsdaten, die nicht aus Anleitungen stammen.',
        'Each of the services checked has credentials of its own that do not come from guides.',
      ),
    },
  ],
  check: checkSecrets,
}

function checkSecrets(installation: Installation): readonly Verdict[] {
  // What an image would take if nothing were set is nobody's password: it does not start then.
  const all = findSecrets(installation).filter(
    ({ purpose, origin }) => purpose !== 'tokens' && origin.kind !== 'stock-default',
  )
  const verdicts = [
    ...samples(all, installation),
    ...emptyVariables(installation),
    ...empty(installation, all),
    ...shared(isLive(installation) ? all : all.filter(({ value }) => !isToFill(value))),
  ]
  if (verdicts.length > 0) return verdicts
  const services = all.filter(({ family, value }) => family === 'service' && value !== '')
  if (services.length === 0) return [undecidable(undefined, missing('.env / jicofo.conf / jvb.conf'))]
  return [met(services.map(({ origin }) => origin))]
}

/** An example shows what could be set; it is no password in use. */
function isExample(origin: Origin): boolean {
  return isExampleFile(origin.file) || origin.kind === 'template-default'
}

function samples(all: readonly FoundSecret[], installation: Installation): readonly Verdict[] {
  return all
    .filter(({ value }) => secretStrength(value) === 'sample')
    .map(({ origin, value }) =>
      isExample(origin) || (!isLive(installation) && isToFill(value))
        ? undecidable(origin, missing('.env'))
        : violated(origin, { detail: both('Ein bekanntes Beispiel.', 'A known sample.') }),
    )
}

function emptyVariables(installation: Installation): readonly Verdict[] {
  return NEEDED_VARIABLES.flatMap((name): Verdict[] => {
    const found = lookup(installation.environment, [name])
    if (found.state !== 'set' || (found.node.kind !== 'null' && text(found.node)?.trim() !== '')) return []
    // A role or chart leaves it empty for its user to fill in.
    if (isExample(found.origin) || !isLive(installation) || !isTakenByItself(found.origin))
      return [undecidable(found.origin, missing(`.env (${name})`))]
    return [violated(found.origin, { detail: both(`${name} ist leer.`, `${name} is empty.`) })]
  })
}

/** Compose takes `.env` by itself; a file of another name is still to be copied, and to be filled in then. */
function isTakenByItself({ file }: Origin): boolean {
  return /(?:^|\/)\.env(?:\.local)?$/.test(file) || !/(?:^|\/)env[._-]/.test(file)
}

/** Templates of the images: what they print comes from variables, which are judged themselves. */
const IMAGE_TEMPLATE = /(?:^|\/)rootfs\/defaults\//

/** Empty passwords in the files of the programs themselves. */
function empty(installation: Installation, all: readonly FoundSecret[]): readonly Verdict[] {
  const { environment } = installation
  if (!isLive(installation)) return []
  return all
    .filter(
      ({ family, value, origin }) =>
        family === 'service' && value.trim() === '' && !environment.files.includes(origin.file),
    )
    .filter(
      ({ origin }) =>
        !isExample(origin) && origin.kind !== 'environment' && !IMAGE_TEMPLATE.test(origin.file),
    )
    .map(({ origin }) =>
      violated(origin, { detail: both('Das Passwort ist leer.', 'The password is empty.') }),
    )
}

function shared(all: readonly FoundSecret[]): readonly Verdict[] {
  return sharedSecrets(all.filter(({ family, origin }) => family === 'service' && !isExample(origin))).map(
    (group) => {
      const purposes = [...new Set(group.map(({ purpose }) => purpose))].join(', ')
      return violated(
        group.map(({ origin }) => origin),
        {
          detail: both(
            `Ein Passwort für mehrere Dienste: ${purposes}.`,
            `One password for several services: ${purposes}.`,
          ),
        },
      )
    },
  )
}
