// The colours of the terminal output, and none where nobody wants them.

/** Colours a text, or leaves it as it is. */
export type Paint = (text: string) => string

/** What the colours mean. */
export interface Paints {
  readonly bad: Paint
  readonly warn: Paint
  readonly good: Paint
  readonly soft: Paint
  readonly bold: Paint
}

/** Codes of ECMA-48, 8.3.117 (SGR). */
export function paints(colour: boolean): Paints {
  const paint =
    (code: number): Paint =>
    (text) =>
      colour && text !== '' ? `\u001B[${code}m${text}\u001B[0m` : text
  return { bad: paint(31), warn: paint(33), good: paint(32), soft: paint(2), bold: paint(1) }
}
