// D09-D12: waiting rooms, protection without anybody's doing, room passwords and names.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { appendToConfig, fileStart } from '../helpers/appending.ts'
import { mayBeOlder, olderOrNot } from '../helpers/age.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { anonymousGuests, gates, isOpen } from '../helpers/gate.ts'
import { hostsWith, modulesOf } from '../helpers/prosody.ts'
import { environmentFlag, flagAt, items, numeric, text, truthy } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'

/** The lobby came with the releases of June 2020. */
const LOBBY_SINCE = '2020-06-01'
/** The warning came with the jitsi-meet of late spring 2020. */
const NAME_WARNING_SINCE = '2020-05-01'

export const D09: Rule = {
  id: 'D09',
  name: 'LOBBY',
  concern: 'access',
  severity: 'med',
  components: ['prosody', 'environment', 'web'],
  title: both('Es gibt keinen Warteraum', 'There is no waiting room'),
  why: both(
    'Ohne Warteraum kann die Moderation niemanden vor der Tür prüfen; wer den Namen kennt, sieht und hört sofort mit.',
    'Without a lobby, moderators cannot check anybody at the door; whoever knows the name sees and hears at once.',
  ),
  mend: both(
    '`"muc_lobby_rooms";` am Haupt-Host und eine Komponente `lobby.HOST` (Docker: `ENABLE_LOBBY=1`), und den Knopf nicht verbergen.',
    '`"muc_lobby_rooms";` at the main host and a component `lobby.HOST` (Docker: `ENABLE_LOBBY=1`), and do not hide the button.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet prosody defaults',
  since: LOBBY_SINCE,
  paperwork: [
    {
      part: 'measures',
      violated: both('Ein Warteraum steht nicht zur Verfügung.', 'No waiting room is available.'),
      met: both(
        'Die Moderation kann einen Warteraum einschalten und Beitretende einzeln zulassen.',
        'Moderators can switch on a waiting room and admit people one by one.',
      ),
    },
  ],
  check: checkLobby,
}

function checkLobby(installation: Installation): readonly Verdict[] {
  const date = installation.release?.date
  if (date !== undefined && date < LOBBY_SINCE) return [notApplicable(installation.release?.origin)]
  return [...lobbyModule(installation), ...lobbyButton(installation)]
}

function lobbyModule(installation: Installation): readonly Verdict[] {
  const mains = hostsWith(installation, 'main')
  if (mains.length === 0) {
    const variable = environmentFlag(installation, 'ENABLE_LOBBY', true)
    if (installation.kind === 'docker' && variable.value === false) return [violated(variable.origin)]
    if (installation.kind === 'docker' && variable.value === true && variable.origin !== undefined)
      return [met(variable.origin)]
    return [undecidable(fileStart(installation.prosody.files), missing('prosody (muc_lobby_rooms)'))]
  }
  return mains.map((host) => {
    const { names, certain } = modulesOf(host)
    const place = names.get('muc_lobby_rooms')
    if (place !== undefined) return met(place)
    if (certain)
      return mayBeOlder(installation, LOBBY_SINCE)
        ? undecidable(host.origin, olderOrNot(LOBBY_SINCE))
        : violated(host.origin)
    const variable = environmentFlag(installation, 'ENABLE_LOBBY', true)
    // The image's own host, in a release that is not known: the variable means the same in all of them.
    if (host.origin.kind === 'stock-default' && variable.origin !== undefined && variable.value !== undefined)
      return variable.value ? met(variable.origin) : violated(variable.origin)
    return undecidable(host.origin, missing('modules_enabled'))
  })
}

function lobbyButton(installation: Installation): readonly Verdict[] {
  for (const path of ['hideLobbyButton', 'securityUi.hideLobbyButton']) {
    const hidden = lookup(installation.web, path)
    if (hidden.state === 'set' && truthy(hidden.node) === true)
      return [
        violated(hidden.origin, {
          detail: both('Der Knopf für den Warteraum ist verborgen.', 'The button for the lobby is hidden.'),
          edits: replaceValue(hidden.origin.kind === 'file' ? hidden.origin : undefined, 'false'),
        }),
      ]
  }
  const buttons = lookup(installation.web, 'toolbarButtons')
  if (buttons.state !== 'set' || buttons.node.kind !== 'list') return []
  const names = items(buttons.node).map((item) => text(item))
  if (names.includes(undefined) || names.includes('security')) return []
  return [
    violated(buttons.origin, {
      detail: both('In `toolbarButtons` fehlt `security`.', '`toolbarButtons` lacks `security`.'),
    }),
  ]
}

/** Modules that put up a lobby or a password for every room by themselves. */
const AUTOMATIC = ['lobby_autostart', 'token_security_ondemand']

export const D10: Rule = {
  id: 'D10',
  name: 'NOPROTECT',
  concern: 'access',
  severity: 'med',
  components: ['prosody', 'web'],
  title: both('Räume sind von sich aus ungeschützt', 'Rooms are unprotected by default'),
  why: both(
    'Passwort und Warteraum setzt jemand erst, wenn er schon im Raum ist. Wer früher kommt, umgeht beides.',
    'Somebody sets password and lobby only once they are in the room. Whoever comes earlier bypasses both.',
  ),
  mend: both(
    'Eines davon: Warteraum von selbst (`lobby_autostart`), Passwörter aus der Buchung (`reservations_enable_password_support`), oder Anmeldung für alle ohne Gast-Host.',
    'One of: automatic lobby (`lobby_autostart`), passwords from the booking (`reservations_enable_password_support`), or signing in for everybody without a guest host.',
  ),
  articles: articles('25(2)', '32'),
  source: 'jitsi-meet issue 7049; jitsi-contrib prosody-plugins',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Räume sind bei ihrer Eröffnung weder durch Warteraum noch durch Passwort oder Anmeldung aller geschützt.',
        'When opened, rooms are protected neither by a lobby nor by a password or everybody signing in.',
      ),
      met: both(
        'Räume sind von ihrer Eröffnung an geschützt (Warteraum, Passwort oder Anmeldung aller).',
        'Rooms are protected from their opening on (lobby, password, or everybody signing in).',
      ),
    },
  ],
  check: checkProtection,
}

