// Applies a unified diff strictly: every line of context and every removed line must be there, at the place that the hunk names.

/** The files after the patch. @throws Error where a line does not fit */
export function applyPatch(files: ReadonlyMap<string, string>, patch: string): Map<string, string> {
  const result = new Map(files)
  const lines = patch.split('\n')
  let path = ''
  let source: string[] = []
  let output: string[] = []
  let at = 0
  const flush = (): void => {
    if (path !== '') result.set(path, [...output, ...source.slice(at)].join(''))
  }
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line.startsWith('--- a/')) {
      flush()
      path = line.slice('--- a/'.length).replace(/\t$/, '')
      source = (files.get(path) ?? '').match(/[^\n]*\n|[^\n]+$/g) ?? []
      output = []
      at = 0
    } else if (line.startsWith('+++ ')) continue
    else if (line.startsWith('@@')) {
      const [, start = '0', count = '0'] = /^@@ -(\d+),(\d+) /.exec(line) ?? []
      const from = count === '0' ? Number(start) : Number(start) - 1
      output.push(...source.slice(at, from))
      at = from
    } else if (/^[ +-]/.test(line)) {
      const noEnd = lines[index + 1]?.startsWith('\\') === true
      const text = line.slice(1) + (noEnd ? '' : '\n')
      if (!line.startsWith('+')) {
        if (source[at] !== text) throw new Error(`${path}:${at + 1} does not fit`)
        at++
      }
      if (!line.startsWith('-')) output.push(text)
    }
  }
  flush()
  return result
}
