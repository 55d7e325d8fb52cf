// Tells how an installation was made, by what only that kind of installation has.
import type { Known } from '../collect/prepare.ts'
import type { InstallationKind } from '../core/installation.ts'
import type { SourceFile } from '../core/source.ts'

const MARKS: readonly (readonly [InstallationKind, RegExp])[] = [
  ['yunohost', /(?:^|\/)scripts\/_common\.sh$|(?:^|\/)conf\/[^/]{1,100}\.(?:cfg\.lua|conf|js)$/],
  ['helm', /(?:^|\/)chart\.ya?ml$/i],
  ['salt', /\.sls$/],
  ['ansible', /(?:^|\/)(?:tasks\/[^/]{1,100}\.ya?ml|ansible\.cfg|galaxy\.yml|defaults\/main\.ya?ml)$/],
  ['nixos', /\.nix$/],
]

/** What the images keep in the folders that are mounted into them. */
const VOLUME =
  /(?:^|\/)(?:web\/(?:nginx\/(?:meet|nginx|custom-meet)\.conf|custom-config\.js)|prosody\/config\/conf\.d\/[\w.-]{1,100}\.cfg\.lua|jvb\/custom-jvb\.conf|jicofo\/custom-jicofo\.conf)$/

/** The kind of the installation; `unknown` when several readings are as good. */
export function installationKind(files: readonly SourceFile[], known: readonly Known[]): InstallationKind {
  const paths = files.map(({ path }) => path)
  const yunohost = paths.some((path) => /(?:^|\/)manifest\.(?:toml|json)$/.test(path))
  for (const [kind, mark] of MARKS) {
    if (kind === 'yunohost' && !yunohost) continue
    if (paths.some((path) => mark.test(path))) return kind
  }
  if (
    known.some(({ format, file }) => format === 'compose' && /\b(?:web|jvb|jicofo|prosody)\b/.test(file.text))
  )
    return 'docker'
  if (
    files.some(
      ({ path, text }) => /\.ya?ml$/.test(path) && /^apiVersion:/m.test(text) && /^kind:/m.test(text),
    )
  )
    return 'kubernetes'
  if (
    known.some(
      ({ format, file }) =>
        format === 'dotenv' && /^(?:PUBLIC_URL|HTTP_PORT|CONFIG|JVB_|JICOFO_)/m.test(file.text),
    )
  )
    return 'docker'
  if (paths.some((path) => /(?:^|\/)lang\/main\.json$|(?:^|\/)react\/features\//.test(path))) return 'source'
  if (paths.some((path) => VOLUME.test(path))) return 'docker'
  const debian = paths.some(
    (path) =>
      /(?:^|\/)etc\/(?:jitsi|prosody|nginx)\//.test(path) ||
      /[^/]{1,200}\.[^/]{1,200}-config\.js$/.test(path),
  )
  return debian ? 'debian' : 'unknown'
}
