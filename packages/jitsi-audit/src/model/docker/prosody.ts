// The prosody configuration that the image writes from its environment.
import { all, any, type ImageEnvironment, not, type Truth } from './image-environment.ts'
import { Lines } from './lines.ts'
import { Sheet } from './sheet.ts'

const PATH = 'image:prosody/prosody.cfg.lua'

interface Choices {
  readonly auth: Truth
  readonly jwt: Truth
  readonly guests: Truth
  readonly lobby: Truth
  readonly breakout: Truth
  readonly websocket: Truth
  readonly capped: Truth
}

export function prosodySheet(environment: ImageEnvironment): Sheet {
  const sheet = new Sheet(PATH)
  const lines = new Lines(sheet, environment)
  const auth = environment.flag('ENABLE_AUTH', false)
  const type = authType(environment)
  const choices: Choices = {
    auth,
    jwt: all(auth, type === undefined ? undefined : type === 'jwt' || type === 'hybrid_matrix_token'),
    guests: all(auth, environment.flag('ENABLE_GUESTS', false)),
    lobby: any(
      all(environment.within(undefined, '2021-10-21'), environment.flag('ENABLE_LOBBY', false)),
      all(environment.within('2021-10-21', undefined), environment.flag('ENABLE_LOBBY', true)),
    ),
    breakout: all(
      environment.within('2021-12-11', undefined),
      environment.flag('ENABLE_BREAKOUT_ROOMS', true),
    ),
    websocket: all(
      environment.within('2020-12-02', undefined),
      environment.flag('ENABLE_XMPP_WEBSOCKET', true),
    ),
    capped: all(environment.within('2022-08-22', undefined), environment.isSet('MAX_PARTICIPANTS')),
  }
  writeGlobal(lines)
  writeMainHost(lines, choices)
  writeOtherHosts(lines, choices)
  writeRooms(lines, choices)
  return sheet
}

/** `internal`, `jwt`, `ldap`, `matrix` or `hybrid_matrix_token`; undefined when unknown. */
function authType(environment: ImageEnvironment): string | undefined {
  const common = environment.read('AUTH_TYPE', 'internal').value
  const own = environment.read('PROSODY_AUTH_TYPE', '')
  return own.written && environment.within('2023-09-01', undefined) !== false ? own.value : common
}

function writeGlobal(lines: Lines): void {
  const { environment } = lines
  const turn = any(
    environment.isSet('TURN_HOST'),
    environment.isSet('TURNS_HOST'),
    environment.isSet('STUN_HOST'),
  )
  lines.fixed(
    'modules_enabled = { "roster"; "saslauth"; "tls"; "disco"; "private"; "version"; "ping"; "posix"; "http_health";',
  )
  lines.fixed('"limits";', lines.since('2021-06-11'))
  lines.fixed('"external_services";', lines.since('2024-11-12', hasTurn(environment)))
  lines.words('GLOBAL_MODULES', (word) => `"${word}";`)
  lines.fixed('}')
  lines.fixed('modules_disabled = { "offline"; "register"; "s2s"; }')
  lines.fixed('allow_registration = false')
  lines.flag(
    'PROSODY_C2S_REQUIRE_ENCRYPTION',
    true,
    (value) => `c2s_require_encryption = ${value}`,
    lines.since('2024-01-29'),
  )
  lines.fixed('c2s_require_encryption = false', lines.until('2024-01-29'))
  lines.fixed('s2s_secure_auth = false')
  lines.fixed('authentication = "internal_hashed"', lines.since('2020-05-02'))
  lines.value('LOG_LEVEL', 'info', (level) => `log = { { levels = { min = "${level}" }, to = "console" } }`)
  lines.fixed('storage = { smacks_h = "memory" }', lines.since('2026-08-03'))
  lines.fixed('consider_bosh_secure = true', lines.since('2020-12-02'))
  lines.fixed('cross_domain_bosh = false', lines.until('2022-04-19'))
  lines.value('XMPP_DOMAIN', 'meet.jitsi', (domain) => `http_default_host = "${domain}"`)
  writeTurn(lines, lines.since('2021-08-20', turn))
  lines.words('JWT_ACCEPTED_ISSUERS', (word) => `asap_accepted_issuers = { "${word}" }`)
}

