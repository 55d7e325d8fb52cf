// Sorts the notes for the list at the end: one heading per kind of source, with the date where all of them share it.
import { type Note, type Notes, SOURCE_ORDER } from './notes.ts'
import type { WriterWords } from './words.ts'

export interface NoteGroup {
  /** For anchors: `notes-setting`. */
  id: string
  heading: string
  notes: readonly { note: Note; text: string }[]
}

/** The groups in fixed order; kinds without notes are left out. */
export function noteGroups({ all }: Notes, words: WriterWords): NoteGroup[] {
  return SOURCE_ORDER.flatMap((source): NoteGroup[] => {
    const notes = all.filter((note) => note.source === source)
    const [first] = notes
    if (!first) return []
    const shared = first.atText !== '' && notes.every(({ atText }) => atText === first.atText)
    const name = words.groups[source]
    return [
      {
        id: `notes-${source}`,
        heading: shared ? `${name} (${words.since} ${first.atText})` : name,
        notes: notes.map((note) => ({ note, text: short(shared ? note.said : note.text) })),
      },
    ]
  })
}

/** A list of forty customers stands in the document already; the note need not repeat it. */
const LONGEST = 260

function short(text: string): string {
  if (text.length <= LONGEST) return text
  const cut = text.slice(0, LONGEST)
  return `${cut.slice(0, cut.lastIndexOf(' '))} …`
}
