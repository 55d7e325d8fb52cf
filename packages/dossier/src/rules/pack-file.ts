// Reads rule packs from a file and puts them in the place of, or beside, the ones delivered.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import { clause } from '../engine/clause.ts'
import { type LawRef, art, norm } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import type { SheetProblem } from '../facts/sheet.ts'
import { isFactId } from '../facts/table.ts'
import { DEFAULT_PACKS } from './packs.ts'
import { conditionFaults, holds, noFact } from './pack-conditions.ts'
import { PACKS_FORMAT, type PackBasis, type PackData, type PackRule, packFile } from './pack-form.ts'
import type { Rule, RulePack } from './rule.ts'

/** Either packs to hand to `dossier`, or what is wrong with the file; nothing is taken over when one place is wrong. */
export type PacksResult =
  | { ok: true; packs: readonly RulePack[] }
  | { ok: false; problems: readonly SheetProblem[] }

/** Deeper nested conditions than anybody writes by hand; keeps a stranger's file from exhausting the stack. */
const DEEPEST = 40

/**
 * The delivered packs with those of a file (JSON text) in their place from the day they are valid.
 * @param delivered what the file changes; several files are read one after the other
 */
export function readPacks(text: string, delivered: readonly RulePack[] = DEFAULT_PACKS): PacksResult {
  const data = parse(text)
  if (data === undefined || tooDeep(data, DEEPEST)) {
    return fail('', both('Das ist keine lesbare JSON-Datei.', 'This is not a readable JSON file.'))
  }
  const result = packFile.safeParse(data)
  if (!result.success) {
    const places = result.error.issues.map(({ path }) => path.map(String).join('.'))
    return {
      ok: false,
      problems: [...new Set(places)].map((place) => ({
        place: place === '' ? 'format' : place,
        message: both(
          `Das passt nicht zum Format „${PACKS_FORMAT}“.`,
          `This does not fit the format "${PACKS_FORMAT}".`,
        ),
      })),
    }
  }
  const { packs } = result.data
  const problems = packs.flatMap((pack, index) =>
    faults(pack, `packs.${index}`, packs.slice(0, index), delivered),
  )
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, packs: packs.reduce(exchange, delivered) }
}

function faults(
  pack: PackData,
  place: string,
  before: readonly PackData[],
  delivered: readonly RulePack[],
): SheetProblem[] {
  const found: SheetProblem[] = []
  const say = (where: string, message: Bilingual): void => void found.push({ place: where, message })
  if (before.some((other) => other.id === pack.id && overlap(other, pack))) {
    say(
      `${place}.id`,
      both(
        'Zwei Fassungen dieses Pakets gelten zur selben Zeit.',
        'Two editions of this pack are valid at the same time.',
      ),
    )
  }
  if (pack.extends === true && !delivered.some(({ id }) => id === pack.id)) {
    say(
      `${place}.extends`,
      both('Ein Paket mit diesem Namen gibt es nicht.', 'There is no pack of this name.'),
    )
  }
  for (const each of pack.when === undefined ? [] : conditionFaults(pack.when)) say(`${place}.when`, each)
  for (const [index, rule] of pack.rules.entries()) {
    const at = `${place}.rules.${index}`
    if (pack.rules.findIndex(({ id }) => id === rule.id) !== index)
      say(`${at}.id`, both('Diesen Namen gibt es im Paket schon.', 'This name exists in the pack already.'))
    for (const each of rule.when === undefined ? [] : conditionFaults(rule.when)) say(`${at}.when`, each)
    for (const name of unknownFacts(rule)) say(at, noFact(name))
  }
  return found
}

function overlap(a: PackData, b: PackData): boolean {
  return a.validFrom < (b.validUntil ?? '9999') && b.validFrom < (a.validUntil ?? '9999')
}

/** `{org.land}` in a text stands for the fact's value. */
const PLACE = /\{([^{}]+)\}/g

