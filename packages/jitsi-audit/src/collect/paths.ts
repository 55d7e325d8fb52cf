// Small questions about paths, which use `/` and have no drive.

/** Last part of the path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Everything before the last `/`; empty for a name without folder. */
export function folderOf(path: string): string {
  const at = path.lastIndexOf('/')
  return at === -1 ? '' : path.slice(0, at)
}

/** Folder names of a path, lower case, without the file's own name. */
export function foldersOf(path: string): readonly string[] {
  return folderOf(path)
    .toLowerCase()
    .split('/')
    .filter((part) => part !== '')
}

/** `a/./b/../c` becomes `a/c`; what climbs out of the root stays at the root. */
export function normalisePath(path: string): string {
  const parts: string[] = []
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}

const DOCUMENT =
  /^(?:readme|changelog|changes|license|copying|contributing|notice|todo|authors)\b|^old[-_]|[-_.]old\.\w+$|\.(?:md|markdown|rst|adoc|txt|patch|diff|orig|rej|bak|dpkg-old|dpkg-dist|dpkg-new|ucf-old|ucf-dist|swp|map)$|~$/
const DOCUMENT_FOLDERS = new Set(
  'doc docs documentation node_modules .git .github .gitlab test tests molecule spec __tests__ vendor'.split(
    ' ',
  ),
)

/** True for files that explain or test instead of configuring. */
export function isDocumentPath(path: string): boolean {
  const name = baseName(path).toLowerCase()
  return DOCUMENT.test(name) || foldersOf(path).some((folder) => DOCUMENT_FOLDERS.has(folder))
}

const EXAMPLE_FOLDERS = new Set(['example', 'examples', 'sample', 'samples', '.template'])

/** True below a folder that shows what one might do. */
export function isExamplePath(path: string): boolean {
  return foldersOf(path).some((folder) => EXAMPLE_FOLDERS.has(folder))
}

/** Folder of the role that a file belongs to: the parent of its `templates`, `defaults`, `vars` or `files`. */
export function roleOf(path: string): string {
  const match = /^(.*?)(?:^|\/)(?:templates|defaults|vars|files|tasks|handlers|meta)\/[^\n]*$/.exec(path)
  return match?.[1] ?? folderOf(path)
}
