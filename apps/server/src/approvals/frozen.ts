// Freezes documents as text, reads them back, and says which of their sentences are no longer true.
import {
  canonicalJson,
  compare,
  type DossierDocument,
  type Language,
  type SentenceChange,
} from '@runde/dossier'
import type { DossierService } from '../facts/dossier-service.ts'

/** One document in both languages: whoever approves it approves both. */
export type BothLanguages = { readonly [L in Language]: DossierDocument }

/** All documents in both languages. */
export type AllDocuments = { readonly [L in Language]: readonly DossierDocument[] }

/** The present edition; undefined when there is no such document. */
export async function presentDocument(
  documents: DossierService,
  id: string,
): Promise<BothLanguages | undefined> {
  const de = await documents.document('de', id)
  const en = await documents.document('en', id)
  return de === undefined || en === undefined ? undefined : { de, en }
}

/** All present documents. */
export async function presentDocuments(documents: DossierService): Promise<AllDocuments> {
  return {
    de: (await documents.documents('de')).documents,
    en: (await documents.documents('en')).documents,
  }
}

/** The text that is stored and hashed: equal documents give equal text. */
export function freeze(documents: BothLanguages | AllDocuments): string {
  return canonicalJson(documents)
}

/** What {@link freeze} made of one document; only this server writes it. */
export function thaw(content: string): BothLanguages {
  return JSON.parse(content)
}

/** What {@link freeze} made of all documents; only this server writes it. */
export function thawAll(content: string): AllDocuments {
  return JSON.parse(content)
}

/** The section about the document itself names the day it was made: it is never the same. */
const ABOUT_ITSELF = 'about'

/** The sentences that changed since; `after` undefined: the document is no longer needed, and none is true any more. */
export function changesSince(
  before: DossierDocument,
  after: DossierDocument | undefined,
): readonly SentenceChange[] {
  return compare([before], after === undefined ? [] : [after])
    .flatMap(({ sentences }) => sentences)
    .filter(({ section }) => section !== ABOUT_ITSELF)
}
