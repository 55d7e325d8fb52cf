// D01, D02, D08, D14: whether anybody can open a room, and whether all parts agree that they cannot.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { appendToConfig, appendToHocon, fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { anonymousGuests, gates, isOpen } from '../helpers/gate.ts'
import { hostsWith, modulesOf, nameOf } from '../helpers/prosody.ts'
import { flagAt } from '../helpers/values.ts'
import { both, met, missing, notApplicable, overridden, undecidable, violated } from '../helpers/verdicts.ts'

export const D01: Rule = {
  id: 'D01',
  name: 'OPEN',
  concern: 'access',
  severity: 'high',
  components: ['prosody', 'environment'],
  title: both('Jeder kann Räume eröffnen', 'Anybody can open rooms'),
  why: both(
    'Der Server verlangt keine Anmeldung. Wer die Adresse kennt, hält dort Konferenzen ab, auch in Räumen, deren Namen andere erraten.',
    'The server asks nobody to sign in. Whoever knows the address holds meetings there, also in rooms whose names others guess.',
  ),
  mend: both(
    'In prosody `authentication = "internal_hashed"` oder `"token"` am Haupt-Host, ein Gast-Host mit `anonymousdomain`, dazu `authentication` in jicofo (Docker: `ENABLE_AUTH=1`).',
    'In prosody, `authentication = "internal_hashed"` or `"token"` at the main host, a guest host with `anonymousdomain`, and `authentication` in jicofo (Docker: `ENABLE_AUTH=1`).',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet prosody defaults; handbook secure domain',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Räume kann jede Person ohne Anmeldung eröffnen.',
        'Any person can open rooms without signing in.',
      ),
      met: both(
        'Der Haupt-Zugang des Servers verlangt eine Anmeldung.',
        'The main access of the server asks people to sign in.',
      ),
    },
  ],
  check: (installation) =>
    gates(installation).map(({ gate, origin, host }) => {
      if (gate === 'open') return violated(origin)
      if (gate === 'unknown')
        return undecidable(origin, missing(host === undefined ? 'prosody' : 'authentication'))
      return met(origin)
    }),
}

export const D02: Rule = {
  id: 'D02',
  name: 'HALF',
  concern: 'access',
  severity: 'high',
  components: ['prosody', 'jicofo', 'web'],
  title: both('Die Anmeldung ist nur halb eingerichtet', 'Signing in is only half set up'),
  why: both(
    'prosody, jicofo und config.js müssen übereinstimmen. Fehlt die Anmeldung in jicofo, eröffnen auch Gäste Räume; fehlt `anonymousdomain`, kommen Gäste nicht herein.',
    'prosody, jicofo and config.js must agree. Without authentication in jicofo, guests open rooms too; without `anonymousdomain`, guests do not get in.',
  ),
  mend: both(
    'In jicofo.conf `jicofo.authentication { enabled = true, type = XMPP, login-url = HOST }`, in config.js `config.hosts.anonymousdomain` auf den Gast-Host setzen.',
    'In jicofo.conf `jicofo.authentication { enabled = true, type = XMPP, login-url = HOST }`; in config.js set `config.hosts.anonymousdomain` to the guest host.',
  ),
  articles: articles('32'),
  source: 'handbook secure domain',
  paperwork: [],
  check: checkHalf,
}

function checkHalf(installation: Installation): readonly Verdict[] {
  const open = isOpen(installation)
  const guards = gates(installation)
  const place = guards[0]?.origin
  if (open === undefined) return [undecidable(place, missing('prosody'))]
  if (open) return [notApplicable(place)]
  const guests = anonymousGuests(installation)
  // Tokens are checked by prosody alone, as long as nobody comes in without one.
  const byToken = guards.every(({ gate }) => gate === 'token')
  const verdicts = [
    ...(byToken && guests.length === 0 ? [] : [focusAsks(installation, guests.length > 0, byToken)]),
    ...(guests.length === 0 ? [] : [clientKnows(installation, guests)]),
  ]
  return verdicts.length > 0 ? verdicts : [met(place)]
}

