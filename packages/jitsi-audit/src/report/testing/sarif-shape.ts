// Checks a log against the part of SARIF 2.1.0 that the report uses: which properties an object may and must have, and of what type.

/** A type: a primitive, a list `[of]`, values of one text each (`texts`), anything (`bag`), or one of the objects below. */
type Kind = 'text' | 'count' | 'true' | 'texts' | 'bag' | 'level' | readonly [Kind | Name] | Name

interface Shape {
  /** Properties that may be there; the standard forbids all others (`additionalProperties: false`). */
  readonly may: Readonly<Record<string, Kind>>
  readonly must: readonly string[]
}

type Name =
  | 'log'
  | 'run'
  | 'tool'
  | 'driver'
  | 'rule'
  | 'configuration'
  | 'message'
  | 'words'
  | 'invocation'
  | 'notification'
  | 'ruleReference'
  | 'result'
  | 'location'
  | 'physicalLocation'
  | 'artifactLocation'
  | 'region'
  | 'fix'
  | 'artifactChange'
  | 'replacement'
  | 'content'

/** Sections 3.13 to 3.58 of the standard, as far as the report goes. */
const SHAPES: Readonly<Record<Name, Shape>> = {
  log: { may: { $schema: 'text', version: 'text', runs: ['run'] }, must: ['version', 'runs'] },
  run: {
    may: { tool: 'tool', columnKind: 'text', invocations: ['invocation'], results: ['result'] },
    must: ['tool', 'results'],
  },
  tool: { may: { driver: 'driver' }, must: ['driver'] },
  driver: {
    may: { name: 'text', semanticVersion: 'text', language: 'text', rules: ['rule'] },
    must: ['name'],
  },
  rule: {
    may: {
      id: 'text',
      name: 'text',
      shortDescription: 'words',
      fullDescription: 'words',
      help: 'words',
      defaultConfiguration: 'configuration',
      properties: 'bag',
    },
    must: ['id', 'shortDescription', 'fullDescription', 'help'],
  },
  configuration: { may: { level: 'level' }, must: [] },
  message: { may: { text: 'text' }, must: ['text'] },
  words: { may: { text: 'text', markdown: 'text' }, must: ['text'] },
  invocation: {
    may: { executionSuccessful: 'true', toolExecutionNotifications: ['notification'] },
    must: ['executionSuccessful'],
  },
  notification: {
    may: { level: 'level', associatedRule: 'ruleReference', message: 'message', locations: ['location'] },
    must: ['message'],
  },
  ruleReference: { may: { id: 'text', index: 'count' }, must: ['id'] },
  result: {
    may: {
      ruleId: 'text',
      ruleIndex: 'count',
      kind: 'text',
      level: 'level',
      message: 'message',
      locations: ['location'],
      relatedLocations: ['location'],
      fixes: ['fix'],
      partialFingerprints: 'texts',
      properties: 'bag',
    },
    must: ['ruleId', 'message', 'locations'],
  },
  location: { may: { id: 'count', physicalLocation: 'physicalLocation' }, must: ['physicalLocation'] },
  physicalLocation: {
    may: { artifactLocation: 'artifactLocation', region: 'region' },
    must: ['artifactLocation', 'region'],
  },
  artifactLocation: { may: { uri: 'text' }, must: ['uri'] },
  region: {
    may: { startLine: 'count', startColumn: 'count', endLine: 'count', endColumn: 'count' },
    must: ['startLine'],
  },
  fix: { may: { description: 'message', artifactChanges: ['artifactChange'] }, must: ['artifactChanges'] },
  artifactChange: {
    may: { artifactLocation: 'artifactLocation', replacements: ['replacement'] },
    must: ['artifactLocation', 'replacements'],
  },
  replacement: { may: { deletedRegion: 'region', insertedContent: 'content' }, must: ['deletedRegion'] },
  content: { may: { text: 'text' }, must: [] },
}

const LEVELS: readonly unknown[] = ['none', 'note', 'warning', 'error']

/** Everything in the log that the standard does not allow, as `path: what`. */
export function sarifFaults(log: unknown): string[] {
  return faults(log, 'log', '')
}

function faults(value: unknown, kind: Kind, path: string): string[] {
  if (typeof kind !== 'string') {
    if (!Array.isArray(value)) return [`${path}: not a list`]
    return value.flatMap((item: unknown, at) => faults(item, kind[0], `${path}[${at}]`))
  }
  switch (kind) {
    case 'text':
      return typeof value === 'string' ? [] : [`${path}: not a text`]
    case 'count':
      return Number.isInteger(value) && Number(value) >= 0 ? [] : [`${path}: not a count`]
    case 'true':
      return value === true ? [] : [`${path}: not true`]
    case 'level':
      return LEVELS.includes(value) ? [] : [`${path}: not a level`]
    case 'bag':
      return isObject(value) ? [] : [`${path}: not an object`]
    case 'texts':
      return isObject(value) && Object.values(value).every((one) => typeof one === 'string')
        ? []
        : [`${path}: not texts`]
    default:
      return ofShape(value, SHAPES[kind], path)
  }
}

function ofShape(value: unknown, { may, must }: Shape, path: string): string[] {
  if (!isObject(value)) return [`${path}: not an object`]
  const missing = must.filter((name) => !(name in value)).map((name) => `${path}: ${name} is missing`)
  const wrong = Object.entries(value).flatMap(([name, inner]) => {
    const kind = may[name]
    return kind === undefined ? [`${path}: ${name} is unknown`] : faults(inner, kind, `${path}.${name}`)
  })
  return [...missing, ...wrong]
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