function hasTurn(environment: ImageEnvironment): Truth {
  return any(environment.isSet('TURN_HOST'), environment.isSet('TURNS_HOST'))
}

function writeTurn(lines: Lines, when: Truth): void {
  if (when === false) return
  const { environment } = lines
  lines.value('TURN_CREDENTIALS', undefined, (secret) => `external_service_secret = "${secret}"`, when)
  const place = ['TURN_HOST', 'TURNS_HOST', 'STUN_HOST'].find((name) => environment.isSet(name) !== false)
  lines.fixed('external_services = {', when, lines.origin(place ?? 'TURN_HOST'))
  const secret = environment.isSet('TURN_CREDENTIALS') === false ? '' : ', secret = true, algorithm = "turn"'
  const user =
    environment.isSet('TURN_USERNAME') === true ? `, username = "${lines.text('TURN_USERNAME', '')}"` : ''
  const password =
    environment.isSet('TURN_PASSWORD') === true ? `, password = "${lines.text('TURN_PASSWORD', '')}"` : ''
  const tail = `${secret}${user}${password}`
  lines.words(
    'STUN_HOST',
    (host) =>
      `{ type = "stun", host = "${host}", port = "${lines.text('STUN_PORT', '443')}", transport = "udp" };`,
    when,
  )
  lines.words(
    'TURN_HOST',
    (host) =>
      `{ type = "turn", host = "${host}", port = "${lines.text('TURN_PORT', '443')}", transport = "${lines.text('TURN_TRANSPORT', 'tcp')}"${tail} };`,
    when,
  )
  lines.words(
    'TURNS_HOST',
    (host) =>
      `{ type = "turns", host = "${host}", port = "${lines.text('TURNS_PORT', '443')}", transport = "tcp"${tail} };`,
    when,
  )
  lines.fixed('}', when)
}

function writeMainHost(lines: Lines, choices: Choices): void {
  const { environment } = lines
  lines.value('XMPP_DOMAIN', 'meet.jitsi', (domain) => `VirtualHost "${domain}"`)
  if (!environment.complete)
    lines.fixed('VirtualHost "meet.jitsi"', environment.isSet('XMPP_DOMAIN') === true ? false : undefined)
  writeAuthentication(lines, choices)
  lines.fixed('modules_enabled = { "bosh"; "conference_duration"; "features_identity";')
  lines.fixed('"websocket"; "smacks";', choices.websocket)
  lines.fixed('"speakerstats";', lines.until('2025-06-05'))
  lines.fixed(
    '"external_services";',
    lines.since('2021-08-20', lines.until('2024-11-12', hasTurn(environment))),
  )
  const lobbyHere = any(
    lines.since('2021-02-02'),
    all(choices.guests === undefined ? undefined : !choices.guests),
  )
  lines.fixed('"muc_lobby_rooms";', all(choices.lobby, lobbyHere), lines.origin('ENABLE_LOBBY'))
  lines.fixed('"muc_breakout_rooms";', choices.breakout)
  lines.words('XMPP_MODULES', (word) => `"${word}";`)
  lines.fixed(
    '"reservations";',
    environment.flag('PROSODY_RESERVATION_ENABLED', false),
    lines.origin('PROSODY_RESERVATION_ENABLED'),
  )
  lines.fixed('}')
  lines.value('XMPP_MUC_DOMAIN', 'muc.meet.jitsi', (domain) => `main_muc = "${domain}"`)
  lines.value('XMPP_DOMAIN', 'meet.jitsi', (domain) => `lobby_muc = "lobby.${domain}"`, choices.lobby)
  lines.value(
    'PROSODY_RESERVATION_REST_BASE_URL',
    undefined,
    (url) => `reservations_api_prefix = "${url}"`,
    environment.flag('PROSODY_RESERVATION_ENABLED', false),
  )
  lines.words('XMPP_CONFIGURATION', luaAssignment)
}

