// F06, F10-F12: moving software, parts that disagree, objects that replace others, keys that nobody reads.
import type { Bilingual } from '@runde/contract'
import type { Installation, ProsodyHost } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import type { Origin } from '../../core/source.ts'
import { fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { gates } from '../helpers/gate.ts'
import { isAnonymous, nameOf, settingOf } from '../helpers/prosody.ts'
import { flagAt, member, text } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'

export const F06: Rule = {
  id: 'F06',
  name: 'MODULE-TIP',
  concern: 'transport',
  severity: 'low',
  components: ['environment', 'prosody'],
  title: both('Fremde Software kommt in beweglicher Fassung', 'Foreign software comes in a moving release'),
  why: both(
    'Ein Abbild mit `latest` oder ohne Fassung ändert sich ohne Ihr Zutun; was heute geprüft ist, läuft morgen anders.',
    'An image with `latest` or without a release changes without your doing; what was checked today runs differently tomorrow.',
  ),
  mend: both(
    'Eine Fassung oder eine Prüfsumme nennen (`image: name:1.2.3` oder `name@sha256:…`).',
    'Name a release or a digest (`image: name:1.2.3` or `name@sha256:…`).',
  ),
  articles: articles('32'),
  source: 'real installations',
  paperwork: [],
  check: checkPinned,
}

/** Jitsi's own images are the business of the rule on releases (E23). */
const JITSI_IMAGE = /(?:^|\/)jitsi\/|(?:^|\/)(?:web|prosody|jicofo|jvb|jibri|jigasi)(?::|$)/
const MOVING = /^(?:latest|edge|master|main|nightly|unstable|dev|develop|stable|tip|head)$/i

function checkPinned(installation: Installation): readonly Verdict[] {
  const { services, kind } = installation
  // Packages come signed from a repository.
  if (services.length === 0 && kind === 'debian')
    return [notApplicable(fileStart(installation.prosody.files))]
  if (services.length === 0) return [undecidable(undefined, missing('docker-compose.yml'))]
  const moving: { readonly name: string; readonly origin: Origin }[] = []
  const pinned: Origin[] = []
  const unknown: Origin[] = []
  for (const service of services) {
    const image = member(service.node, 'image')
    const name = text(image)
    if (image === undefined || name === '') continue
    if (name === undefined) unknown.push(image.origin)
    else if (JITSI_IMAGE.test(name)) continue
    else if (isPinned(name)) pinned.push(image.origin)
    // Kustomize and charts name the release of an image elsewhere.
    else if (['kubernetes', 'helm'].includes(kind) && !/:[^/]*$/.test(name)) unknown.push(image.origin)
    else moving.push({ name: service.name, origin: image.origin })
  }
  const verdicts: Verdict[] = []
  if (moving.length > 0) {
    const names = [...new Set(moving.map(({ name }) => name))].join(', ')
    verdicts.push(
      violated(
        moving.map(({ origin }) => origin),
        { detail: both(`Dienste: ${names}.`, `Services: ${names}.`) },
      ),
    )
  }
  if (unknown.length > 0) verdicts.push(undecidable(unknown, missing('image')))
  if (verdicts.length > 0) return verdicts
  return [met(pinned.length > 0 ? pinned : services[0]?.origin)]
}

/** A digest, or a tag that does not move. */
function isPinned(image: string): boolean {
  const tag = /:([^/:]{1,128})$/.exec(image)?.[1]
  return image.includes('@sha256:') || (tag !== undefined && !MOVING.test(tag))
}

export const F10: Rule = {
  id: 'F10',
  name: 'GATE-MISMATCH',
  concern: 'access',
  severity: 'med',
  components: ['web', 'jicofo', 'prosody'],
  title: both(
    'config.js, jicofo und prosody nennen verschiedene Türen',
    'config.js, jicofo and prosody name different doors',
  ),
  why: both(
    'Nennt config.js einen Gast-Host, den prosody nicht hat, bleiben Gäste draußen. Verlangt jicofo die Anmeldung an einem Host, der jeden hereinlässt, schützt sie nichts.',
    'Where config.js names a guest host that prosody does not have, guests stay outside. Where jicofo asks to sign in at a host that lets everybody in, it protects nothing.',
  ),
  mend: both(
    'Den Gast-Host in prosody anlegen oder `anonymousdomain` löschen; `login-url` auf den Host mit Konten setzen.',
    'Add the guest host to prosody or delete `anonymousdomain`; set `login-url` to the host with accounts.',
  ),
  articles: articles('32'),
  source: 'real installations; handbook secure domain',
  paperwork: [],
  check: checkDoorsAgree,
}

function checkDoorsAgree(installation: Installation): readonly Verdict[] {
  const { web, jicofo } = installation
  const verdicts = [...guestDoor(installation), ...loginDoor(installation)]
  if (verdicts.length > 0) return verdicts
  const known = web.completeness === 'complete' && jicofo.completeness === 'complete'
  return [
    known
      ? notApplicable(gates(installation)[0]?.origin)
      : undecidable(fileStart(web.files), missing('config.js, jicofo.conf')),
  ]
}

/** The VirtualHosts by name, and whether there can be no others. */
function virtualHosts({ prosody }: Installation): {
  readonly names: ReadonlyMap<string, ProsodyHost>
  readonly certain: boolean
} {
  const hosts = prosody.hosts.filter(({ kind }) => kind === 'VirtualHost')
  const names = new Map(hosts.map((host) => [nameOf(host.name), host]))
  return {
    names,
    certain: prosody.completeness === 'complete' && ![...names.keys()].some((name) => name.includes('*')),
  }
}

function guestDoor(installation: Installation): readonly Verdict[] {
  const guest = lookup(installation.web, 'hosts.anonymousdomain')
  const name = guest.state === 'set' ? text(guest.node)?.toLowerCase() : undefined
  if (guest.state !== 'set' || name === undefined || name === '') return []
  const { names, certain } = virtualHosts(installation)
  const host = names.get(name)
  if (host !== undefined) return [met([guest.origin, host.origin])]
  return [
    certain
      ? violated(guest.origin, noHost(name))
      : undecidable(guest.origin, missing('prosody (VirtualHost)')),
  ]
}

function loginDoor(installation: Installation): readonly Verdict[] {
  const { jicofo } = installation
  const url = lookup(jicofo, 'jicofo.authentication.login-url')
  const login =
    url.state === 'set'
      ? text(url.node)
          ?.toLowerCase()
          .replace(/^xmpp:/, '')
      : undefined
  if (flagAt(jicofo, 'jicofo.authentication.enabled', false).value !== true) return []
  if (url.state !== 'set' || login === undefined) return []
  const { names, certain } = virtualHosts(installation)
  const host = names.get(login)
  if (host === undefined)
    return [
      certain
        ? violated(url.origin, noHost(login))
        : undecidable(url.origin, missing('prosody (VirtualHost)')),
    ]
  const way = settingOf(host, 'authentication')
  if (way === undefined || !isAnonymous(way.value)) return [met([url.origin, host.origin])]
  return [
    violated([url.origin, way.origin], {
      detail: both(`${login} lässt jeden herein.`, `${login} lets everybody in.`),
    }),
  ]
}

function noHost(name: string): { readonly detail: Bilingual } {
  return { detail: both(`prosody hat keinen Host ${name}.`, `prosody has no host ${name}.`) }
}

export const F11: Rule = {
  id: 'F11',
  name: 'OBJ-REPLACE',
  concern: 'client',
  severity: 'med',
  components: ['web'],
  title: both(
    'Ein spät zugewiesenes Objekt löscht frühere Einstellungen',
    'An object assigned late deletes earlier settings',
  ),
  why: both(
    '`config.recordingService = {…}` ersetzt das ganze Objekt. Was vorher darin gesetzt war, ist weg, und der Standard der Software gilt.',
    '`config.recordingService = {…}` replaces the whole object. What was set in it before is gone, and the default of the software holds.',
  ),
  mend: both(
    'Einzelne Glieder zuweisen: `config.recordingService.enabled = false;`.',
    'Assign single members: `config.recordingService.enabled = false;`.',
  ),
  articles: articles('25(1)'),
  source: 'real installations',
  paperwork: [],
  check: checkReplaced,
}

function checkReplaced({ web }: Installation): readonly Verdict[] {
  const gone = web.assignments.filter(
    ({ path, keys, lost, node }) =>
      lost?.reason === 'parent-replaced' &&
      keys.length > 1 &&
      keys[0] !== 'p2p' &&
      node.kind !== 'map' &&
      // A replacement of `config` itself is a rule of its own (B05).
      lookup(web, path.split('.')).state === 'unset' &&
      replacesMember(web.assignments, lost.to),
  )
  const byPlace = Map.groupBy(gone, ({ lost }) => `${lost?.to.file ?? ''}:${lost?.to.line ?? 0}`)
  const verdicts = [...byPlace.values()].map((group) => {
    const names = group.map(({ path }) => path).join(', ')
    return violated([group[0]?.lost?.to, ...group.map(({ origin }) => origin)], {
      detail: both(`Verloren: ${names}.`, `Lost: ${names}.`),
    })
  })
  if (verdicts.length > 0) return verdicts
  return [
    web.completeness === 'complete'
      ? met(fileStart(web.files))
      : undecidable(fileStart(web.files), missing('config.js')),
  ]
}

/** Whether an assignment to a member of `config` stands at the place, not one to `config` itself. */
function replacesMember(
  assignments: Installation['web']['assignments'],
  place: { readonly file: string; readonly line: number },
): boolean {
  const there = assignments.filter(
    ({ origin }) => origin.file === place.file && origin.line <= place.line && origin.endLine >= place.line,
  )
  return (
    there.length === 0 ||
    there.some(({ keys }) => keys.length === 1) ||
    !there.some(({ keys }) => keys.length === 0)
  )
}
