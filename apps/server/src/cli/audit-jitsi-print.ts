// Writes the report of an audit as PDF and Word file; loaded only when one of them is asked for, because their libraries are large.
import type { Report } from '@runde/jitsi-audit'
import { usage } from './audit-jitsi-arguments.ts'
import { type DocumentMaking, auditDocument } from './audit-jitsi-document.ts'

/** Files to write; a format that is left out is not written. */
export interface PrintedFiles {
  readonly pdf?: string
  readonly docx?: string
}

/** Writes what was asked for. @param save writes one file */
export type Print = (
  report: Report,
  making: DocumentMaking,
  save: (path: string, content: Uint8Array) => void,
) => Promise<void>

/**
 * Prepares the writers, so that a missing one is known before anything is examined.
 * @throws StartFailure where PDF is asked for and the typesetting component is not installed
 */
export async function preparePrint({ pdf, docx }: PrintedFiles): Promise<Print> {
  const toPdf = pdf === undefined ? undefined : await pdfWriter()
  const toDocx = docx === undefined ? undefined : (await import('@runde/dossier/docx')).toDocx
  return async (report, making, save) => {
    const document = auditDocument(report, making)
    if (pdf !== undefined && toPdf !== undefined) save(pdf, toPdf(document))
    if (docx !== undefined && toDocx !== undefined) save(docx, await toDocx(document))
  }
}

async function pdfWriter(): Promise<import('@runde/dossier/pdf').PdfWriter> {
  const { createPdfWriter } = await import('@runde/dossier/pdf')
  const writer = await createPdfWriter()
  if (writer !== undefined) return writer
  throw usage({
    de: 'PDF lässt sich hier nicht schreiben: Der Satzprogramm-Baustein fehlt für diese Plattform. --docx und --html schreiben denselben Bericht ohne ihn.',
    en: 'PDF cannot be written here: the typesetting component is missing for this platform. --docx and --html write the same report without it.',
  })
}
