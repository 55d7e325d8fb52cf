// Which of a set's compose files are in use: the main one, its override, those that .env names, and those whose feature is on.
import type { Known } from '../collect/prepare.ts'
import { ofFormat } from '../collect/prepare.ts'
import { baseName, folderOf } from '../collect/paths.ts'
import { withoutTemplateSuffix } from '../collect/recognise.ts'
import { asText } from '../collect/template/values.ts'
import type { Settings } from '../core/settings.ts'
import type { SourceFile } from '../core/source.ts'

const MAIN = /^(?:docker-)?compose\.ya?ml$/
const OVERRIDE = /^(?:docker-)?compose\.override\.ya?ml$/

/** Optional files of the project and the variable without which nobody starts them. */
const FEATURES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^jibri\.ya?ml$/, ['ENABLE_RECORDING']],
  [/^jigasi\.ya?ml$/, ['JIGASI_SIP_URI']],
  [/^transcriber\.ya?ml$/, ['ENABLE_TRANSCRIPTIONS']],
  [/^etherpad\.ya?ml$/, ['ETHERPAD_URL_BASE']],
  [/^whiteboard\.ya?ml$/, ['WHITEBOARD_COLLAB_SERVER_URL_BASE', 'WHITEBOARD_COLLAB_SERVER_PUBLIC_URL']],
  [/^rtcstats\.ya?ml$/, ['RTCSTATS_ENABLED']],
]

/** Compose files in use, in the order in which they are laid over one another. */
export function composeFiles(known: readonly Known[], environment: Settings): readonly SourceFile[] {
  const files = ownCompose(ofFormat(known, 'compose').map(({ file }) => file))
  const mains = files.filter((file) => MAIN.test(nameOf(file)))
  if (mains.length === 0) return files
  const main = mains.toSorted((a, b) => a.path.split('/').length - b.path.split('/').length)[0] ?? files[0]
  const folder = main === undefined ? '' : folderOf(main.path)
  const beside = files.filter((file) => folderOf(file.path) === folder && file !== main)
  const named = namedFiles(environment)
  const chosen = beside.filter((file) => {
    const name = nameOf(file)
    return OVERRIDE.test(name) ? named === undefined : (named?.has(name) ?? isOn(name, environment))
  })
  return main === undefined ? chosen : [main, ...chosen]
}

/** Images or variables of Jitsi's own containers. */
export const JITSI_COMPOSE: RegExp =
  /jitsi[\w./-]{0,60}(?:web|prosody|jicofo|jvb)\b|\b(?:XMPP_DOMAIN|JVB_AUTH_PASSWORD|JICOFO_AUTH_PASSWORD)\b/

/** Compose files of other programs count only beside one of Jitsi's. */
function ownCompose(files: readonly SourceFile[]): readonly SourceFile[] {
  const own = new Set(files.filter(({ text }) => JITSI_COMPOSE.test(text)).map(({ path }) => folderOf(path)))
  return files.filter(({ path }) => own.has(folderOf(path)))
}

function nameOf(file: SourceFile): string {
  return baseName(withoutTemplateSuffix(file.path)).toLowerCase()
}

/** `COMPOSE_FILE` of .env; undefined when compose chooses by itself. */
function namedFiles(environment: Settings): ReadonlySet<string> | undefined {
  const node = environment.root.entries.get('COMPOSE_FILE')
  const value = node === undefined ? undefined : asText(node)
  if (value === undefined || value === '') return undefined
  return new Set(value.split(/[:;,]/).map((path) => baseName(path.trim()).toLowerCase()))
}

function isOn(name: string, environment: Settings): boolean {
  const variables = FEATURES.find(([pattern]) => pattern.test(name))?.[1] ?? []
  return variables.some((variable) => {
    const node = environment.root.entries.get(variable)
    const value = node === undefined ? undefined : asText(node)
    return value !== undefined && !/^(?:|0|false|no)$/i.test(value)
  })
}
