// No text makes a rule throw, hang, or say something else the second time; whatever a file holds, secrets stay unsaid.
import { expect, it } from 'vitest'
import { assemble } from '../model/assemble.ts'
import { fuzzParser } from '../parse/testing/fuzz.ts'
import { HARDENED_DEBIAN } from '../testing/hardened/debian.ts'
import { HARDENED_DOCKER } from '../testing/hardened/docker.ts'
import { STRONG } from '../testing/samples.ts'
import { RULES } from './index.ts'

/** One text holds a path in its first line and the file below it, so that mutations reach both. */
const SEEDS: readonly string[] = [...Object.entries(HARDENED_DEBIAN), ...Object.entries(HARDENED_DOCKER)].map(
  ([path, text]) => `${path}\n${text}`,
)

/** What rules look for, in all formats. */
const PIECES: readonly string[] = [
  '\n',
  ' = ',
  ': ',
  '{ ',
  ' }',
  '[',
  ']',
  ';',
  ',',
  '"',
  "'",
  'null',
  'true',
  'false',
  '0',
  '-1',
  '{{ x }}',
  '${X:-d}',
  '__X__',
  'config.p2p = {stunServers: [',
  "{urls: 'stun:stun.l.google.com'}",
  'hosts',
  'VirtualHost "meet.example.org"',
  'Component "conference.meet.example.org" "muc"',
  'authentication = "token"',
  'modules_enabled = { "muc_size"; 1, nil, {} }',
  'external_services = { { host = {} }, "x" }',
  'videobridge.apis.xmpp-client.configs = [1]',
  'ice4j.harvest.mapping.stun.addresses = {a: 1}',
  'jicofo.authentication = true',
  'location /recordings { autoindex on; }',
  'set_real_ip_from 0.0.0.0/0;',
  'resolver 8.8.8.8;',
  'denied-peer-ip=10.0.0.0-',
  'user=a',
  'ports: [1, {target: x}, "::", "a:b:c"]',
  'image:',
  'JVB_AUTH_PASSWORD=',
]

/** A hundred thousand cases take some four minutes, in milliseconds. */
const TIME = 900_000

const SECRETS: readonly string[] = Object.values(STRONG)

function everythingSaid(text: string): readonly string[] {
  const end = text.indexOf('\n')
  const path = end === -1 ? '.env' : text.slice(0, end)
  const installation = assemble([{ path, text: text.slice(end + 1) }])
  return RULES.map((rule) =>
    JSON.stringify(
      rule.check(installation).map(({ state, detail, mend, edits }) => ({ state, detail, mend, edits })),
    ),
  )
}

it('rules bear every text, say the same twice, and never a secret', { timeout: TIME }, () => {
  const told: string[] = []
  const parse = (text: string): readonly string[] => {
    const said = everythingSaid(text)
    for (const one of said) if (SECRETS.some((secret) => one.includes(secret))) told.push(one)
    return said
  }
  expect(fuzzParser({ seeds: SEEDS, pieces: PIECES, parse })).toEqual([])
  expect(told).toEqual([])
})
