// Puts neighbouring callouts with one head into one box: ten missing facts are one list, not ten boxes.
import type { Block, Callout, Section } from '../model/document.ts'
import { type WriterWords, calloutHead } from './words.ts'

/** Callouts of one tone and one head, in order. */
export interface CalloutBox {
  kind: 'box'
  tone: Callout['tone']
  head: string
  items: readonly [Callout, ...Callout[]]
}

export type PrintedBlock = Exclude<Block, Callout> | CalloutBox

/** The blocks of a section as they are printed. */
export function printedBlocks({ blocks }: Section, words: WriterWords): PrintedBlock[] {
  const printed: PrintedBlock[] = []
  for (const block of blocks) {
    const last = printed.at(-1)
    if (block.kind !== 'callout') {
      printed.push(block)
      continue
    }
    const { tone } = block
    const head = calloutHead(block, words)
    if (last?.kind === 'box' && last.tone === tone && last.head === head)
      printed[printed.length - 1] = { ...last, items: [...last.items, block] }
    else printed.push({ kind: 'box', tone, head, items: [block] })
  }
  return printed
}
