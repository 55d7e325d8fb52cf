// `runde prove`: asks the running server to test its promises, and prints what came of it.
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { asEpochMillis } from '@runde/contract'
import type { Language } from '@runde/dossier'
import * as z from 'zod/mini'
import type { ServerConfig } from '../config/config.ts'
import { loadConfig } from '../config/load.ts'
import { findKeyPair, openStore } from '../data-folder.ts'
import { PROVER } from '../http/proof-routes.ts'
import { terminalLanguage } from '../language.ts'
import { StartFailure } from '../start-failures.ts'
import { mintAccessToken } from '../tokens.ts'
import { type Command, readFlags } from './command.ts'

/** Searching large log folders takes its time. */
const TIMEOUT_MS = 120_000

const bilingual = z.object({ de: z.string(), en: z.string() })
const Reports = z.object({
  reports: z.array(
    z.object({
      id: z.string(),
      label: bilingual,
      measured: z.boolean(),
      passed: z.optional(z.boolean()),
      value: z.optional(z.unknown()),
      found: z.optional(z.array(z.string())),
      reason: z.optional(bilingual),
    }),
  ),
})
const Surrounding = z.object({ service: z.string(), state: z.string() })
type Report = z.infer<typeof Reports>['reports'][number]

/** Prints one line per probe; exit code 1 when one failed. */
export const prove: Command = async (args, context) => {
  readFlags(args, {})
  const { config, secrets } = loadConfig(context.env)
  const now = asEpochMillis(Date.now())
  const store = await openStore(config.dataFolder)
  let token
  try {
    const pair = await findKeyPair(store, secrets, now)
    token = mintAccessToken(pair, { identity: PROVER, name: undefined, grant: {}, ttlSeconds: 60 }, now)
  } finally {
    await store.close()
  }
  const { reports } = Reports.parse(JSON.parse(await post(config, token.reveal())))
  const language = terminalLanguage(context.env)
  for (const report of reports) context.print(line(report, language))
  if (reports.some(({ passed }) => passed === false)) process.exitCode = 1
}

const WORDS = {
  de: { passed: 'bestanden', failed: 'NICHT bestanden', open: 'nicht gemessen', found: 'gefunden in' },
  en: { passed: 'passed', failed: 'FAILED', open: 'not measured', found: 'found in' },
} as const

function line({ label, passed, value, found = [], reason }: Report, language: Language): string {
  const words = WORDS[language]
  if (passed === undefined) return `${words.open.padEnd(16)} ${label[language]}: ${reason?.[language] ?? ''}`
  const places = found.length === 0 ? '' : `; ${words.found}: ${found.join(', ')}`
  return `${(passed ? words.passed : words.failed).padEnd(16)} ${label[language]}: ${shown(value)}${places}`
}

/** A value on one line. */
function shown(value: unknown): string {
  return Array.isArray(value)
    ? value.map((each) => (typeof each === 'string' ? each : nameOf(each))).join(', ')
    : String(value)
}

/** What the surroundings' probe found, in short. */
function nameOf(value: unknown): string {
  const { service, state } = Surrounding.parse(value)
  return `${service} (${state})`
}

/** Asks the server on this machine, whatever its public address is. */
async function post(config: ServerConfig, token: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const make = config.tls === undefined ? httpRequest : httpsRequest
  const options = {
    host: config.host ?? '127.0.0.1',
    port: config.port,
    path: '/api/proofs',
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, origin: config.publicUrl },
    timeout: TIMEOUT_MS,
    // The certificate names the public host, not this machine's inner address.
    ...(config.tls === undefined ? {} : { rejectUnauthorized: false }),
  }
  const request = make(options, (response) => {
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => (text += chunk))
    response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(unreachable())))
    response.on('error', reject)
  })
  request.on('timeout', () => request.destroy(unreachable()))
  request.on('error', (error) => reject(error instanceof StartFailure ? error : unreachable(error)))
  request.end()
  return promise
}

function unreachable(cause?: unknown): StartFailure {
  return new StartFailure(
    {
      code: 'usage',
      text: {
        de: 'Der Server antwortet nicht. Bitte starten Sie ihn und prüfen Sie, ob der Befehl dieselben Einstellungen benutzt (RUNDE_CONFIG, RUNDE_DATA, RUNDE_PORT).',
        en: 'The server does not answer. Please start it and check that the command uses the same settings (RUNDE_CONFIG, RUNDE_DATA, RUNDE_PORT).',
      },
    },
    cause,
  )
}
