// The door of the report: from files to findings, and from findings to everything that can be written down.
export { auditWith } from './audit.ts'
export { comparable } from './comparable.ts'
export {
  type ComparableFinding,
  type ComparedPlace,
  type Comparison,
  compareReports,
  readEarlier,
} from './compare.ts'
export type { AuditEngine, AuditOptions, Labelled, SkippedFile } from './engine.ts'
export { type FindingGroup, concernsByWeight, groupFindings } from './groups.ts'
export { toHtml } from './html.ts'
export { articlesOf, messageOf, toJson } from './json.ts'
export { toMarkdown } from './markdown.ts'
export { plain } from './mask.ts'
export { NOT_YET } from './moving.ts'
export { DOCUMENTS, paperText } from './paperwork.ts'
export { type LeftOut, type Patch, patchOf } from './patch.ts'
export { renameFiles } from './rename.ts'
export {
  CONCERNS,
  type Finding,
  type InstallationFacts,
  type MovingPoint,
  type PaperSentence,
  type Place,
  type Report,
  type RuleText,
  SEVERITIES,
  STATES,
  type ShownChange,
  type ShownLine,
} from './report.ts'
export { toSarif } from './sarif.ts'
export {
  CONCERN_WORDS,
  DOCUMENT_WORDS,
  KIND_WORDS,
  LEFT_OUT_WORDS,
  type Language,
  ORIGIN_WORDS,
  OUTCOME_WORDS,
  PART_WORDS,
  SEVERITY_WORDS,
  STATE_LEADS,
  STATE_PREFIXES,
  STATE_WORDS,
  WORDS,
  type Word,
  placeText,
  releaseText,
  verdictSentence,
} from './words.ts'
