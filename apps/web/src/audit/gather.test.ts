import { expect, test } from 'vitest'
import { gatherChosen, gatherEntries } from './gather.ts'

/** A file as an input element gives it. */
function chosen(path: string, relative = ''): File {
  const file = new File(['x'], path)
  Object.defineProperty(file, 'webkitRelativePath', { value: relative })
  return file
}

/** A dropped folder that hands out its children in portions, as browsers do. */
function folder(path: string, children: FileSystemEntry[]): FileSystemEntry {
  const portions = [children.slice(0, 1), children.slice(1), []]
  const entry = {
    isFile: false,
    isDirectory: true,
    name: path.split('/').at(-1) ?? '',
    fullPath: path,
    createReader: () => ({
      readEntries: (done: (some: FileSystemEntry[]) => void) => done(portions.shift() ?? []),
    }),
  }
  return entry as unknown as FileSystemEntry
}

function leaf(path: string, readable = true): FileSystemEntry {
  const entry = {
    isFile: true,
    isDirectory: false,
    name: path.split('/').at(-1) ?? '',
    fullPath: path,
    file: (done: (file: File) => void, failed: () => void) =>
      readable ? done(new File(['x'], path)) : failed(),
  }
  return entry as unknown as FileSystemEntry
}

test('chosen files keep their folders, sorted, without what no configuration is in', () => {
  const { files } = gatherChosen([
    chosen('b.conf', 'etc/nginx/b.conf'),
    chosen('a.conf', 'etc/jitsi/a.conf'),
    chosen('HEAD', 'etc/.git/HEAD'),
    chosen('single.env'),
  ])
  expect(files.map(({ path }) => path)).toEqual(['etc/jitsi/a.conf', 'etc/nginx/b.conf', 'single.env'])
})

test('dropped folders are walked to the last portion', async () => {
  const entries = [
    folder('/etc', [
      leaf('/etc/b.conf'),
      folder('/etc/jitsi', [leaf('/etc/jitsi/a'), leaf('/etc/jitsi/b')]),
      leaf('/etc/broken', false),
    ]),
    new File(['x'], 'loose.conf'),
  ]
  const counts: number[] = []
  const { files, skipped } = await gatherEntries(entries, new AbortController().signal, (n) => counts.push(n))
  expect(files.map(({ path }) => path)).toEqual(['etc/b.conf', 'etc/jitsi/a', 'etc/jitsi/b', 'loose.conf'])
  expect(skipped).toEqual([{ path: 'etc/broken', why: 'unreadable' }])
  expect(counts.at(-1)).toBe(4)
})

test('a walk that is cancelled stops', async () => {
  const control = new AbortController()
  const children = Array.from({ length: 10 }, (_, index) => leaf(`/etc/${index}`))
  const { files } = await gatherEntries([folder('/etc', children)], control.signal, (n) => {
    if (n === 3) control.abort()
  })
  expect(files).toHaveLength(3)
})
