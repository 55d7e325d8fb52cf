// Declares the columns of approvals, comments and reading links (see columns.ts).
import type { Bilingual } from '@runde/contract'
import { AS_LONG_AS_INSTALLED, column, type StoredColumn } from './stored-column.ts'

const UNTIL_COMMENT_DELETED: Bilingual = {
  de: 'bis die Anmerkung gelöscht wird',
  en: 'until the comment is deleted',
}
const UNTIL_READING_ENDS: Bilingual = {
  de: 'bis der Leselink zurückgezogen wird, höchstens 90 Tage',
  en: 'until the reading link is withdrawn, 90 days at most',
}

/** All three tables. */
export function approvalColumns(): StoredColumn[] {
  const snapshot = (name: string, personal: boolean, de: string, en: string): StoredColumn =>
    column('snapshots', name, personal, { de, en }, AS_LONG_AS_INSTALLED)
  const comment = (name: string, personal: boolean, de: string, en: string): StoredColumn =>
    column('comments', name, personal, { de, en }, UNTIL_COMMENT_DELETED)
  const link = (name: string, personal: boolean, de: string, en: string): StoredColumn =>
    column('authority_links', name, personal, { de, en }, UNTIL_READING_ENDS)
  return [
    snapshot('number', false, 'zählt die Freigaben', 'counts the approvals'),
    snapshot('document', false, 'welche Unterlage freigegeben wurde', 'which document was approved'),
    snapshot(
      'content',
      true,
      'die Unterlage, wie sie freigegeben wurde, als Nachweis (Art. 5 Abs. 2 DSGVO)',
      'the document as it was approved, as evidence (Art. 5(2) GDPR)',
    ),
    snapshot('approver_name', true, 'wer freigegeben hat, als Nachweis', 'who approved it, as evidence'),
    snapshot('approver_roles', true, 'in welcher Rolle freigegeben wurde', 'in which role it was approved'),
    snapshot('approved_at', false, 'wann freigegeben wurde', 'when it was approved'),
    snapshot('review_on', false, 'wann wieder geprüft werden soll', 'when to look at it again'),
    snapshot('previous', false, 'Prüfsumme der Freigabe davor', 'hash of the approval before'),
    snapshot('hash', false, 'macht eine spätere Änderung sichtbar', 'makes a later change visible'),
    comment('id', false, 'ordnet die Anmerkungen', 'orders the comments'),
    comment('document', false, 'zu welcher Unterlage sie gehört', 'the document it belongs to'),
    comment('author_id', true, 'das Konto, das sie geschrieben hat', 'the account that wrote it'),
    comment('author_name', true, 'zeigt, wer sie geschrieben hat', 'shows who wrote it'),
    comment('text', true, 'die Anmerkung selbst; freier Text', 'the comment itself; free text'),
    comment('written_at', false, 'zeigt, wann sie geschrieben wurde', 'shows when it was written'),
    comment('answers', false, 'auf welche Anmerkung sie antwortet', 'the comment it answers'),
    comment('settled_at', false, 'zeigt, wann sie erledigt wurde', 'shows when it was settled'),
    comment('settled_by', true, 'zeigt, wer sie erledigt hat', 'shows who settled it'),
    link(
      'token_hash',
      false,
      'erkennt einen Leselink wieder; nur die Prüfsumme',
      'recognises a reading link; the hash only',
    ),
    link('note', true, 'für wen der Link ist; freier Text', 'for whom the link is; free text'),
    link(
      'content',
      true,
      'die Unterlagen, wie sie beim Anlegen des Links waren',
      'the documents as they were when the link was made',
    ),
    link('created_at', false, 'zeigt, von wann die Unterlagen sind', 'shows when the documents were made'),
    link('expires_at', false, 'macht den Link von selbst ungültig', 'makes the link invalid by itself'),
  ]
}
