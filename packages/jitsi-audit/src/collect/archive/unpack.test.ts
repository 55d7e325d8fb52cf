import { describe, expect, it } from 'vitest'
import { bytes, packed, tar, zip } from './testing.ts'
import { unpack } from './unpack.ts'

describe('unpack', () => {
  it('takes the files out of tar and tar.gz, with their modes', async () => {
    const archive = tar([
      { path: 'etc/jitsi/a.conf', data: bytes('a = 1\n'), mode: 0o640 },
      { path: 'b', data: bytes('') },
    ])
    const { files } = await unpack('set.tar', archive)
    expect(files).toEqual([
      { path: 'set.tar/etc/jitsi/a.conf', text: 'a = 1\n', mode: 0o640 },
      { path: 'set.tar/b', text: '', mode: 0o644 },
    ])
    expect((await unpack('set.tgz', await packed(archive, 'gzip'))).files).toHaveLength(2)
  })
  it('takes the files out of zip, stored and deflated', async () => {
    const archive = zip([
      { path: 'a.conf', data: bytes('stored'), method: 0 },
      { path: 'b.conf', data: await packed(bytes('deflated'), 'deflate-raw'), method: 8 },
    ])
    expect((await unpack('set.zip', archive)).files).toEqual([
      { path: 'set.zip/a.conf', text: 'stored' },
      { path: 'set.zip/b.conf', text: 'deflated' },
    ])
  })
  it('keeps names inside of the archive', async () => {
    const { files } = await unpack(
      's.tar',
      tar([
        { path: '../../etc/passwd', data: bytes('x') },
        { path: '/abs', data: bytes('y') },
      ]),
    )
    expect(files.map(({ path }) => path)).toEqual(['s.tar/etc/passwd', 's.tar/abs'])
  })
  it('opens an archive in an archive once, and no deeper', async () => {
    const inner = tar([{ path: 'x.conf', data: bytes('x') }])
    const middle = tar([{ path: 'inner.tar', data: inner }])
    const one = await unpack('o.tar', middle)
    expect(one.files.map(({ path }) => path)).toEqual(['o.tar/inner.tar/x.conf'])
    const two = await unpack('o.tar', tar([{ path: 'middle.tar', data: middle }]))
    expect(two.files).toEqual([])
    expect(two.skipped).toEqual([{ path: 'o.tar/middle.tar/inner.tar', why: 'archive' }])
  })
  it('stops a bomb', async () => {
    const bomb = await packed(new Uint8Array(40_000_000), 'deflate-raw')
    const { files, skipped } = await unpack('b.zip', zip([{ path: 'zeros.conf', data: bomb, method: 8 }]))
    expect(files).toEqual([])
    expect(skipped).toEqual([{ path: 'b.zip/zeros.conf', why: 'too-large' }])
  })
  it('leaves links, binaries and damage alone', async () => {
    const archive = tar([
      { path: 'link', data: bytes(''), type: '2' },
      { path: 'image.conf', data: Uint8Array.of(1, 0, 2) },
    ])
    expect((await unpack('s.tar', archive)).skipped).toEqual([
      { path: 's.tar/link', why: 'special' },
      { path: 's.tar/image.conf', why: 'binary' },
    ])
    expect((await unpack('s.zip', bytes('PK\u0003\u0004 nothing'))).skipped).toEqual([
      { path: 's.zip', why: 'unreadable' },
    ])
    expect((await unpack('s.gz', Uint8Array.of(0x1f, 0x8b, 8, 0))).skipped).toEqual([
      { path: 's.gz', why: 'unreadable' },
    ])
    expect((await unpack('s.tar', new Uint8Array(0))).files).toEqual([])
  })
})