/** Whether jicofo, too, lets only people who signed in open a room. */
function focusAsks(installation: Installation, hasGuests: boolean, byToken: boolean): Verdict {
  const { jicofo } = installation
  const [guard] = gates(installation)
  const enabled = flagAt(jicofo, 'jicofo.authentication.enabled', false)
  if (enabled.value === true) return met(enabled.origin)
  if (enabled.value === undefined) return undecidable([enabled.origin, guard?.origin], missing('jicofo.conf'))
  const name = guard?.host === undefined ? '*' : nameOf(guard.host.name)
  const writable = enabled.origin === undefined && !byToken && /^[\w.-]+$/.test(name)
  return violated([enabled.origin ?? fileStart(jicofo.files), guard?.origin], {
    severity: hasGuests ? 'high' : 'low',
    detail: both(
      'prosody verlangt eine Anmeldung, jicofo nicht.',
      'prosody asks to sign in, jicofo does not.',
    ),
    edits: writable
      ? appendToHocon(jicofo, `jicofo.authentication { enabled = true, type = XMPP, login-url = "${name}" }`)
      : [],
  })
}

/** Whether config.js names the host on which guests come in. */
function clientKnows(installation: Installation, guests: ReturnType<typeof anonymousGuests>): Verdict {
  const domain = lookup(installation.web, 'hosts.anonymousdomain')
  if (domain.state === 'set') return met(domain.origin)
  if (domain.state === 'unknown')
    return undecidable([domain.origin, guests[0]?.origin], missing('hosts.anonymousdomain'))
  const name = guests.map((host) => nameOf(host.name)).find((one) => /^[\w.-]+$/.test(one))
  const statement = `config.hosts = config.hosts || {}; config.hosts.anonymousdomain = '${name ?? ''}';`
  return violated([fileStart(installation.web.files), guests[0]?.origin], {
    detail: both('Der Gast-Host steht nicht in config.js.', 'The guest host is not in config.js.'),
    edits: name === undefined ? [] : appendToConfig(installation, statement),
  })
}

export const D08: Rule = {
  id: 'D08',
  name: 'REGISTER',
  concern: 'access',
  severity: 'high',
  components: ['prosody'],
  title: both('Fremde legen sich selbst Konten an', 'Strangers make accounts for themselves'),
  why: both(
    'Mit `allow_registration = true` legt jedes XMPP-Programm ein Konto an; die Anmeldung schützt dann nichts.',
    'With `allow_registration = true`, any XMPP program makes an account; signing in then protects nothing.',
  ),
  mend: both('`allow_registration = false` setzen.', 'Set `allow_registration = false`.'),
  articles: articles('32'),
  source: 'docker-jitsi-meet prosody defaults',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Konten können ohne Freigabe angelegt werden.',
        'Accounts can be made without approval.',
      ),
      met: both('Konten legt nur die Administration an.', 'Only the administration makes accounts.'),
    },
  ],
  check: checkRegistration,
}

function checkRegistration(installation: Installation): readonly Verdict[] {
  const { hosts, completeness, files } = installation.prosody
  const found = hosts.map((host) => ({ host, found: flagAt(host.settings, 'allow_registration', false) }))
  const on = found.filter(({ found: { value } }) => value === true)
  if (on.length > 0) {
    const live = on.filter(({ host }) => !isDisabled(host))
    if (live.length === 0)
      return [
        overridden(
          on.map(({ found: { origin } }) => origin),
          { detail: both('Das Modul `register` ist nicht geladen.', 'The module `register` is not loaded.') },
        ),
      ]
    return [
      violated(
        live.map(({ found: { origin } }) => origin),
        { edits: replaceValue(live[0]?.found.origin, 'false') },
      ),
    ]
  }
  const unknown = found.find(({ found: { value } }) => value === undefined)
  if (completeness === 'absent' || unknown !== undefined)
    return [undecidable(unknown?.found.origin ?? fileStart(files), missing('prosody (allow_registration)'))]
  return [met(found.flatMap(({ found: { origin } }) => origin ?? []).slice(0, 1)[0] ?? fileStart(files))]
}

/** Accounts are made by a module of its own, which must be loaded. */
function isDisabled(host: Installation['prosody']['hosts'][number]): boolean {
  const { names, certain } = modulesOf(host)
  return certain && !names.has('register') && !names.has('register_ibr')
}

