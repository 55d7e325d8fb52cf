// `node bench/dossier.ts [ROUNDS]`: time and memory of writing the whole set of documents, for each example organisation.
import { readFileSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { dossier, readFacts } from '@runde/dossier'
import { toDocx } from '@runde/dossier/docx'
import { createPdfWriter } from '@runde/dossier/pdf'
import { toHtml, toMarkdown } from '@runde/dossier/writers'

const ROUNDS = Number(process.argv[2] ?? '5')

const ORGANISATIONS = [
  'association',
  'law-practice',
  'public-school',
  'protestant-parish',
  'hoster',
  'private-person',
]

type Step = 'set' | 'text' | 'DOCX' | 'PDF'

function facts(name: string): Parameters<typeof dossier>[0] {
  const file = new URL(`../packages/dossier/fixtures/${name}.json`, import.meta.url)
  const result = readFacts(readFileSync(file, 'utf8'))
  if (!result.ok) throw new Error(`${name}.json is no fact sheet`)
  return result.sheet
}

const began = performance.now()
const pdf = await createPdfWriter()
const loaded = performance.now() - began

/** One whole set in one language; milliseconds of each step. */
async function once(
  sheet: Parameters<typeof dossier>[0],
): Promise<{ count: number; took: Record<Step, number> }> {
  const took: Record<Step, number> = { set: 0, text: 0, DOCX: 0, PDF: 0 }
  const at = [performance.now()]
  const lap = (step: Step): void => {
    at.push(performance.now())
    took[step] = (at.at(-1) ?? 0) - (at.at(-2) ?? 0)
  }
  const { documents } = dossier(sheet, { language: 'de', now: Date.UTC(2026, 10, 23, 12) })
  lap('set')
  for (const document of documents) {
    toHtml(document)
    toMarkdown(document)
  }
  lap('text')
  for (const document of documents) await toDocx(document)
  lap('DOCX')
  for (const document of documents) pdf?.(document)
  lap('PDF')
  return { count: documents.length, took }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function row(cells: readonly string[]): void {
  const [first = '', ...rest] = cells
  process.stdout.write(`${first.padEnd(20)}${rest.map((cell) => cell.padStart(13)).join('')}\n`)
}

process.stdout.write(
  `${ROUNDS} rounds, first one and median of all in ms; PDF compiler ${pdf ? `loaded in ${loaded.toFixed(0)} ms` : 'missing'}\n`,
)
row(['', 'documents', 'facts→set', 'HTML+Markdown', 'DOCX', 'PDF', 'all'])
for (const name of ORGANISATIONS) {
  const sheet = facts(name)
  const rounds: Awaited<ReturnType<typeof once>>[] = []
  for (let round = 0; round < ROUNDS; round++) {
    rounds.push(await once(sheet))
    // The compiler's memory is given back in a turn of the event loop, which a server has and a loop has not.
    await turn()
  }
  const cell = (pick: (took: Record<Step, number>) => number): string => {
    const all = rounds.map(({ took }) => pick(took))
    return `${(all[0] ?? 0).toFixed(0)} / ${median(all).toFixed(0)}`
  }
  row([
    name,
    String(rounds[0]?.count ?? 0),
    cell(({ set }) => set),
    cell(({ text }) => text),
    cell(({ DOCX }) => DOCX),
    cell(({ PDF }) => PDF),
    cell((took) => took.set + took.text + took.DOCX + took.PDF),
  ])
}
process.stdout.write(`${(process.memoryUsage.rss() / 1_000_000).toFixed(0)} MB in use at the end\n`)
