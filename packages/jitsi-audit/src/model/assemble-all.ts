// Several installations in one tree: a repository with roles for different hosts, or charts beside compose files.
import { baseName, folderOf, isDocumentPath, roleOf } from '../collect/paths.ts'
import { recognise } from '../collect/recognise.ts'
import type { Format } from '../collect/formats.ts'
import type { Installation } from '../core/installation.ts'
import { FILES_MAX } from '../core/limits.ts'
import type { SourceFile } from '../core/source.ts'
import { assemble, type AssembleOptions } from './assemble.ts'
import { JITSI_COMPOSE } from './compose-files.ts'

/** One installation of a tree; its label is the folder that it was recognised by, empty for the tree as a whole. */
export interface LabelledInstallation {
  readonly label: string
  readonly installation: Installation
}

/** Installations told apart in one tree; more are put into the last one. */
const INSTALLATIONS_MAX = 40

/** Formats of which an installation has one set: a second one elsewhere is another installation. */
const MAIN: ReadonlySet<Format> = new Set<Format>([
  'config.js',
  'compose',
  'jvb.conf',
  'jicofo.conf',
  'sip-communicator.properties',
  'prosody',
  'dotenv',
])

interface Root {
  readonly folder: string
  readonly files: SourceFile[]
  /** Main formats, with the program where two programs share one. */
  readonly formats: Set<string>
}

/** Every installation of the tree, each with the variables that belong to all of them. Never empty. */
export function assembleAll(
  files: readonly SourceFile[],
  options: AssembleOptions = {},
): readonly LabelledInstallation[] {
  const roots = [...rootsOf(files).values()]
  const groups = group(roots.filter(({ formats }) => formats.size > 0))
  if (groups.length < 2)
    return [
      { label: groups[0] === undefined ? '' : labelOf(groups[0]), installation: assemble(files, options) },
    ]
  const owners = new Map(groups.flatMap((members) => members.map((root) => [root.folder, members] as const)))
  const rest = roots.filter(({ folder }) => !owners.has(folder))
  return groups.map((members, index) => {
    const own = new Set(members.flatMap((root) => root.files))
    for (const root of rest) {
      const nearest = nearestGroup(root.folder, groups)
      // Variables, tasks and scripts serve every group; configuration belongs to the nearest one.
      for (const file of root.files) if (nearest === index || recognise(file) === undefined) own.add(file)
    }
    return {
      label: labelOf(members),
      installation: assemble(
        files.filter((file) => own.has(file)),
        options,
      ),
    }
  })
}

function rootsOf(files: readonly SourceFile[]): ReadonlyMap<string, Root> {
  const charts = files
    .filter(({ path }) => /^chart\.ya?ml$/i.test(baseName(path)))
    .map(({ path }) => folderOf(path))
  const roots = new Map<string, Root>()
  for (const file of files.slice(0, FILES_MAX)) {
    const folder = rootOf(file.path, charts)
    const root = roots.get(folder) ?? { folder, files: [], formats: new Set<string>() }
    roots.set(folder, root)
    root.files.push(file)
    const found = isDocumentPath(file.path) ? undefined : recognise(file)
    const counts = found !== undefined && MAIN.has(found.format) && found.role === 'base'
    if (
      counts &&
      (found.format !== 'compose' || JITSI_COMPOSE.test(file.text)) &&
      (found.format !== 'dotenv' || isJitsiDotenv(file))
    )
      root.formats.add(`${found.format} ${found.program ?? ''}`)
  }
  return roots
}

function isJitsiDotenv({ text }: SourceFile): boolean {
  return /^\s*(?:PUBLIC_URL|JVB_|JICOFO_|XMPP_DOMAIN|ENABLE_LOBBY)/m.test(text)
}

/** Folder of the chart, the role, the machine's tree (before `etc`) or the compose project that a file belongs to. */
function rootOf(path: string, charts: readonly string[]): string {
  const chart = charts
    .filter((folder) => folder === '' || path.startsWith(`${folder}/`))
    .toSorted((a, b) => a.length - b.length)[0]
  if (chart !== undefined) return chart
  const machine = /^(.*?)(?:^|\/)(?:etc|usr|rootfs)\//.exec(path)
  if (machine !== null)
    return (machine[1] ?? '').replace(/(?:^|\/)(?:web|jvb|jicofo|prosody|jibri|jigasi)$/, '')
  const role = /(?:^|\/)(?:templates|defaults|vars|files|tasks|handlers|meta)\//.test(path)
  if (role) return roleOf(path)
  // The image's volumes lie in folders of their own below the project.
  return folderOf(path).replace(
    /(?:^|\/)(?:web|jvb|jicofo|prosody|jibri|jigasi|config|nginx|conf\.d|sites-(?:available|enabled))(?:\/[^\n]*)?$/,
    '',
  )
}

/** Roots whose main formats differ are parts of one installation; a repeated format begins another one. */
function group(roots: readonly Root[]): readonly (readonly Root[])[] {
  const groups: { members: Root[]; formats: Set<string>; parent: string }[] = []
  for (const root of roots.toSorted((a, b) => (a.folder < b.folder ? -1 : 1))) {
    const parent = folderOf(root.folder)
    const fits = groups.find(
      (one) =>
        (one.parent === parent || root.folder.startsWith(`${one.parent}/`) || one.parent === '') &&
        [...root.formats].every((format) => !one.formats.has(format)),
    )
    const target = fits ?? (groups.length >= INSTALLATIONS_MAX ? groups.at(-1) : undefined)
    if (target === undefined) groups.push({ members: [root], formats: new Set(root.formats), parent })
    else {
      target.members.push(root)
      for (const format of root.formats) target.formats.add(format)
    }
  }
  return groups.map(({ members }) => members)
}

function nearestGroup(folder: string, groups: readonly (readonly Root[])[]): number {
  let best = 0
  let length = -1
  for (const [index, members] of groups.entries())
    for (const root of members) {
      const shared = sharedFolders(root.folder, folder)
      if (shared > length) {
        best = index
        length = shared
      }
    }
  return best
}

function sharedFolders(a: string, b: string): number {
  const left = a.split('/')
  const right = b.split('/')
  let count = 0
  while (count < left.length && left[count] === right[count]) count += 1
  return count
}

/** The folder that all members share, or their names. */
function labelOf(members: readonly Root[]): string {
  const folders = members.map(({ folder }) => folder)
  return folders.length <= 3
    ? folders.filter((folder) => folder !== '').join(', ')
    : folderOf(folders[0] ?? '') || (folders[0] ?? '')
}
