// How people get in: which way of signing in guards the users' host, tokens included.
import type { Installation, ProsodyHost } from '../../core/installation.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { hostsWith, isAnonymous, isTokenAuthentication, settingOf } from './prosody.ts'
import { environmentFlag, environmentText, flagAt, text } from './values.ts'

/** `open`: nobody needs to sign in. `token`: JSON Web Tokens. `login`: accounts of any other kind. */
export type Gate = 'open' | 'token' | 'login' | 'unknown'

interface GateFinding {
  readonly gate: Gate
  readonly origin?: Origin
  readonly host?: ProsodyHost
}

/** One finding for each users' host; from the variables of the image where no host of prosody is known. */
export function gates(installation: Installation): readonly GateFinding[] {
  const mains = hostsWith(installation, 'main')
  if (mains.length > 0) return mains.map((host) => gateOf(host))
  return [gateOfEnvironment(installation)]
}

function gateOf(host: ProsodyHost): GateFinding {
  const found = lookup(host.settings, 'authentication')
  // Without a word on it, prosody asks for accounts.
  if (found.state === 'unset') return { gate: 'login', origin: host.origin, host }
  const name = found.state === 'set' ? text(found.node) : undefined
  if (found.state === 'unknown' || name === undefined)
    return { gate: 'unknown', origin: found.origin ?? host.origin, host }
  if (isAnonymous(name)) return { gate: 'open', origin: found.origin, host }
  if (!isTokenAuthentication(name)) return { gate: 'login', origin: found.origin, host }
  return { gate: isOpenByEffect(host) ? 'open' : 'token', origin: found.origin, host }
}

/** Tokens may be missing, and no application is named that could sign any: everybody is let in. */
function isOpenByEffect(host: ProsodyHost): boolean {
  return takesNoToken(host) && settingOf(host, 'app_id')?.value.trim() === ''
}

function gateOfEnvironment(installation: Installation): GateFinding {
  if (installation.kind !== 'docker') return { gate: 'unknown' }
  const auth = environmentFlag(installation, 'ENABLE_AUTH', false)
  const place = auth.origin === undefined ? {} : { origin: auth.origin }
  if (auth.value === undefined) return { gate: 'unknown', ...place }
  if (!auth.value) return auth.origin === undefined ? { gate: 'unknown' } : { gate: 'open', ...place }
  const type = environmentText(installation, 'AUTH_TYPE').value ?? 'internal'
  return { gate: type === 'jwt' || type.includes('token') ? 'token' : 'login', ...place }
}

/** True if any users' host is open, false if all are known not to be. */
export function isOpen(installation: Installation): boolean | undefined {
  const all = gates(installation)
  if (all.some(({ gate }) => gate === 'open')) return true
  return all.some(({ gate }) => gate === 'unknown') ? undefined : false
}

/** Users' hosts that take tokens. */
export function tokenHosts(installation: Installation): readonly ProsodyHost[] {
  return gates(installation).flatMap(({ gate, host }) =>
    host !== undefined && (gate === 'token' || isToken(host)) ? [host] : [],
  )
}

/** Hosts of guests that take tokens, and let in whoever has none. */
export function tokenlessGuests(installation: Installation): readonly ProsodyHost[] {
  return hostsWith(installation, 'guest').filter((host) => isToken(host) && takesNoToken(host))
}

function takesNoToken(host: ProsodyHost): boolean {
  return flagAt(host.settings, 'allow_empty_token', false).value === true
}

function isToken(host: ProsodyHost): boolean {
  const name = settingOf(host, 'authentication')?.value
  return name !== undefined && isTokenAuthentication(name)
}

/** Whether tokens are in use at all; undefined when it cannot be told. */
export function usesTokens(installation: Installation): boolean | undefined {
  if (tokenHosts(installation).length > 0) return true
  const all = gates(installation)
  if (all.some(({ gate }) => gate === 'token')) return true
  return all.some(({ gate }) => gate === 'unknown') ? undefined : false
}

/** Hosts on which guests come in without signing in, beside a users' host that asks for it. */
export function anonymousGuests(installation: Installation): readonly ProsodyHost[] {
  return hostsWith(installation, 'guest').filter((host) => {
    const name = settingOf(host, 'authentication')?.value
    return name === undefined || isAnonymous(name) || (isToken(host) && takesNoToken(host))
  })
}