function checkProtection(installation: Installation): readonly Verdict[] {
  const hosts = installation.prosody.hosts
  if (hosts.length === 0) return [undecidable(undefined, missing('prosody'))]
  for (const host of hosts) {
    const { names } = modulesOf(host)
    const automatic = AUTOMATIC.map((name) => names.get(name)).find((one) => one !== undefined)
    if (automatic !== undefined) return [met(automatic)]
    const passwords = flagAt(host.settings, 'reservations_enable_password_support', false)
    if (names.has('reservations') && passwords.value === true) return [met(passwords.origin)]
  }
  const open = isOpen(installation)
  const guard = gates(installation)[0]
  const guests = anonymousGuests(installation)
  if (open === false && guests.length === 0 && installation.prosody.completeness === 'complete')
    return [met(guard?.origin)]
  const certain = hosts.every((host) => modulesOf(host).certain)
  if (!certain || (open === undefined && guests.length === 0) || (open === false && guests.length === 0))
    return [undecidable(guard?.origin ?? fileStart(installation.prosody.files), missing('prosody'))]
  return [violated([guests[0]?.origin ?? guard?.origin])]
}

/** Digits below this number are tried out within hours at one guess a second. */
const DIGITS_MIN = 8

export const D11: Rule = {
  id: 'D11',
  name: 'DIGITS',
  concern: 'access',
  severity: 'low',
  components: ['web'],
  title: both('Raumpasswörter bestehen aus wenigen Ziffern', 'Room passwords are a few digits'),
  why: both(
    '`roomPasswordNumberOfDigits` lässt nur Ziffern zu, und wenige davon sind schnell durchprobiert.',
    '`roomPasswordNumberOfDigits` allows digits only, and few of them are soon tried out.',
  ),
  mend: both(
    '`roomPasswordNumberOfDigits` auf `false` setzen.',
    'Set `roomPasswordNumberOfDigits` to `false`.',
  ),
  articles: articles('32'),
  source: 'jitsi-meet config.js',
  paperwork: [],
  check: (installation) => {
    const digits = lookup(installation.web, 'roomPasswordNumberOfDigits')
    if (digits.state === 'unset') return [met(fileStart(installation.web.files))]
    if (digits.state === 'unknown') return [undecidable(digits.origin, missing('roomPasswordNumberOfDigits'))]
    const count = numeric(digits.node)
    if (count === undefined || count === 0 || count >= DIGITS_MIN) return [met(digits.origin)]
    return [
      violated(digits.origin, {
        detail: both(`${count} Ziffern.`, `${count} digits.`),
        edits: replaceValue(digits.origin.kind === 'file' ? digits.origin : undefined, 'false'),
      }),
    ]
  },
}

export const D12: Rule = {
  id: 'D12',
  name: 'NAMEWARN',
  concern: 'access',
  severity: 'low',
  components: ['web'],
  title: both('Niemand wird vor erratbaren Raumnamen gewarnt', 'Nobody is warned of guessable room names'),
  why: both(
    'Räume mit Namen wie „Team“ findet jeder. Die Warnung ist da, aber ausgeschaltet.',
    'Anybody finds rooms with names like “team”. The warning exists but is off.',
  ),
  mend: both(
    '`config.enableInsecureRoomNameWarning = true;` setzen.',
    'Set `config.enableInsecureRoomNameWarning = true;`.',
  ),
  articles: articles('25(1)'),
  source: 'jitsi-meet config.js',
  since: NAME_WARNING_SINCE,
  paperwork: [
    {
      part: 'measures',
      met: both(
        'Die Anwendung warnt vor leicht erratbaren Raumnamen.',
        'The application warns of room names that are easy to guess.',
      ),
    },
  ],
  check: (installation) => {
    const warning = lookup(installation.web, 'enableInsecureRoomNameWarning')
    if (warning.state === 'unknown')
      return [undecidable(warning.origin, missing('enableInsecureRoomNameWarning'))]
    if (warning.state === 'set' && truthy(warning.node) === true) return [met(warning.origin)]
    if (warning.state === 'set')
      return [
        violated(warning.origin, {
          edits: replaceValue(warning.origin.kind === 'file' ? warning.origin : undefined, 'true'),
        }),
      ]
    return [
      violated(fileStart(installation.web.files, 'last'), {
        edits: appendToConfig(installation, 'config.enableInsecureRoomNameWarning = true;'),
      }),
    ]
  },
}
