// Reads which ports a compose service publishes, and at which addresses of the machine.
import type { ComposeService } from '../../core/installation.ts'
import type { Edit } from '../../core/rule.ts'
import type { Origin } from '../../core/source.ts'
import { replaceValue } from './edits.ts'
import { items, member, numeric, text } from './values.ts'

/** One published port. Without an address, Docker publishes on all of them. */
interface PublishedPort {
  readonly address?: string
  /** Port inside the container; the first one of a range. */
  readonly container: number
  readonly origin: Origin
  /** Binds it to loopback, where its text stands plainly in the file. */
  readonly edits: readonly Edit[]
}

const SHORT =
  /^(?:(\[[\da-f:]+\]|\d{1,3}(?:\.\d{1,3}){3}):)?(?:(\d*)(?:-\d+)?:)?(\d+)(?:-\d+)?(?:\/(?:tcp|udp))?$/

/** Short notation (`127.0.0.1:8080:8080`) and long notation (`target`, `published`, `host_ip`). */
export function publishedPorts(service: ComposeService): readonly PublishedPort[] {
  const ports = member(service.node, 'ports')
  if (ports === undefined) return []
  return items(ports).flatMap((port): PublishedPort[] => {
    if (port.kind === 'map') {
      const container = numeric(member(port, 'target'))
      const address = text(member(port, 'host_ip'))
      if (container === undefined) return []
      return [{ container, origin: port.origin, edits: [], ...(address === undefined ? {} : { address }) }]
    }
    const written = text(port)
    const match = written === undefined ? null : SHORT.exec(written)
    if (match === null || written === undefined) return []
    const [, address, , container] = match
    return [
      {
        container: Number(container),
        origin: port.origin,
        edits: address === undefined ? bindLoopback(port.origin, written) : [],
        ...(address === undefined ? {} : { address: address.replace(/^\[|\]$/g, '') }),
      },
    ]
  })
}

/** Only where the place is as long as the text, or two quotes longer: otherwise a variable stands there. */
function bindLoopback(origin: Origin, written: string): readonly Edit[] {
  const length = origin.line === origin.endLine ? origin.endColumn - origin.column : 0
  if (length !== written.length && length !== written.length + 2) return []
  const both = written.includes(':') ? written : `${written}:${written}`
  return replaceValue(origin, `'127.0.0.1:${both}'`)
}
