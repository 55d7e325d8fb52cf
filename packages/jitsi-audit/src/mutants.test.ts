// One line of a hardened installation is changed as people change it by mistake: exactly the rules that it breaks say so, at that place.
import { describe, expect, it } from 'vitest'
import { audit } from './audit.ts'
import { HARDENED_DEBIAN } from './testing/hardened/debian.ts'
import { HARDENED_DOCKER } from './testing/hardened/docker.ts'

type Files = Readonly<Record<string, string>>

interface Mutant {
  readonly name: string
  readonly set: Files
  /** Path, the text that must be there once, and what takes its place. */
  readonly change: readonly [path: string, from: string, to: string]
  /** Rules that are violated then, and no others. */
  readonly violated: readonly string[]
  /** Rules that say of something written that it has no effect. */
  readonly overridden?: readonly string[]
  /** A text of the line that the finding of this rule shows (the first rule unless named). */
  readonly line?: string
  readonly shows?: string
}

const WEB = 'etc/jitsi/meet/meet.example.org-config.js'
const BRIDGE = 'etc/jitsi/videobridge/jvb.conf'
const LEGACY = 'etc/jitsi/videobridge/sip-communicator.properties'
const SITE = 'etc/nginx/sites-enabled/meet.example.org.conf'
const STUN = 'stunServers: []'

const MUTANTS: readonly Mutant[] = [
  {
    name: 'a line that throws before the settings that count',
    set: HARDENED_DEBIAN,
    change: [WEB, 'var config = {', 'var config = {};\nconfig.lobby.autoKnock = true;\nconfig = {'],
    violated: ['B01', 'B02', 'B04', 'B20', 'B27', 'B30', 'D12'],
    shows: 'B04',
    line: 'config.lobby.autoKnock',
  },
  {
    name: 'access_log off at http level only, a path in the server',
    set: HARDENED_DEBIAN,
    change: [
      SITE,
      '    http2 on;\n    server_name meet.example.org;\n    access_log off;',
      '    http2 on;\n    server_name meet.example.org;\n    access_log /var/log/nginx/access.log;',
    ],
    violated: ['C01', 'C03'],
    line: 'access_log /var/log/nginx/access.log',
  },
  {
    name: 'enabled = false beside addresses',
    set: HARDENED_DEBIAN,
    change: [
      BRIDGE,
      'stun.addresses = []',
      'stun { enabled = false, addresses = [ "stun.l.google.com:19302" ] }',
    ],
    violated: ['A06', 'A08'],
    line: 'enabled = false',
  },
  {
    name: 'Google in comments only',
    set: HARDENED_DEBIAN,
    change: [
      WEB,
      STUN,
      "/* urls: 'stun:stun.l.google.com:19302' */ stunServers: [ // { urls: 'stun:stun1.l.google.com:19302' }\n]",
    ],
    violated: [],
  },
  {
    name: 'the same without the comment',
    set: HARDENED_DEBIAN,
    change: [WEB, STUN, "stunServers: [ { urls: 'stun:stun1.l.google.com:19302' }\n]"],
    violated: [],
    overridden: ['A01'],
  },
  {
    name: 'an old property of the bridge against its HOCON',
    set: { ...HARDENED_DEBIAN, [LEGACY]: 'org.jitsi.videobridge.ENABLE_STATISTICS=true\n' },
    change: [
      LEGACY,
      'ENABLE_STATISTICS=true\n',
      'ENABLE_STATISTICS=true\norg.ice4j.ice.harvest.STUN_MAPPING_HARVESTER_ADDRESSES=stun.l.google.com:19302\n',
    ],
    violated: ['A06', 'A09'],
    line: 'STUN_MAPPING_HARVESTER_ADDRESSES',
  },
  {
    name: 'config.p2p replaced late',
    set: HARDENED_DEBIAN,
    change: [WEB, '};\n', '};\nconfig.p2p = { enabled: true };\n'],
    violated: ['A03', 'A12', 'B05'],
  },
  {
    name: 'an empty value of a variable, which means the default',
    set: HARDENED_DOCKER,
    change: ['.env', 'ENABLE_P2P=0', 'ENABLE_P2P='],
    violated: ['A12', 'F12'],
  },
]

function of(set: Files, [path, from, to]: Mutant['change']): Files {
  const text = set[path] ?? ''
  expect(text.split(from).length - 1, `${path} holds the text to change`).toBeGreaterThan(0)
  const at = from === '};\n' ? text.lastIndexOf(from) : text.indexOf(from)
  return { ...set, [path]: text.slice(0, at) + to + text.slice(at + from.length) }
}

function said(set: Files): ReturnType<typeof audit> {
  return audit(Object.entries(set).map(([path, text]) => ({ path, text })))
}

function rules(set: Files, state: string): readonly string[] {
  return [...new Set(said(set).findings.flatMap((one) => (one.state === state ? [one.rule] : [])))].toSorted()
}

describe('mutants of hardened installations', () => {
  for (const mutant of MUTANTS)
    it(`${mutant.name}: breaks its own rules and no others`, () => {
      const changed = of(mutant.set, mutant.change)
      expect(rules(mutant.set, 'violated'), 'the set before').toEqual([])
      expect(rules(changed, 'violated')).toEqual(mutant.violated)
      const before = rules(mutant.set, 'overridden')
      const after = rules(changed, 'overridden').filter((rule) => !before.includes(rule))
      expect(mutant.overridden === undefined ? [] : after).toEqual(mutant.overridden ?? [])
      const first = mutant.shows ?? mutant.violated[0]
      if (first === undefined || mutant.line === undefined) return
      const shown = said(changed).findings.find(({ rule, state }) => rule === first && state === 'violated')
      const place = shown?.places[0]
      const text = changed[place?.file ?? '']?.split('\n')[(place?.line ?? 0) - 1] ?? ''
      expect(text).toContain(mutant.line)
    })
})
