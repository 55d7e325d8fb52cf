// What the readers of archives give.

/** One entry of an archive, with its content unpacked on demand. */
export interface Entry {
  readonly path: string
  readonly mode?: number
  readonly kind: 'file' | 'special'
  /** At most `limit` bytes; undefined when they are damaged or more. */
  readonly content: (limit: number) => Promise<Uint8Array | undefined>
}
