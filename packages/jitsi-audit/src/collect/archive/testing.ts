// Builds small archives for tests.

export interface TarMember {
  readonly path: string
  readonly data: Uint8Array
  readonly mode?: number
  readonly type?: string
}

/** A ustar archive of these members. */
export function tar(members: readonly TarMember[]): Uint8Array {
  const blocks = members.flatMap(({ path, data, mode = 0o644, type = '0' }) => {
    const header = new Uint8Array(512)
    write(header, 0, path)
    write(header, 100, mode.toString(8).padStart(7, '0'))
    write(header, 124, data.length.toString(8).padStart(11, '0'))
    write(header, 148, '        ')
    write(header, 156, type)
    write(header, 257, 'ustar')
    const sum = header.reduce((total, byte) => total + byte, 0)
    write(header, 148, `${sum.toString(8).padStart(6, '0')}\0 `)
    const padded = new Uint8Array(Math.ceil(data.length / 512) * 512)
    padded.set(data)
    return [header, padded]
  })
  return joined([...blocks, new Uint8Array(1024)])
}

export interface ZipMember {
  readonly path: string
  /** Packed as `method` says: 0 stored, 8 deflated. */
  readonly data: Uint8Array
  readonly method: number
}

/** A zip archive of these members; checksums are left out, nobody looks at them. */
export function zip(members: readonly ZipMember[]): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const { path, data, method } of members) {
    const name = Uint8Array.from(path, (letter) => letter.codePointAt(0) ?? 0)
    const local = new Uint8Array(30)
    numbers(local, [
      [0, 4, 0x04034b50],
      [8, 2, method],
      [18, 4, data.length],
      [26, 2, name.length],
    ])
    const central = new Uint8Array(46)
    numbers(central, [
      [0, 4, 0x02014b50],
      [10, 2, method],
      [20, 4, data.length],
      [28, 2, name.length],
      [42, 4, offset],
    ])
    parts.push(local, name, data)
    directory.push(central, name)
    offset += 30 + name.length + data.length
  }
  const end = new Uint8Array(22)
  numbers(end, [
    [0, 4, 0x06054b50],
    [10, 2, members.length],
    [16, 4, offset],
  ])
  return joined([...parts, ...directory, end])
}

function numbers(target: Uint8Array, fields: readonly (readonly [number, number, number])[]): void {
  for (const [at, length, value] of fields)
    for (let index = 0; index < length; index += 1)
      target[at + index] = Math.floor(value / 256 ** index) % 256
}

function write(target: Uint8Array, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) target[at + index] = text.charCodeAt(index)
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    result.set(part, at)
    at += part.length
  }
  return result
}

/** Bytes of an ASCII text. */
export function bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0)
}

/** Packs bytes with the platform's own stream. */
export async function packed(data: Uint8Array, format: 'deflate-raw' | 'gzip'): Promise<Uint8Array> {
  const stream = new CompressionStream(format)
  const writer = stream.writable.getWriter()
  const fed = writer.write(data).then(() => writer.close())
  const reader = stream.readable.getReader()
  const parts: Uint8Array[] = []
  for (let next = await reader.read(); next.value !== undefined; next = await reader.read())
    parts.push(next.value)
  await fed
  return joined(parts)
}

declare class CompressionStream {
  constructor(format: 'deflate-raw' | 'gzip')
  readonly writable: { getWriter(): { write(chunk: Uint8Array): Promise<void>; close(): Promise<void> } }
  readonly readable: { getReader(): { read(): Promise<{ readonly value?: Uint8Array }> } }
}
