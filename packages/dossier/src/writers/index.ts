// The writers that need no library, and what a page needs to draw documents and forms itself; all of it pure and small.
// DOCX and PDF have doors of their own, because what they load is large.
export { toHtml, toHtmlArticle } from './html.ts'
export { HTML_STYLE } from './html-style.ts'
export { toMarkdown } from './markdown.ts'
export type { Note, Notes } from './notes.ts'
export { collectNotes } from './notes.ts'
export type { Mark, Marks } from './marks.ts'
export { placeMarks } from './marks.ts'
export type { WriterWords } from './words.ts'
export { writerWords } from './words.ts'
export { sentenceText, sentencesOf } from '../model/walk.ts'
export { BASES, ROLES, SAFEGUARDS } from '../facts/options.ts'
export type { CheckResult } from '../processors/check.ts'
export { checkProcessor } from '../processors/check.ts'
export {
  CLAUSE_LETTERS,
  CLAUSE_RESULTS,
  CLAUSE_WORDS,
  LEVELS,
  MEASURE_IDS,
  MEASURE_NAMES,
} from '../processors/words.ts'
