import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Finished, type Workplace, createWorkplace } from '../testing/process.ts'

const PATIENCE_MS = 30_000
const SECRET = 'Tr0ub4dor-and-3-more'

const OPEN_RELAY = `realm=meet.example.org
no-auth
static-auth-secret=${SECRET}
verbose
denied-peer-ip=10.0.0.0-10.255.255.255
`
const STOCK_ROTATION = `/var/log/jitsi/jvb.log {
    hourly
    size 100M
    rotate 24
}
`

interface Result {
  counts: Record<string, number>
  findings: {
    rule: string
    state: string
    severity: string
    file: string | null
    line: number | null
    message: string
    mend: string
    articles: string[]
  }[]
  files: { path: string; outcome: string }[]
  comparison?: { mended: { rule: string }[]; remaining: { rule: string }[] }
}

let place: Workplace
beforeAll(() => {
  place = createWorkplace()
  put('conf/turnserver.conf', OPEN_RELAY)
  put('conf/logrotate.d/jitsi-videobridge', STOCK_ROTATION)
  put('clean/readme.txt', 'Nothing to see here.\n')
})
afterAll(() => {
  place.remove()
})

function put(path: string, text: string | Uint8Array): void {
  const full = join(place.folder, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, text)
}

function audit(...args: string[]): Promise<Finished> {
  return place.run(['audit-jitsi', ...args])
}

async function auditJson(...args: string[]): Promise<Result> {
  const { stdout, code } = await audit('--json', ...args)
  expect([0, 1]).toContain(code)
  return JSON.parse(stdout) as Result
}

test(
  'a folder gives findings with file, line and mend, and exit code 1 when something severe is violated',
  async () => {
    const [text, json] = await Promise.all([audit('conf', '--lang', 'de'), auditJson('conf')])
    expect(text.code).toBe(1)
    expect(text.stderr).toBe('')
    expect(text.stdout).toContain('conf/turnserver.conf:2')
    expect(text.stdout).toContain('So wird es richtig')
    expect(text.stdout).not.toContain('\u001B')
    const finding = json.findings.find(({ rule }) => rule === 'A14')
    expect(finding).toMatchObject({
      state: 'violated',
      severity: 'crit',
      file: 'conf/turnserver.conf',
      line: 2,
    })
    expect(finding?.articles).toEqual(['GDPR Art. 32'])
    for (const { rule, state, severity, message, mend } of json.findings)
      for (const words of [rule, state, severity, message, mend]) expect(words).toMatch(/\S/)
  },
  PATIENCE_MS,
)

test(
  'no secret is printed in any form',
  async () => {
    const names = ['out.sarif', 'out.md', 'out.html', 'out.patch']
    const [sarif, md, html, patch] = names
    const made = await audit(
      'conf',
      '--sarif',
      `${sarif}`,
      '--markdown',
      `${md}`,
      '--html',
      `${html}`,
      '--patch',
      `${patch}`,
    )
    const json = await audit('conf', '--json')
    const written = names.map((name) => readFileSync(join(place.folder, name), 'utf8'))
    for (const text of [made.stdout, made.stderr, json.stdout, ...written]) expect(text).not.toContain(SECRET)
    for (const text of written) expect(text.length).toBeGreaterThan(100)
  },
  PATIENCE_MS,
)

test(
  'the report is written as PDF and as Word file',
  async () => {
    const { stderr } = await audit('conf', '--docx', 'out.docx', '--pdf', 'out.pdf')
    const head = (name: string): string => {
      const path = join(place.folder, name)
      return existsSync(path) ? readFileSync(path).subarray(0, 4).toString('latin1') : 'none'
    }
    const heads = [head('out.pdf'), head('out.docx')]
    // Where the platform has no typesetting component, that is said in one sentence and nothing is examined.
    const refused = stderr.includes('PDF cannot be written here')
    expect(heads).toEqual(refused ? ['none', 'none'] : ['%PDF', 'PK\u0003\u0004'])
  },
  PATIENCE_MS,
)

test(
  'what fails is up to --fail-on',
  async () => {
    const codes = await Promise.all(
      [
        ['conf', '--fail-on', 'none'],
        ['conf', '--fail-on', 'crit'],
        ['clean', '--fail-on', 'low'],
      ].map(async (args) => (await audit(...args)).code),
    )
    expect(codes).toEqual([0, 1, 0])
  },
  PATIENCE_MS,
)

test.each([
  [[], 'It is missing what to examine'],
  [['nowhere'], 'There is no such path'],
  [['conf', '--frobnicate'], 'does not understand these arguments'],
  [['conf', '--fail-on', 'some'], 'The option --fail-on can be crit, high, med, low, none.'],
  [['conf', '--lang', 'fr'], 'The option --lang can be de, en.'],
  [['conf', '--own-host', 'a b'], 'is not a host name'],
  [['conf', '--compare', 'conf/turnserver.conf'], 'not an output of runde audit-jitsi --json'],
  [['conf', '--html', 'no/such/folder.html'], 'This file cannot be written'],
  [['--live', 'ftp://example.org'], 'is not the address of a server'],
  [['--live', 'https://example.org/path'], 'is not the address of a server'],
  [['--live', 'https://127.0.0.1'], 'needs your consent'],
])(
  '%j is refused with exit code 2 and one sentence',
  async (args, sentence) => {
    const { code, stderr } = await audit(...args)
    expect([code, stderr.trim().split('\n').length]).toEqual([2, 1])
    expect(stderr).toContain(sentence)
  },
  PATIENCE_MS,
)

