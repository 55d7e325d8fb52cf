// Joins the pieces of one HOCON value: texts with the blanks between them, lists with lists, objects with objects.
import { PLACEHOLDER } from '../../core/placeholder.ts'
import type { Origin } from '../../core/source.ts'
import type { Node, UnknownNode } from '../../core/value.ts'
import { textNode } from '../text-node.ts'
import type { Piece } from './document.ts'

/** A piece with its value; text pieces have none of their own. */
export interface Part {
  readonly piece: Piece
  readonly node: Node | undefined
}

/** Longest text that concatenation may build. */
const TEXT_MAX = 50_000

/** Known pieces kept of a text with gaps. */
const PARTS_MAX = 200

/** The joined value, none when nothing is left; `conflict` when the kinds do not go together. */
export function concatenate(
  parts: readonly Part[],
  origin: Origin,
  merge: (lower: Node, upper: Node) => Node,
): { readonly node: Node | undefined; readonly conflict?: true } {
  const [first] = parts
  if (first !== undefined && parts.length === 1) return { node: single(first) }
  const present = parts.filter(({ piece, node }) => piece.type === 'text' || node !== undefined)
  const structured = present.filter(({ node }) => node?.kind === 'map' || node?.kind === 'list')
  if (structured.length > 0) return joinStructured(present, origin, merge)
  if (present.every(({ piece }) => isSpace(piece))) return { node: undefined }
  return { node: joinTexts(present, origin) }
}

function single({ piece, node }: Part): Node | undefined {
  if (piece.type !== 'text') return node
  return piece.quoted ? textNode(piece.text, piece.origin) : plain(piece.text, piece.origin)
}

/** Text without quotes that stands alone: a number, a truth value, null or a text. */
function plain(text: string, origin: Origin): Node {
  if (text === 'true' || text === 'false') return { kind: 'flag', value: text === 'true', origin }
  if (text === 'null') return { kind: 'null', origin }
  if (/^-?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,3})?$/.test(text))
    return { kind: 'number', value: Number(text), origin }
  return textNode(text, origin)
}

function joinStructured(
  parts: readonly Part[],
  origin: Origin,
  merge: (lower: Node, upper: Node) => Node,
): { readonly node: Node | undefined; readonly conflict?: true } {
  let joined: Node | undefined
  for (const { piece, node } of parts) {
    if (isSpace(piece)) continue
    if (node === undefined) return { node: joined ?? unclear(origin), conflict: true }
    if (node.kind === 'unknown') return { node: { ...node, origin } }
    if (joined === undefined) joined = node
    else if (joined.kind === 'map' && node.kind === 'map') joined = merge(joined, node)
    else if (joined.kind === 'list' && node.kind === 'list')
      joined = { kind: 'list', items: [...joined.items, ...node.items], origin }
    else return { node: joined, conflict: true }
  }
  return { node: joined === undefined ? undefined : { ...joined, origin } }
}

function joinTexts(parts: readonly Part[], origin: Origin): Node {
  const texts: (string | undefined)[] = parts.map(({ piece, node }) =>
    piece.type === 'text' ? piece.text : scalar(node),
  )
  const length = texts.reduce((sum, text) => sum + (text?.length ?? 0), 0)
  if (length > TEXT_MAX) return { kind: 'unknown', reason: 'limit', origin }
  const open = parts.find(({ node }) => node?.kind === 'unknown')?.node
  if (open?.kind !== 'unknown') return textNode(texts.join(''), origin)
  const known = parts.flatMap(({ piece, node }): readonly (string | undefined)[] => {
    if (piece.type === 'text') return [piece.text]
    return node?.kind === 'unknown' ? (node.parts ?? [undefined]) : [scalar(node)]
  })
  return { kind: 'unknown', reason: open.reason, origin, parts: gaps(known).slice(0, PARTS_MAX) }
}

/** Takes placeholders in known parts apart. */
function gaps(parts: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return parts.map((part) => (part === PLACEHOLDER ? undefined : part))
}

function scalar(node: Node | undefined): string | undefined {
  switch (node?.kind) {
    case 'text':
      return node.value
    case 'number':
    case 'flag':
      return String(node.value)
    case 'null':
      return 'null'
    default:
      return undefined
  }
}

function isSpace(piece: Piece): boolean {
  return piece.type === 'text' && !piece.quoted && piece.text.trim() === ''
}

function unclear(origin: Origin): UnknownNode {
  return { kind: 'unknown', reason: 'runtime', origin }
}