function writeAuthentication(lines: Lines, choices: Choices): void {
  const { environment } = lines
  const type = authType(environment)
  const place = lines.origin('ENABLE_AUTH')
  const open = not(choices.auth)
  lines.fixed('authentication = "anonymous"', lines.until('2021-10-21', open), place)
  lines.fixed('authentication = "jitsi-anonymous"', lines.since('2021-10-21', open), place)
  const chosen = (name: string): Truth => all(choices.auth, type === undefined ? undefined : type === name)
  lines.fixed('authentication = "internal_hashed"', all(chosen('internal'), lines.since('2020-05-02')), place)
  lines.fixed('authentication = "cyrus"', chosen('ldap'), lines.origin('AUTH_TYPE'))
  lines.fixed('authentication = "matrix_user_verification"', chosen('matrix'), lines.origin('AUTH_TYPE'))
  lines.fixed(
    'authentication = "hybrid_matrix_token"',
    chosen('hybrid_matrix_token'),
    lines.origin('AUTH_TYPE'),
  )
  lines.value('JWT_AUTH_TYPE', 'token', (value) => `authentication = "${value}"`, chosen('jwt'))
  lines.value('JWT_APP_ID', '', (id) => `app_id = "${id}"`, choices.jwt)
  lines.value(
    'JWT_APP_SECRET',
    environment.within('2023-09-01', undefined) === true ? undefined : '',
    (secret) => `app_secret = "${secret}"`,
    choices.jwt,
  )
  lines.flag('JWT_ALLOW_EMPTY', false, (value) => `allow_empty_token = ${value}`, choices.jwt)
  lines.value('JWT_ASAP_KEYSERVER', undefined, (url) => `asap_key_server = "${url}"`, choices.jwt)
  lines.value(
    'MATRIX_UVS_URL',
    undefined,
    (url) => `uvs_base_url = "${url}"`,
    any(chosen('matrix'), chosen('hybrid_matrix_token')),
  )
}

function writeOtherHosts(lines: Lines, choices: Choices): void {
  const { environment } = lines
  lines.value('XMPP_GUEST_DOMAIN', 'guest.meet.jitsi', (domain) => `VirtualHost "${domain}"`, choices.guests)
  // For some months guests came in by an empty token.
  lines.fixed('authentication = "anonymous"', lines.until('2020-12-02', choices.guests))
  lines.fixed(
    'authentication = "token"',
    lines.since('2020-12-02', lines.until('2021-10-21', choices.guests)),
  )
  lines.fixed(
    'allow_empty_token = true',
    lines.since('2020-12-02', lines.until('2021-10-21', choices.guests)),
  )
  lines.value(
    'PROSODY_GUEST_AUTH_TYPE',
    'jitsi-anonymous',
    (type) => `authentication = "${type}"`,
    lines.since('2021-10-21', choices.guests),
  )
  lines.fixed(
    'modules_enabled = { "muc_lobby_rooms"; }',
    lines.until('2021-02-02', choices.guests, choices.lobby),
  )
  lines.value('XMPP_AUTH_DOMAIN', 'auth.meet.jitsi', (domain) => `VirtualHost "${domain}"`)
  lines.fixed('modules_enabled = { "limits_exception"; }')
  lines.fixed('authentication = "internal_hashed"', lines.since('2020-05-02'))
  const recording = any(
    environment.flag('ENABLE_RECORDING', false),
    environment.flag('ENABLE_TRANSCRIPTIONS', false),
    lines.until('2022-06-10', environment.isSet('XMPP_RECORDER_DOMAIN')),
  )
  lines.value(
    'XMPP_HIDDEN_DOMAIN',
    'hidden.meet.jitsi',
    (domain) => `VirtualHost "${domain}"`,
    lines.since('2024-11-12', recording),
  )
  lines.value(
    'XMPP_RECORDER_DOMAIN',
    'recorder.meet.jitsi',
    (domain) => `VirtualHost "${domain}"`,
    lines.until('2024-11-12', recording),
  )
  lines.fixed('authentication = "internal_hashed"', recording)
}

