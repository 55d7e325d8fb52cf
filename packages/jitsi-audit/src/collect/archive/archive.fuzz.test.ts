import { describe, expect, it, vi } from 'vitest'
import { bytes, packed, tar, zip } from './testing.ts'
import { unpack } from './unpack.ts'

const { process } = globalThis as unknown as {
  readonly process: { readonly env: Readonly<Record<string, string | undefined>> }
}
/** Each case starts streams, which costs more than parsing a text: a tenth of the cases takes as long. */
const CASES = Math.ceil(Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000') / 10)

/** Numbers from 0 to 1, the same in every run (a linear congruential generator with the constants of Numerical Recipes). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

vi.setConfig({ testTimeout: 600_000 })

describe('hostile archives', () => {
  it('never throw, never climb and never grow', async () => {
    const next = seeded(11)
    const inner = tar([{ path: 'etc/a.conf', data: bytes('a = 1\n'.repeat(20)) }])
    const seeds = [
      inner,
      await packed(inner, 'gzip'),
      zip([
        { path: 'a/b.conf', data: await packed(bytes('x'.repeat(2_000)), 'deflate-raw'), method: 8 },
        { path: 'n.tar', data: inner, method: 0 },
      ]),
    ]
    for (let index = 0; index < CASES; index += 1) {
      const damaged = Uint8Array.from(seeds[index % seeds.length] ?? inner)
      for (let change = 0; change < 4; change += 1)
        damaged[Math.floor(next() * damaged.length)] = Math.floor(next() * 256)
      const cut = next() < 0.2 ? damaged.subarray(0, Math.floor(next() * damaged.length)) : damaged
      const { files } = await unpack('s', cut)
      for (const file of files) {
        expect(file.path.startsWith('s/')).toBe(true)
        expect(file.path.split('/')).not.toContain('..')
      }
    }
  })
})
