// D13, D15-D17: how many get into a room, who can list rooms and people, and what of a room is kept.
import type { Installation, ProsodyHost } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { replaceValue } from '../helpers/edits.ts'
import { isEveryInterface, isLoopback } from '../helpers/hosts.ts'
import { hostsWith, modulesOf } from '../helpers/prosody.ts'
import { environmentText, flagAt, items, numeric, text } from '../helpers/values.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { addModule } from './token.ts'

function noRooms(installation: Installation): readonly Verdict[] {
  return [undecidable(fileStart(installation.prosody.files), missing('prosody (Component "muc")'))]
}

export const D13: Rule = {
  id: 'D13',
  name: 'MAX',
  concern: 'access',
  severity: 'low',
  components: ['prosody', 'environment'],
  title: both('Räume haben keine Obergrenze', 'Rooms have no upper limit'),
  why: both(
    'Ohne Obergrenze füllt ein Störer den Raum oder den Server, bis er für alle ausfällt.',
    'Without a limit, somebody can fill the room or the server until it fails for everybody.',
  ),
  mend: both(
    'Modul `muc_max_occupants` und `muc_max_occupants = 100` an der Raum-Komponente (Docker: `MAX_PARTICIPANTS`).',
    'Module `muc_max_occupants` and `muc_max_occupants = 100` at the rooms’ component (Docker: `MAX_PARTICIPANTS`).',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet prosody defaults',
  paperwork: [
    {
      part: 'measures',
      met: both(
        'Die Zahl der Teilnehmenden je Raum ist begrenzt.',
        'The number of participants per room is limited.',
      ),
    },
  ],
  check: (installation) => {
    const rooms = hostsWith(installation, 'conference')
    if (rooms.length === 0) {
      const variable = environmentText(installation, 'MAX_PARTICIPANTS')
      return variable.state === 'set' ? [met(variable.origin)] : noRooms(installation)
    }
    return rooms.map((room) => {
      const { names, certain } = modulesOf(room)
      const limit = lookup(room.settings, 'muc_max_occupants')
      if (limit.state === 'unknown' && limit.origin !== undefined)
        return undecidable(limit.origin, missing('muc_max_occupants'))
      const number = limit.state === 'set' ? numeric(limit.node) : undefined
      if (names.has('muc_max_occupants') && number !== undefined && number > 0)
        return met(limit.state === 'set' ? limit.origin : undefined)
      if (!names.has('muc_max_occupants') && !certain)
        return undecidable(room.origin, missing('modules_enabled'))
      if (limit.state === 'unknown') return undecidable(room.origin, missing('muc_max_occupants'))
      return violated(room.origin)
    })
  },
}

export const D15: Rule = {
  id: 'D15',
  name: 'ENUM',
  concern: 'access',
  severity: 'med',
  components: ['prosody'],
  title: both('Die Liste aller Räume ist abrufbar', 'The list of all rooms can be fetched'),
  why: both(
    'Ohne `muc_hide_all` antwortet prosody jedem, der fragt, mit den Namen der laufenden Räume.',
    'Without `muc_hide_all`, prosody answers anybody who asks with the names of the rooms in use.',
  ),
  mend: both(
    '`"muc_hide_all";` in `modules_enabled` der Raum-Komponente aufnehmen.',
    'Add `"muc_hide_all";` to `modules_enabled` of the rooms’ component.',
  ),
  articles: articles('32'),
  source: 'docker-jitsi-meet prosody defaults',
  paperwork: [
    {
      part: 'measures',
      violated: both('Namen laufender Räume sind abrufbar.', 'Names of rooms in use can be fetched.'),
      met: both('Laufende Räume sind nicht auflistbar.', 'Rooms in use cannot be listed.'),
    },
  ],
  check: (installation) => {
    const rooms = hostsWith(installation, 'conference')
    if (rooms.length === 0) return noRooms(installation)
    return rooms.map((room) => {
      const { names, certain } = modulesOf(room)
      const place = names.get('muc_hide_all')
      if (place !== undefined) return met(place)
      if (!certain) return undecidable(room.origin, missing('modules_enabled'))
      return violated(room.origin, { edits: addModule(installation, room, 'muc_hide_all') })
    })
  },
}

export const D16: Rule = {
  id: 'D16',
  name: 'ROOMAPI',
  concern: 'access',
  severity: 'high',
  components: ['prosody', 'nginx'],
  title: both(
    'Teilnehmerlisten sind ohne Anmeldung abrufbar',
    'Lists of participants can be fetched without signing in',
  ),
  why: both(
    'Das Modul `muc_size` beantwortet `/room?room=…` mit Namen und E-Mail-Adressen aller im Raum, wenn es kein Token verlangt.',
    'The module `muc_size` answers `/room?room=…` with names and e-mail addresses of everybody in the room unless it asks for a token.',
  ),
  mend: both(
    '`enable_roomsize_token_verification = true`, oder `/room` und `/room-size` nicht weiterleiten und Port 5280 an 127.0.0.1 binden.',
    '`enable_roomsize_token_verification = true`, or do not forward `/room` and `/room-size`, and bind port 5280 to 127.0.0.1.',
  ),
  articles: articles('32'),
  source: 'jitsi-meet prosody plugins',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Namen und E-Mail-Adressen von Teilnehmenden sind über eine Schnittstelle abrufbar.',
        'Names and e-mail addresses of participants can be fetched through an interface.',
      ),
    },
  ],
  check: checkRoomApi,
}

