// Asks every rule about every installation of the set and turns the verdicts into a report.
import type { Rule } from '../core/rule.ts'
import type { SourceFile } from '../core/source.ts'
import { articleInEnglish } from '../rules/helpers/articles.ts'
import { fileReports, factsOf } from './about-files.ts'
import { countStates, countViolated, worstOfEach } from './counts.ts'
import type { AuditEngine, AuditOptions } from './engine.ts'
import { type FindingMaker, byWeight, findingsOf } from './findings.ts'
import { Masker } from './mask.ts'
import { movingPoints } from './moving.ts'
import { paperSentences } from './paperwork.ts'
import type { Finding, Report, RuleText } from './report.ts'
import { secretValues } from './secrets.ts'
import { FileTexts } from './texts.ts'

/** The whole audit of a set of files. Never throws on what the files say. */
export function auditWith(
  engine: AuditEngine,
  files: readonly SourceFile[],
  options: AuditOptions = {},
): Report {
  const labelled = engine.assemble(files, options)
  const masker = new Masker(labelled.flatMap(({ installation }) => secretValues(installation)))
  const rules = engine.rules.filter(({ id }) => options.only?.includes(id) ?? true)
  const maker: FindingMaker = { masker, texts: new FileTexts(files, masker), several: labelled.length > 1 }
  const all = labelled.flatMap((one) => rules.flatMap((rule) => findingsOf(rule, one, maker)))
  const noteRules = new Set(rules.filter(({ severity }) => severity === 'note').map(({ id }) => id))
  const findings = all.filter(({ rule }) => !noteRules.has(rule)).sort(byWeight)
  const worst = worstOfEach(findings)
  return {
    format: 'runde-jitsi-audit/1',
    installations: labelled.map((one) => factsOf(one, options.assumeRelease)),
    files: fileReports(files, labelled, options.skipped ?? []),
    rules: rules.map(ruleText),
    findings,
    notes: onePerRule(all.filter(({ rule }) => noteRules.has(rule))),
    counts: countStates(worst),
    violated: countViolated(worst),
    paperwork: paperSentences(rules, findings),
    open: worst.filter(({ state }) => state === 'undecidable').map(({ rule }) => rule),
    moving: movingPoints(worst, rules),
  }
}

function ruleText(rule: Rule): RuleText {
  const { id, name, concern, severity, title, why, mend, source } = rule
  const articles = rule.articles.map((article) => ({ de: article, en: articleInEnglish(article) }))
  return { id, name, concern, severity, title, why, mend, articles, source }
}

/** A note is said once, however many installations there are. */
function onePerRule(notes: readonly Finding[]): Finding[] {
  const first = new Map<string, Finding>()
  for (const note of notes) if (!first.has(note.rule)) first.set(note.rule, note)
  return [...first.values()]
}
