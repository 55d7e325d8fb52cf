// The styles of the Word documents, under the names that Word knows, so that its navigation and its own templates apply.
import { BorderStyle, type IStylesOptions, LineRuleType } from 'docx'
import type { Language } from '../model/document.ts'
import type { Note } from './notes.ts'

const LANGUAGES: Readonly<Record<Language, string>> = { de: 'de-DE', en: 'en-GB' }

/** Font and spacing of everything; sizes in half points, spacing in twentieths of a point. */
export function docxStyles(language: Language): IStylesOptions {
  const ink = '1D1B18'
  const heading = (size: number, before: number): object => ({
    run: { size, bold: true, color: ink, font: 'Cambria' },
    paragraph: { spacing: { before, after: 110, line: 264, lineRule: LineRuleType.AUTO }, keepNext: true },
  })
  return {
    default: {
      document: {
        run: { font: 'Cambria', size: 21, color: ink, language: { value: LANGUAGES[language] } },
        paragraph: { spacing: { after: 120, line: 276, lineRule: LineRuleType.AUTO } },
      },
      title: {
        run: { size: 38, bold: true, color: ink, font: 'Cambria' },
        paragraph: { spacing: { after: 60, line: 252, lineRule: LineRuleType.AUTO } },
      },
      heading1: heading(27, 340),
      heading2: heading(23, 260),
      heading3: heading(21, 200),
    },
    paragraphStyles: [
      { id: 'Subtitle', name: 'Subtitle', basedOn: 'Normal', run: { color: '5B564E', italics: true } },
      {
        id: 'Front',
        name: 'Front',
        basedOn: 'Normal',
        run: { size: 19 },
        paragraph: { spacing: { after: 20 } },
      },
      { id: 'Caption', name: 'caption', basedOn: 'Normal', run: { bold: true, size: 20 } },
      {
        id: 'TableText',
        name: 'Table Text',
        basedOn: 'Normal',
        run: { size: 19 },
        paragraph: { spacing: { after: 0, line: 252, lineRule: LineRuleType.AUTO } },
      },
      {
        id: 'ListText',
        name: 'List Text',
        basedOn: 'Normal',
        paragraph: { spacing: { after: 60 } },
      },
      {
        id: 'Definition',
        name: 'Definition',
        basedOn: 'Normal',
        paragraph: { indent: { left: 360, hanging: 360 } },
      },
      {
        id: 'Callout',
        name: 'Callout',
        basedOn: 'Normal',
        paragraph: {
          indent: { left: 240 },
          border: { left: { style: BorderStyle.SINGLE, size: 24, space: 8, color: '7A4A00' } },
        },
      },
      {
        id: 'CalloutBlocking',
        name: 'Callout Blocking',
        basedOn: 'Callout',
        paragraph: {
          border: { left: { style: BorderStyle.SINGLE, size: 24, space: 8, color: '9C1C1C' } },
        },
      },
      {
        id: 'Note',
        name: 'Note',
        basedOn: 'Normal',
        run: { size: 18 },
        paragraph: {
          indent: { left: 480, hanging: 480 },
          spacing: { after: 30, line: 252, lineRule: LineRuleType.AUTO },
        },
      },
    ],
    characterStyles: [
      { id: 'SourceMark', name: 'Source Mark', run: { superScript: true } },
      { id: 'Code', name: 'Code', run: { font: 'Consolas', size: 18 } },
    ],
  }
}

/** Colours of the marks, for each kind of source; dark enough on white for small type. */
export const MARK_COLOURS: Readonly<Record<Note['source'], string>> = {
  setting: '1C4F9C',
  probe: '1C6336',
  declared: '7A4A00',
  derived: '4A4A4A',
  law: '4A4A4A',
}