export const D14: Rule = {
  id: 'D14',
  name: 'AUTOOWNER',
  concern: 'access',
  severity: 'med',
  components: ['jicofo', 'prosody'],
  title: both('Wer zuerst kommt, leitet den Raum', 'Whoever comes first moderates the room'),
  why: both(
    'Ohne Anmeldung macht jicofo die erste Person zur Moderation. Wer früher da ist als die Gastgeberin, kann stummschalten, hinauswerfen und Passwörter setzen.',
    'Without signing in, jicofo makes the first person the moderator. Whoever arrives before the host can mute, remove and set passwords.',
  ),
  mend: both(
    'Anmeldung einrichten (D01) und `jicofo.conference.enable-auto-owner = false` (Docker: `ENABLE_AUTO_OWNER=0`).',
    'Set up signing in (D01) and `jicofo.conference.enable-auto-owner = false` (Docker: `ENABLE_AUTO_OWNER=0`).',
  ),
  articles: articles('32'),
  source: 'jicofo reference.conf',
  paperwork: [],
  check: checkAutoOwner,
}

function checkAutoOwner(installation: Installation): readonly Verdict[] {
  const open = isOpen(installation)
  const place = gates(installation)[0]?.origin
  if (open === false) return [notApplicable(place)]
  const owner = flagAt(installation.jicofo, 'jicofo.conference.enable-auto-owner', true)
  if (owner.value === false) return [met(owner.origin)]
  if (open === undefined) return [undecidable(place, missing('prosody'))]
  if (owner.value === undefined) return [undecidable(owner.origin, missing('jicofo.conf'))]
  return [violated([owner.origin ?? fileStart(installation.jicofo.files), place])]
}

export const D03: Rule = {
  id: 'D03',
  name: 'PLAIN',
  concern: 'access',
  severity: 'high',
  components: ['prosody'],
  title: both('Passwörter liegen im Klartext auf der Platte', 'Passwords lie on the disk in clear text'),
  why: both(
    'Mit `internal_plain` stehen die Passwörter aller Konten lesbar im Datenverzeichnis von prosody.',
    'With `internal_plain`, the passwords of all accounts can be read in prosody’s data directory.',
  ),
  mend: both(
    '`authentication = "internal_hashed"` setzen; prosody wandelt vorhandene Konten bei der nächsten Anmeldung um.',
    'Set `authentication = "internal_hashed"`; prosody converts existing accounts at their next sign-in.',
  ),
  articles: articles('32'),
  source: 'expert judgement',
  paperwork: [
    {
      part: 'measures',
      violated: both('Passwörter werden im Klartext gespeichert.', 'Passwords are stored in clear text.'),
      met: both(
        'Passwörter werden nicht im Klartext gespeichert.',
        'Passwords are not stored in clear text.',
      ),
    },
  ],
  check: checkPlain,
}

function checkPlain(installation: Installation): readonly Verdict[] {
  const { hosts, completeness, files } = installation.prosody
  const users = new Set([
    ...hostsWith(installation, 'main'),
    ...hostsWith(installation, 'guest'),
    ...hostsWith(installation, 'other'),
  ])
  const verdicts: Verdict[] = []
  const seen = new Map<string, number>()
  let unknown = completeness === 'absent'
  for (const host of hosts.filter(({ kind }) => kind === 'VirtualHost')) {
    const found = lookup(host.settings, 'authentication')
    if (found.state === 'unknown') unknown = true
    if (found.state !== 'set' || found.node.kind !== 'text' || found.node.value !== 'internal_plain') continue
    const key = `${found.origin.file}:${found.origin.line}`
    const severity = users.has(host) ? 'high' : 'low'
    const before = seen.get(key)
    const verdict = violated([found.origin, host.origin], {
      severity,
      edits: replaceValue(found.origin, '"internal_hashed"'),
    })
    if (before === undefined) seen.set(key, verdicts.push(verdict) - 1)
    else if (severity === 'high') verdicts[before] = verdict
  }
  if (verdicts.length > 0) return verdicts
  return unknown
    ? [undecidable(fileStart(files), missing('prosody (authentication)'))]
    : [met(fileStart(files))]
}