function writeRooms(lines: Lines, choices: Choices): void {
  lines.value(
    'XMPP_INTERNAL_MUC_DOMAIN',
    'internal-muc.meet.jitsi',
    (domain) => `Component "${domain}" "muc"`,
  )
  lines.fixed('storage = "memory"')
  lines.fixed('restrict_room_creation = true', lines.since('2021-10-21'))
  lines.fixed('modules_enabled = {')
  lines.fixed('"muc_hide_all"; "muc_filter_access";', lines.since('2024-09-26'))
  lines.words('XMPP_INTERNAL_MUC_MODULES', (word) => `"${word}";`)
  lines.fixed('}')
  lines.value('XMPP_MUC_DOMAIN', 'muc.meet.jitsi', (domain) => `Component "${domain}" "muc"`)
  lines.fixed('storage = "memory"')
  lines.fixed('restrict_room_creation = true', lines.since('2023-09-01'))
  lines.fixed('modules_enabled = { "muc_meeting_id";')
  lines.fixed('"muc_hide_all";', lines.since('2025-06-05'))
  lines.words('XMPP_MUC_MODULES', (word) => `"${word}";`)
  lines.value('JWT_TOKEN_AUTH_MODULE', 'token_verification', (module) => `"${module}";`, choices.jwt)
  const limited = lines.since('2023-05-02', lines.environment.flag('PROSODY_ENABLE_RATE_LIMITS', false))
  lines.fixed('"muc_rate_limit"; "rate_limit";', limited, lines.origin('PROSODY_ENABLE_RATE_LIMITS'))
  lines.fixed('"muc_max_occupants";', choices.capped, lines.origin('MAX_PARTICIPANTS'))
  lines.fixed('"muc_password_whitelist";', lines.since('2023-05-02'))
  lines.fixed('}')
  lines.value('MAX_PARTICIPANTS', undefined, (count) => `muc_max_occupants = "${count}"`, choices.capped)
  lines.words('XMPP_MUC_CONFIGURATION', luaAssignment)
  lines.fixed('muc_room_locking = false')
  lines.value('XMPP_DOMAIN', 'meet.jitsi', (domain) => `Component "lobby.${domain}" "muc"`, choices.lobby)
  lines.fixed('storage = "memory"', choices.lobby)
  lines.fixed('restrict_room_creation = true', choices.lobby)
  lines.fixed('modules_enabled = { "muc_hide_all"; }', lines.since('2025-06-05', choices.lobby))
  lines.value(
    'XMPP_DOMAIN',
    'meet.jitsi',
    (domain) => `Component "breakout.${domain}" "muc"`,
    choices.breakout,
  )
  lines.fixed('storage = "memory"', choices.breakout)
  lines.fixed('restrict_room_creation = true', choices.breakout)
  lines.fixed('modules_enabled = { "muc_meeting_id"; }', choices.breakout)
  lines.fixed(
    'modules_enabled = { "muc_hide_all"; "muc_meeting_id"; }',
    lines.since('2025-06-05', choices.breakout),
  )
  lines.value(
    'XMPP_DOMAIN',
    'meet.jitsi',
    (domain) => `Component "speakerstats.${domain}" "speakerstats_component"`,
  )
}

/** One line of Lua that a variable brings in; anything but a plain assignment is left out. */
function luaAssignment(text: string): string {
  return /^\s*[A-Za-z_]\w*\s*=\s*(?:true|false|\d+|[A-Za-z.:/_-]*)\s*;?\s*$/.test(text)
    ? text
    : '-- not understood'
}