test(
  'a full path stays one, in findings and in the list of files',
  async () => {
    const json = await auditJson(join(place.folder, 'conf'))
    const file = join(place.folder, 'conf/turnserver.conf')
    expect(json.findings.find(({ rule }) => rule === 'A14')?.file).toBe(file)
    expect(json.files.map(({ path }) => path)).toContain(file)
  },
  PATIENCE_MS,
)

test(
  'standard input is recognised by what it says',
  async () => {
    const running = place.start(['audit-jitsi', '--json', '-'], {}, OPEN_RELAY)
    const { code, stdout } = await running.finished
    expect(code).toBe(1)
    const json = JSON.parse(stdout) as Result
    expect(json.findings.find(({ rule }) => rule === 'A14')).toMatchObject({
      state: 'violated',
      file: 'stdin',
      line: 2,
    })
  },
  PATIENCE_MS,
)

test.each(['tgz', 'tar'])(
  'a %s archive is examined like the folder in it',
  async (kind) => {
    const flags = kind === 'tgz' ? 'czf' : 'cf'
    execFileSync('tar', [flags, `set.${kind}`, 'conf'], { cwd: place.folder })
    const [named, piped] = await Promise.all([
      auditJson(`set.${kind}`),
      place.start(['audit-jitsi', '--json', '-'], {}, readFileSync(join(place.folder, `set.${kind}`)))
        .finished,
    ])
    const rulesOf = ({ findings }: Result): string[] =>
      findings.filter(({ state }) => state === 'violated').map(({ rule }) => rule)
    const folder = rulesOf(await auditJson('conf'))
    expect(rulesOf(named)).toEqual(folder)
    expect(rulesOf(JSON.parse(piped.stdout) as Result)).toEqual(folder)
    expect(named.files.map(({ path }) => path)).toContain(`set.${kind}/conf/turnserver.conf`)
  },
  PATIENCE_MS,
)

test(
  'links in circles, pipes and binary files neither hang nor hurt',
  async () => {
    put('odd/turnserver.conf', OPEN_RELAY)
    put('odd/picture.png', new Uint8Array([0x89, 0x50, 0, 0]))
    symlinkSync('.', join(place.folder, 'odd/again'))
    symlinkSync('nowhere', join(place.folder, 'odd/dangling'))
    execFileSync('mkfifo', [join(place.folder, 'odd/pipe')])
    const json = await auditJson('odd')
    expect(json.findings.filter(({ rule, state }) => rule === 'A14' && state === 'violated')).toHaveLength(1)
    const outcome = Object.fromEntries(json.files.map(({ path, outcome: what }) => [path, what]))
    expect(outcome).toMatchObject({
      'odd/turnserver.conf': 'read',
      'odd/picture.png': 'not-read',
      'odd/pipe': 'not-read',
      'odd/dangling': 'not-read',
    })
  },
  PATIENCE_MS,
)

test(
  'of a file and the link that switches it on, the link counts',
  async () => {
    put('nginx/sites-available/a.conf', 'server { listen 443 ssl; server_name a.example.org; }\n')
    mkdirSync(join(place.folder, 'nginx/sites-enabled'))
    symlinkSync('../sites-available/a.conf', join(place.folder, 'nginx/sites-enabled/a.conf'))
    const json = await auditJson('nginx')
    expect(json.files.map(({ path }) => path)).toEqual(['nginx/sites-enabled/a.conf'])
  },
  PATIENCE_MS,
)

/** `patch` is not on every machine; where it is, it has to agree with git. */
const TOOLS = spawnSync('patch', ['--version']).status === 0 ? ['git', 'patch'] : ['git']

test.each(TOOLS)(
  '%s applies the patch, and after it what was mended is gone and nothing else is different',
  async (tool) => {
    cpSync(join(place.folder, 'conf'), join(place.folder, tool, 'conf'), { recursive: true })
    const cwd = join(place.folder, tool)
    const before = await auditJson(`${tool}/conf`)
    const made = await audit(`${tool}/conf`, '--patch', `${tool}.patch`, '--fail-on', 'none')
    expect(made.stderr).toMatch(/mends \d+ findings/)
    const patch = join(place.folder, `${tool}.patch`)
    if (tool === 'patch') execFileSync('patch', ['-p1', '-i', patch], { cwd: place.folder })
    else execFileSync('git', ['apply', '--unidiff-zero', '-p1', patch], { cwd: place.folder })
    const after = await auditJson(`${tool}/conf`)
    const violated = (result: Result): string[] =>
      [...new Set(result.findings.filter(({ state }) => state === 'violated').map(({ rule }) => rule))].sort()
    expect(violated(before)).toContain('C19')
    expect(violated(after)).not.toContain('C19')
    expect(violated(after).filter((rule) => !violated(before).includes(rule))).toEqual([])
    expect(existsSync(join(cwd, 'conf/turnserver.conf.rej'))).toBe(false)
  },
  PATIENCE_MS,
)

test(
  'a later run is compared with an earlier one',
  async () => {
    const earlier = await audit('conf', '--json')
    put('earlier.json', earlier.stdout)
    put('conf2/conf/turnserver.conf', OPEN_RELAY)
    put(
      'conf2/conf/logrotate.d/jitsi-videobridge',
      STOCK_ROTATION.replace('size', 'maxsize').replace('24', '5').replace('hourly', 'daily'),
    )
    const running = place.start(
      ['audit-jitsi', 'conf', '--json', '--compare', '../earlier.json'],
      {},
      '',
      'conf2',
    )
    const json = JSON.parse((await running.finished).stdout) as Result
    expect(json.comparison?.mended.map(({ rule }) => rule)).toContain('C19')
    expect(json.comparison?.remaining.map(({ rule }) => rule)).toContain('A14')
  },
  PATIENCE_MS,
)
