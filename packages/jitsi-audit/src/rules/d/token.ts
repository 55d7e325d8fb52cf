// D04-D06: tokens that may be missing, that open every room, or that anybody can forge.
import type { Installation, ProsodyHost } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { insertMember, replaceValue } from '../helpers/edits.ts'
import { isExampleFile, isLive } from '../helpers/found-secrets.ts'
import { gates, tokenHosts, tokenlessGuests, usesTokens } from '../helpers/gate.ts'
import { hostsWith, modulesOf } from '../helpers/prosody.ts'
import { HMAC_KEY_MIN, isToFill, secretStrength } from '../helpers/secrets.ts'
import { environmentFlag, environmentText, flagAt, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'

/** Not applicable or undecidable while tokens are not in use for certain; undefined when they are. */
function withoutTokens(installation: Installation): readonly Verdict[] | undefined {
  const used = usesTokens(installation)
  const place = gates(installation)[0]?.origin
  if (used === undefined) return [undecidable(place, missing('prosody (authentication)'))]
  return used ? undefined : [notApplicable(place)]
}

export const D04: Rule = {
  id: 'D04',
  name: 'JWT-EMPTY',
  concern: 'access',
  severity: 'high',
  components: ['prosody', 'environment'],
  title: both('Wer kein Token hat, kommt trotzdem herein', 'Who has no token gets in all the same'),
  why: both(
    'Mit `allow_empty_token = true` prüft prosody nur Tokens, die da sind. Ohne Token tritt jeder bei.',
    'With `allow_empty_token = true`, prosody checks only tokens that are there. Without one, anybody joins.',
  ),
  mend: both(
    '`allow_empty_token = false` (Docker: `JWT_ALLOW_EMPTY=0`); Gäste über einen eigenen Gast-Host hereinlassen.',
    '`allow_empty_token = false` (Docker: `JWT_ALLOW_EMPTY=0`); let guests in through a guest host of their own.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet prosody defaults',
  paperwork: [
    {
      part: 'measures',
      violated: both('Der Zugang ohne Token ist erlaubt.', 'Access without a token is allowed.'),
      met: both(
        'Zugang erhält nur, wer ein gültiges Token vorlegt.',
        'Only holders of a valid token get access.',
      ),
    },
  ],
  check: (installation) => {
    const hosts = [...tokenHosts(installation), ...tokenlessGuests(installation)]
    const without = withoutTokens(installation)
    if (without !== undefined) return without
    if (hosts.length === 0) {
      const empty = environmentFlag(installation, 'JWT_ALLOW_EMPTY', false)
      if (empty.value === undefined) return [undecidable(empty.origin, missing('JWT_ALLOW_EMPTY'))]
      return empty.value ? [violated(empty.origin)] : [met(empty.origin ?? gates(installation)[0]?.origin)]
    }
    return hosts.map((host) => {
      const empty = flagAt(host.settings, 'allow_empty_token', false)
      if (empty.value === undefined)
        return undecidable(empty.origin ?? host.origin, missing('allow_empty_token'))
      if (!empty.value) return met(empty.origin ?? host.origin)
      return violated(empty.origin, {
        edits: replaceValue(empty.origin?.kind === 'file' ? empty.origin : undefined, 'false'),
      })
    })
  },
}

export const D05: Rule = {
  id: 'D05',
  name: 'JWT-ROOM',
  concern: 'access',
  severity: 'high',
  components: ['prosody'],
  title: both('Ein Token öffnet jeden Raum', 'A token opens every room'),
  why: both(
    'Ohne `token_verification` an der Raum-Komponente prüft niemand, für welchen Raum ein Token gilt. Ein Gast einer Besprechung kann in alle anderen.',
    'Without `token_verification` at the rooms’ component, nobody checks for which room a token is. A guest of one meeting can enter all others.',
  ),
  mend: both(
    '`"token_verification";` in `modules_enabled` der Raum-Komponente aufnehmen.',
    'Add `"token_verification";` to `modules_enabled` of the rooms’ component.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet prosody defaults',
  paperwork: [
    {
      part: 'measures',
      violated: both('Tokens sind nicht an Räume gebunden.', 'Tokens are not bound to rooms.'),
      met: both(
        'Tokens gelten nur für den Raum, den sie nennen.',
        'Tokens hold only for the room that they name.',
      ),
    },
  ],
  check: (installation) => {
    const without = withoutTokens(installation)
    if (without !== undefined) return without
    const rooms = hostsWith(installation, 'conference')
    if (rooms.length === 0)
      return [undecidable(fileStart(installation.prosody.files), missing('Component "muc"'))]
    return rooms.map((room) => {
      const { names, certain } = modulesOf(room)
      const guard = [...names].find(([name]) => /token.*verif|verif.*token/.test(name))
      if (guard !== undefined) return met(guard[1])
      if (!certain) return undecidable(room.origin, missing('modules_enabled'))
      return violated(room.origin, { edits: addModule(installation, room, 'token_verification') })
    })
  },
}

/** Puts a module into the host's own list; nothing where the list is inherited or not written as one. */
export function addModule(
  installation: Installation,
  host: ProsodyHost,
  module: string,
): ReturnType<typeof insertMember> {
  const found = lookup(host.settings, 'modules_enabled')
  const global = installation.prosody.hosts[0]
  const inherited = global === undefined ? undefined : lookup(global.settings, 'modules_enabled')
  if (found.state !== 'set' || found.node.kind !== 'list' || found.origin.kind !== 'file') return []
  if (global !== host && inherited?.state === 'set' && samePlace(inherited.origin, found.origin)) return []
  return insertMember(found.origin, `"${module}"`, ';')
}

function samePlace(one: Origin, other: Origin): boolean {
  return one.file === other.file && one.line === other.line && one.column === other.column
}

export const D06: Rule = {
  id: 'D06',
  name: 'JWT-KEY',
  concern: 'access',
  severity: 'crit',
  components: ['prosody', 'environment'],
  title: both('Tokens lassen sich fälschen', 'Tokens can be forged'),
  why: both(
    'Der Schlüssel, mit dem Tokens geprüft werden, ist leer, ein Beispiel aus der Anleitung oder kürzer als 32 Zeichen. Wer ihn errät, stellt sich selbst Tokens aus.',
    'The key that tokens are checked with is empty, a sample from a guide, or shorter than 32 characters. Whoever guesses it issues tokens to themselves.',
  ),
  mend: both(
    'Einen neuen Schlüssel von mindestens 32 zufälligen Zeichen erzeugen (`openssl rand -hex 32`) und überall austauschen.',
    'Make a new key of at least 32 random characters (`openssl rand -hex 32`) and replace it everywhere.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet env.example; RFC 7518, 3.2',
  paperwork: [
    {
      part: 'measures',
      violated: both('Der Schlüssel der Tokens ist zu schwach.', 'The key of the tokens is too weak.'),
      met: both(
        'Tokens sind mit einem Schlüssel ausreichender Länge gesichert.',
        'Tokens are secured with a key of sufficient length.',
      ),
    },
  ],
  check: (installation) => {
    const without = withoutTokens(installation)
    if (without !== undefined) return without
    const hosts = tokenHosts(installation)
    if (hosts.length === 0) {
      const secret = environmentText(installation, 'JWT_APP_SECRET')
      return [
        judgeKey(
          secret.value,
          secret.origin,
          secret.state === 'unknown' || isOpenGap(installation, secret.value),
        ),
      ]
    }
    return hosts.map((host) => {
      const secret = lookup(host.settings, 'app_secret')
      const server = lookup(host.settings, 'asap_key_server')
      // Nothing set in an example says nothing about the key in use.
      const assumed =
        secret.state === 'set' &&
        (secret.origin.kind === 'stock-default' || secret.origin.kind === 'template-default') &&
        !hasVariables(installation)
      const value = secret.state === 'set' ? text(secret.node) : undefined
      if (secret.state === 'set')
        return judgeKey(value, secret.origin, assumed || isOpenGap(installation, value))
      if (server.state === 'set') return met(server.origin)
      return judgeKey(undefined, secret.state === 'unknown' ? secret.origin : host.origin, true)
    })
  },
}

/** Whether the key is one that whoever installs the set has yet to choose. */
function isOpenGap(installation: Installation, secret: string | undefined): boolean {
  return secret !== undefined && !isLive(installation) && isToFill(secret)
}

/** Whether the variables in use are in the set, not only an example of them. */
function hasVariables({ environment }: Installation): boolean {
  return environment.files.some((file) => !isExampleFile(file))
}

function judgeKey(secret: string | undefined, origin: Origin | undefined, unknown: boolean): Verdict {
  if (secret === undefined || unknown) return undecidable(origin, missing('app_secret'))
  switch (secretStrength(secret, HMAC_KEY_MIN)) {
    case 'strong':
      return met(origin)
    case 'empty':
      return violated(origin, { detail: both('Der Schlüssel ist leer.', 'The key is empty.') })
    case 'sample':
      return violated(origin, {
        detail: both('Der Schlüssel ist ein bekanntes Beispiel.', 'The key is a known sample.'),
      })
    case 'short':
      return violated(origin, {
        detail: both('Der Schlüssel hat weniger als 32 Zeichen.', 'The key has fewer than 32 characters.'),
      })
  }
}
