// Feeds parsers with seeded nonsense: changed real texts and texts made of a format's own pieces.
/** What the suites need of Node; the package itself knows none of it. */
interface Host {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly cpuUsage: (since?: Usage) => Usage
}
interface Usage {
  readonly user: number
  readonly system: number
}
const host = (globalThis as unknown as { readonly process: Host }).process

/** Cases of one suite in the unit tests; the fuzz command sets a hundred thousand. */
const UNIT_CASES = 3_000
const ASKED = host.env['RUNDE_FUZZ_CASES']

/** No text may keep a parser busy for longer, in milliseconds of one processor. */
const HANG = 1_000

/** Every so many cases the parser runs twice and has to say the same. */
const REPEAT = 25

/** A seeded source of 32-bit numbers (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
}

export interface FuzzPlan {
  /** Texts that the parser reads well. */
  readonly seeds: readonly string[]
  /** Pieces of the format's grammar, put anywhere and strung together. */
  readonly pieces: readonly string[]
  /** What is tried; its result is only compared with itself. */
  readonly parse: (text: string) => unknown
  /** How many times as much as one text a case costs: the unit tests run so many fewer, the fuzz command all. */
  readonly weight?: number
}

function casesOf({ weight = 1 }: FuzzPlan): number {
  return ASKED === undefined ? Math.ceil(UNIT_CASES / weight) : Number(ASKED)
}

/** Runs all cases; throws when the parser throws or hangs, and gives back the texts that it read differently the second time. */
export function fuzzParser(plan: FuzzPlan): readonly string[] {
  const random = seeded(20_260)
  const different: string[] = []
  const cases = casesOf(plan)
  for (let round = 0; round < cases; round += 1) {
    const text = round % 3 === 0 ? strung(plan, random) : mutated(plan, random)
    const result = timed(() => plan.parse(text), text)
    if (round % REPEAT === 0 && print(plan.parse(text)) !== print(result)) different.push(text)
  }
  return different
}

/** Runs the parser on one text and holds it to the time limit. */
export function timed(parse: () => unknown, text: string): unknown {
  // Time of the processor, not of the clock: other programs on the machine are none of the parser's doing.
  const before = host.cpuUsage()
  const result = parse()
  const { user, system } = host.cpuUsage(before)
  const spent = (user + system) / 1_000
  if (spent > HANG)
    throw new Error(`busy for ${spent.toFixed(0)} ms with ${text.length} characters: ${text.slice(0, 200)}`)
  return result
}

function strung({ pieces }: FuzzPlan, random: () => number): string {
  const count = 1 + (random() % 40)
  return Array.from({ length: count }, () => pieces[random() % pieces.length] ?? '').join(
    random() % 2 === 0 ? '' : ' ',
  )
}

function mutated({ seeds, pieces }: FuzzPlan, random: () => number): string {
  let text = seeds[random() % seeds.length] ?? ''
  for (let edits = 1 + (random() % 5); edits > 0; edits -= 1) {
    const at = random() % (text.length + 1)
    const [head, tail] = [text.slice(0, at), text.slice(at)]
    const kind = random() % 6
    if (kind === 0) text = head + tail.slice(1 + (random() % 8))
    else if (kind === 1) text = head
    else if (kind === 2) text = head + (pieces[random() % pieces.length] ?? '') + tail
    else if (kind === 3) text = head + String.fromCharCode(random() % 0x250) + tail
    else if (kind === 4) text = head + tail.slice(0, random() % 40) + tail
    else text = head + (pieces[random() % pieces.length] ?? '').repeat(random() % 30) + tail
  }
  return text
}

/** A result as text; maps as their entries, shared and circular parts cut at some depth. */
function print(value: unknown, depth = 0): string {
  if (depth > 12) return '…'
  if (value instanceof Map) return `Map${print([...value], depth + 1)}`
  if (value instanceof Set) return `Set${print([...value], depth + 1)}`
  if (Array.isArray(value)) return `[${value.map((one: unknown) => print(one, depth + 1)).join()}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, one]: [string, unknown]) => `${key}:${print(one, depth + 1)}`)
      .join()}}`
  return String(value)
}
