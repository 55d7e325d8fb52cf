// Finds the lines of scripts that ask a foreign service for the server's own address, as installers and entrypoints do.
import { isScript } from '../collect/scripts.ts'
import { isDocumentPath } from '../collect/paths.ts'
import { LineIndex } from '../core/origin.ts'
import type { Origin, SourceFile } from '../core/source.ts'

/** Scripts are looked through up to this length, in UTF-16 units. */
const SCRIPT_MAX_LENGTH = 100_000

/** Services that answer with the caller's address. */
export const ADDRESS_SERVICE: RegExp =
  /(?:ifconfig\.(?:me|co|io)|icanhazip\.com|ipify\.org|checkip\.amazonaws\.com|checkip\.dyndns|ipinfo\.io|ipecho\.net|wtfismyip\.com|opendns\.com|ident\.me|ip\.sb|ip6\.me|whatismyip|myip\.com)/i

const ASKS = /\b(?:curl|wget|dig|nslookup|host)\b/

/** One place for each such line; comments do not count. */
export function addressLookups(files: readonly SourceFile[]): readonly Origin[] {
  return files.flatMap((file) => {
    if (file.text.length > SCRIPT_MAX_LENGTH || isDocumentPath(file.path) || !runs(file)) return []
    const index = new LineIndex(file.path, file.text)
    const found: Origin[] = []
    let start = 0
    for (const line of file.text.split('\n')) {
      if (!/^\s*#/.test(line) && ASKS.test(line) && ADDRESS_SERVICE.test(line))
        found.push(index.origin(start, start + line.length))
      start += line.length + 1
    }
    return found
  })
}

/** A script by its name or first line, or one that an image runs before it starts. */
function runs(file: SourceFile): boolean {
  return (
    isScript(file) ||
    /(?:^|[/#])(?:cont-init\.d\/)?\d\d-config$|(?:^|\/)user[_-]data[\w.-]{0,40}$/.test(file.path)
  )
}