function unknownFacts(rule: PackRule): string[] {
  const texts = [
    ...(rule.sentences ?? []).map(({ text }) => text),
    ...(rule.finding === undefined ? [] : [rule.finding.message, rule.finding.remedy]),
  ]
  const names = texts.flatMap(({ de, en }) => [...`${de}${en}`.matchAll(PLACE)].map(([, name]) => name ?? ''))
  return [...new Set(names)].filter((name) => !isFactId(name))
}

/** Delivered packs end on the day the pack from the file begins; later ones of the same id are left out. */
function exchange(all: readonly RulePack[], data: PackData): readonly RulePack[] {
  const same = all.filter(({ id }) => id === data.id)
  const base =
    data.extends === true ? same.findLast(({ validFrom }) => validFrom <= data.validFrom) : undefined
  const mine = packFrom(data, base ?? (data.extends === true ? same[0] : undefined))
  const until = data.validFrom
  const kept = all.flatMap((pack) => {
    if (pack.id !== data.id) return [pack]
    if (pack.validUntil !== undefined && pack.validUntil <= until) return [pack]
    return pack.validFrom < until ? [{ ...pack, validUntil: until }] : []
  })
  const place = all.findLastIndex(({ id }) => id === data.id)
  // In the place of the one it follows: later packs override law and authority of earlier ones.
  const after = place === -1 ? kept.length : kept.length - (all.length - 1 - place)
  return [...kept.slice(0, after), mine, ...kept.slice(after)]
}

function packFrom(data: PackData, base: RulePack | undefined): RulePack {
  const { when, authority, regime } = data
  const own = data.rules.map((rule) => ruleFrom(data.id, rule))
  // In an earlier edition from a file, the same rule already carries the pack's name.
  const replaced = new Set(data.rules.flatMap(({ id }) => [id, `${data.id}-${id}`]))
  const law = regime ?? base?.regime
  const competent = authority === undefined ? base?.authority : (): typeof authority => authority
  return {
    id: data.id,
    title: data.title,
    validFrom: data.validFrom,
    ...(data.validUntil === undefined ? {} : { validUntil: data.validUntil }),
    applies: when === undefined ? (base?.applies ?? ((): boolean => true)) : (f) => holds(f, when),
    ...(law === undefined ? {} : { regime: law }),
    ...(competent === undefined ? {} : { authority: competent }),
    rules: [...(base?.rules ?? []).filter(({ id }) => !replaced.has(id)), ...own],
  }
}

function ruleFrom(pack: string, data: PackRule): Rule {
  const { when, finding } = data
  // The pack's name keeps rules of different packs apart: ids become anchors in documents.
  const id = `${pack}-${data.id}`
  return {
    id,
    basis: data.basis.map(lawFrom),
    validFrom: data.validFrom,
    ...(data.validUntil === undefined ? {} : { validUntil: data.validUntil }),
    when: (f) => when === undefined || holds(f, when),
    clauses: (data.sentences ?? []).map(({ slot, text }, index) => ({
      slot,
      clause: clause(`pack.${id}`, (f) => filled(f, text), { key: `${index + 1}` }),
    })),
    ...(finding === undefined
      ? {}
      : {
          finding: {
            kind: finding.kind,
            documents: finding.documents,
            message: (f: Reader): Bilingual => filled(f, finding.message),
            remedy: (f: Reader): Bilingual => filled(f, finding.remedy),
          },
        }),
  }
}

function lawFrom(basis: PackBasis): LawRef {
  return 'gdpr' in basis ? art(basis.gdpr) : norm(basis.de, basis.en)
}

function filled(f: Reader, text: Bilingual): Bilingual {
  const fill = (language: 'de' | 'en'): string =>
    text[language].replaceAll(PLACE, (whole, name: string) =>
      isFactId(name) ? f.print(name)[language] : whole,
    )
  return { de: fill('de'), en: fill('en') }
}

function tooDeep(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((each) => tooDeep(each, left - 1))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function fail(place: string, message: Bilingual): PacksResult {
  return { ok: false, problems: [{ place, message }] }
}
