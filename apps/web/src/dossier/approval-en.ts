// English sentences of approvals; see approval-de.ts.
import type { ApprovalText } from './approval-de.ts'

const n = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const approvalEn: ApprovalText = {
  tab: 'Approvals',
  lead: 'A document is approved as it is today, in both languages. When a sentence changes after that, this page says so.',
  states: {
    none: 'not yet approved',
    current: 'approved',
    stale: 'out of date',
    gone: 'no longer needed',
  },
  approvedOn: (day: string, by: string): string => `approved on ${day} by ${by}`,
  approvedShort: (day: string): string => `approved on ${day}`,
  changedSince: (count: number): string =>
    `${n(count, 'sentence differs', 'sentences differ')} from what was approved`,
  openComments: (count: number): string => n(count, 'open comment', 'open comments'),
  seeChange: 'See the change',
  openOf: (title: string): string => `${title}: approval and comments`,
  toApproval: 'Approval',
  documents: 'Documents',

  chainTitle: 'Chain of approvals',
  chainEmpty: 'Nothing has been approved yet. The chain begins with the first approval.',
  chainWhole: (length: number): string =>
    `Recomputed just now: ${n(length, 'approval is', 'approvals are')} unchanged and in place.`,
  chainHow:
    'Each approval carries the hash of the one before. Whoever changes one or takes one out changes all that follow. Note the newest hash outside the server; then a missing end is noticed too.',
  chainLast: 'Newest hash',
  chainBroken: (number: number): string => `The chain is broken from approval ${number} on.`,
  chainBrokenHow:
    'Somebody has changed the database around the approvals. Rely on no edition from there on; compare with a backup or an earlier bundle.',

  reminders: 'Reminders',
  remindersNone: 'No review is due within the next 30 days.',
  reminderReview: 'Review the document again',
  reminderCheck: 'Check the provider again',
  dueSince: (day: string): string => `due since ${day}`,
  dueOn: (day: string): string => `due on ${day}`,

  bundle: 'Everything in one bundle',
  bundleLead: 'A ZIP archive with all you need as evidence, also for the time after this server.',
  bundleParts: [
    'each document in German and English, as PDF, Word, HTML, Markdown and JSON',
    'all approved editions as they were approved, with the chain of their hashes',
    'the statements and measurements the sentences rest on, comments, proofs and evidence of deletion',
    'a list of hashes (SHA256SUMS) with which the bundle can be checked without Runde',
  ],
  bundlePersonal: 'It contains the names of those who approved and commented.',
  bundleAct: 'Download the bundle',
  bundleBusy: 'Being packed …',
  bundleDone: 'The bundle is downloaded.',
  bundleFailed: 'The bundle could not be downloaded.',

  links: 'Reading links for authorities',
  linksLead:
    'With a reading link a supervisory authority reads all documents as they were when it was made, without an account and nothing else.',
  linksNone: 'No reading link is valid at present.',
  linkNote: 'For whom',
  linkNoteHint: 'For you only, to recognise it: authority and file number.',
  linkDays: 'Valid',
  days: (count: number): string => n(count, 'day', 'days'),
  linkMake: 'Create reading link',
  linkMade: 'The reading link is created.',
  linkCopy: 'Copy the reading link',
  linkOnce: 'The link is shown only now; only its hash is stored.',
  linkMadeOn: (day: string): string => `as of ${day}`,
  linkUntil: (day: string): string => `valid until ${day}`,
  linkWithdraw: 'Withdraw',
  linkWithdrawOf: (note: string): string => `Withdraw the reading link for ${note}`,
  linkWithdrawn: 'The reading link is withdrawn.',

  back: 'Approvals',
  read: 'Read the document',
  noneNote: 'This document has never been approved.',
  currentNote: 'No sentence has changed since the approval.',
  goneNote: 'By your statements this document is no longer needed; its approved editions stay.',
  staleNote: (count: number): string =>
    `${n(count, 'sentence is', 'sentences are')} no longer what was approved.`,
  titleChanged: 'Only the title has changed.',
  differences: 'What has changed',
  before: 'Approved',
  after: 'Now',
  beforeAnswer: 'Now',
  afterAnswer: 'Afterwards',
  added: 'new',
  removed: 'dropped',
  because: 'Reason',
  causeYes: 'yes',
  causeNo: 'no',
  causeNothing: 'not stated',

  approve: 'Approve',
  approveLead: (edition: string): string =>
    `You approve both language versions as they are now (edition ${edition}). Your name and your role stand beside it.`,
  approveBlocked: (count: number): string =>
    `${n(count, 'point stands', 'points stand')} against the approval. The document names them at its top.`,
  approveOpen: (count: number): string => `${n(count, 'comment is', 'comments are')} not yet settled.`,
  approveNotYours: 'Organisers and the data protection officer may approve.',
  reviewOn: 'Review again on',
  reviewHint: 'On that day the document appears among the reminders. Without a day: no reminder.',
  approveFirst: 'Approve',
  approveNew: 'Approve the new edition',
  approveAgain: 'Approve again after review',
  approving: 'Being approved …',
  approvedDone: 'The document is approved.',
  readAgain: 'Load the new state',

  comments: 'Comments',
  commentsNone: 'No comment yet.',
  commentNew: 'New comment',
  commentHint: 'Everybody with the roles organiser and data protection reads along. Up to 2000 characters.',
  commentSend: 'Comment',
  commentSent: 'The comment is there.',
  answer: 'Answer',
  answerTo: (by: string): string => `Answer to ${by}`,
  answerToOf: (by: string): string => `Answer ${by}`,
  answerSend: 'Send the answer',
  settle: 'Settled',
  settleOf: (by: string): string => `Settled: comment by ${by}`,
  settled: (day: string, by: string): string => `settled on ${day} by ${by}`,
  settledDone: 'The comment is settled.',
  reopen: 'Open again',
  reopenOf: (by: string): string => `Open again: comment by ${by}`,
  reopened: 'The comment is open again.',
  commentRemove: 'Delete',
  commentRemoveOf: (day: string): string => `Delete your own comment of ${day}`,
  commentRemoved: 'The comment is deleted.',
  settledMore: (count: number): string => n(count, 'settled comment', 'settled comments'),

  editions: 'Approved editions',
  editionsNone: 'None yet.',
  number: (value: number): string => `Approval ${value}`,
  by: (name: string, roles: string): string => `by ${name} (${roles})`,
  reviewBy: (day: string): string => `to be reviewed on ${day}`,
  hash: 'Hash',
  see: 'View',
  seeOf: (value: number): string => `View approval ${value}`,
  frozenNote: (day: string, by: string): string =>
    `Frozen edition: this is how it was approved on ${day} by ${by}. What holds today stands in the document itself.`,
  frozenMissing: 'There is no such edition.',

  staleHere: (count: number): string => `${n(count, 'sentence is', 'sentences are')} out of date.`,
  staleHereHow: 'What differs since the approval has an amber ground.',
  legendOld: 'changed',
  legendOldHow: 'differs from what was approved',

  lookAhead: 'Before you save',
  lookAheadChanges: (count: number): string =>
    `This answer changes ${n(count, 'approved document', 'approved documents')}.`,
  lookAheadHow: 'Their approvals then count as out of date until somebody approves the new editions.',
  lookAheadSentences: (count: number): string => n(count, 'sentence', 'sentences'),
  lookAheadGone: 'is dropped altogether',
  lookAheadOthers: (count: number): string =>
    `Also affected, but not yet approved: ${n(count, 'document', 'documents')}.`,
  lookAheadSave: 'Save the answer',
  lookAheadKeep: 'Keep the present answer',
  lookAheadKept: 'The present answer stays.',
  lookAheadNone: 'No document changes.',
  lookAheadPolicy: (count: number): string =>
    `Affected are sentences in ${n(count, 'document', 'documents')}.`,
  moreSentences: (count: number): string => n(count, 'more sentence', 'more sentences'),

  nextStale: (count: number): string =>
    `${n(count, 'approved document is', 'approved documents are')} out of date. Read what has changed and approve the new edition.`,
  nextStaleAct: 'See the changes',
  nextReview: (count: number): string => `${n(count, 'review is', 'reviews are')} due.`,
  nextReviewAct: 'See what is due',
  nextApprove: (count: number): string =>
    `Everything is there. ${n(count, 'document waits', 'documents wait')} for approval.`,
  nextApproveAct: 'Approve',
}
