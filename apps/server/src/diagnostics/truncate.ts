// Shortens a network address so that it names a neighbourhood, not a connection: /24 of IPv4, /48 of IPv6.
import { isIPv4, isIPv6 } from 'node:net'

/** What stands for an address that is none, such as that of a socket that has already gone. */
const UNKNOWN = 'unknown'

/**
 * The network that an address belongs to: `203.0.113.0/24`, `2001:db8:1::/48`. An IPv4 address inside an IPv6 one
 * (RFC 4291 section 2.5.5.2) is shortened as IPv4.
 * @param address as the socket gives it
 */
export function truncatedAddress(address: string | undefined): string {
  if (address === undefined) return UNKNOWN
  if (isIPv4(address)) return `${address.split('.').slice(0, 3).join('.')}.0/24`
  const bare = address.split('%', 1)[0] ?? ''
  if (!isIPv6(bare)) return UNKNOWN
  const groups = groupsOf(bare)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return `${(groups[6] ?? 0) >> 8}.${(groups[6] ?? 0) & 0xff}.${(groups[7] ?? 0) >> 8}.0/24`
  return `${groups
    .slice(0, 3)
    .map((group) => group.toString(16))
    .join(':')}::/48`
}

/** The eight groups of a valid IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::')
  const before = partOf(head)
  if (tail === undefined) return before
  const after = partOf(tail)
  return [...before, ...Array<number>(Math.max(8 - before.length - after.length, 0)).fill(0), ...after]
}

function partOf(text: string): readonly number[] {
  if (text === '') return []
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)]
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number)
    return [a * 256 + b, c * 256 + d]
  })
}