function checkRoomApi(installation: Installation): readonly Verdict[] {
  const { prosody } = installation
  const loaded = prosody.hosts.flatMap((host) => {
    const place = modulesOf(host).names.get('muc_size')
    return place === undefined ? [] : [{ host, place }]
  })
  if (loaded.length === 0) {
    const certain =
      prosody.completeness === 'complete' && prosody.hosts.every((host) => modulesOf(host).certain)
    return [
      certain
        ? met(fileStart(prosody.files))
        : undecidable(fileStart(prosody.files), missing('modules_enabled')),
    ]
  }
  const { host, place } = loaded[0] ?? { host: undefined, place: undefined }
  if (host === undefined) return []
  const verification = flagAt(host.settings, 'enable_roomsize_token_verification', false)
  if (verification.value === true) return [met(verification.origin)]
  if (verification.value === undefined && verification.origin !== undefined)
    return [undecidable(verification.origin, missing('enable_roomsize_token_verification'))]
  const forwarded = roomLocation(installation)
  if (forwarded !== undefined) return [violated([place, forwarded])]
  const bound = httpBinding(installation.prosody.hosts[0])
  if (bound?.every === true && installation.kind !== 'docker') return [violated([place, bound.origin])]
  if (bound?.every === false && installation.nginx.completeness === 'complete')
    return [met([place, bound.origin])]
  return [undecidable(place, missing('nginx, http_interfaces'))]
}

/** A location of nginx that hands `/room` or everything on to prosody's HTTP port. */
function roomLocation({ nginx }: Installation): Origin | undefined {
  const scope = nginx.scopes.find(({ kind, args, effective }) => {
    if (kind !== 'location') return false
    const target = effective.get('proxy_pass')?.[0]?.args[0] ?? ''
    return (
      /:5280(?:\/|$)|prosody/.test(target) && /room/.test(args.join(' ')) && !/room-info/.test(args.join(' '))
    )
  })
  return scope?.directive.origin
}

function httpBinding(
  global: ProsodyHost | undefined,
): { readonly every: boolean; readonly origin: Origin } | undefined {
  const found = global === undefined ? undefined : lookup(global.settings, 'http_interfaces')
  if (found?.state !== 'set') return undefined
  const names = items(found.node).map((item) => text(item))
  if (names.some((name) => name !== undefined && isEveryInterface(name)))
    return { every: true, origin: found.origin }
  return names.every((name) => name !== undefined && isLoopback(name))
    ? { every: false, origin: found.origin }
    : undefined
}

export const D17: Rule = {
  id: 'D17',
  name: 'ARCHIVE',
  concern: 'storage',
  severity: 'high',
  components: ['prosody'],
  title: both('Der Chat wird gespeichert', 'The chat is stored'),
  why: both(
    'Mit `muc_mam` oder `mam` schreibt prosody Nachrichten auf die Platte; eine Speicherung der Räume außerhalb des Arbeitsspeichers überlebt jede Besprechung.',
    'With `muc_mam` or `mam`, prosody writes messages to the disk; rooms stored outside of memory outlive every meeting.',
  ),
  mend: both(
    '`storage = "memory"` an der Raum-Komponente, `muc_mam` und `mam` entfernen.',
    '`storage = "memory"` at the rooms’ component; remove `muc_mam` and `mam`.',
  ),
  articles: articles('5(1)e'),
  source: 'docker-jitsi-meet prosody defaults',
  paperwork: [
    {
      part: 'categories',
      violated: both(
        'Daten der Räume (Nachrichten oder Raumdaten) werden dauerhaft gespeichert.',
        'Data of rooms (messages or room data) are stored permanently.',
      ),
    },
    {
      part: 'erasure',
      violated: both(
        'Für gespeicherte Raumdaten besteht keine Löschfrist.',
        'There is no erasure term for stored data of rooms.',
      ),
      met: both(
        'Nachrichten und Raumdaten bestehen nur im Arbeitsspeicher, bis der Raum endet.',
        'Messages and room data exist in memory only, until the room ends.',
      ),
    },
  ],
  check: checkArchive,
}

/** Kinds of storage that keep nothing beyond the process. */
const FLEETING = ['memory', 'none', 'null']

function checkArchive(installation: Installation): readonly Verdict[] {
  const rooms = hostsWith(installation, 'conference')
  if (rooms.length === 0) return noRooms(installation)
  return rooms.map((room) => {
    const { names, certain } = modulesOf(room)
    const archive = names.get('muc_mam') ?? names.get('mam')
    const storage = lookup(room.settings, 'storage')
    const kind = storage.state === 'set' ? text(storage.node) : undefined
    const fleeting = kind !== undefined && FLEETING.includes(kind)
    if (archive !== undefined && !fleeting) return violated(archive)
    if (archive !== undefined) return met([storage.state === 'set' ? storage.origin : undefined, archive])
    if (fleeting)
      return certain
        ? met(storage.state === 'set' ? storage.origin : undefined)
        : undecidable(room.origin, missing('modules_enabled'))
    if (storage.state === 'unknown') return undecidable(storage.origin ?? room.origin, missing('storage'))
    const whole = storage.state === 'set' && storage.node.kind === 'text' && storage.origin.kind === 'file'
    if (storage.state === 'set' && storage.node.kind === 'map')
      return undecidable([storage.origin, room.origin], missing('storage'))
    return violated([storage.state === 'set' ? storage.origin : undefined, room.origin], {
      severity: 'med',
      detail: both(
        'Raumdaten liegen auf der Platte, kein Archiv der Nachrichten.',
        'Room data are on the disk; no archive of messages.',
      ),
      edits: whole && storage.state === 'set' ? replaceValue(storage.origin, '"memory"') : [],
    })
  })
}
