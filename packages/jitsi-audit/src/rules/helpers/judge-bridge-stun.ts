// Says of one kind of STUN server whether the bridge asks it: the same question for Google, 8x8 and everybody else.
import type { Installation } from '../../core/installation.ts'
import type { Verdict } from '../../core/rule.ts'
import { fileStart } from './appending.ts'
import { bridgeStun } from './bridge-stun.ts'
import { hostNames } from './ice-servers.ts'
import { both, met, missing, overridden, undecidable, violated } from './verdicts.ts'

/** Verdicts on the bridge's STUN servers of one kind; `foreign` also reports hosts whose owner is not known. */
export function judgeBridgeStun(
  installation: Installation,
  kind: 'google' | 'jitsi' | 'foreign',
): readonly Verdict[] {
  const stun = bridgeStun(installation)
  const named = stun.servers.filter((server) => server.kind === kind)
  const beaten = named.flatMap(({ host, origin, beaten: by }) =>
    by === undefined
      ? []
      : [
          overridden([origin, by], {
            detail: both(
              `${host} steht da, hat aber keine Wirkung.`,
              `${host} is written there but has no effect.`,
            ),
          }),
        ],
  )
  const asked = named.filter((server) => server.beaten === undefined)
  if (asked.length > 0) {
    const names = hostNames(asked)
    return [
      violated(
        asked.map(({ origin }) => origin),
        { detail: both(`Genannt: ${names}.`, `Named: ${names}.`), edits: stun.edits },
      ),
      ...beaten,
    ]
  }
  const doubtful = stun.servers.filter((server) => server.kind === 'unknown' && server.beaten === undefined)
  if (kind === 'foreign' && doubtful.length > 0) {
    const names = hostNames(doubtful)
    return [
      undecidable(
        doubtful.map(({ origin }) => origin),
        {
          detail: both(
            `Wem gehört ${names}? Eigene Namen angeben.`,
            `Whose is ${names}? Name your own hosts.`,
          ),
        },
      ),
    ]
  }
  if (stun.state === 'unknown' || stun.unknown.length > 0)
    return [undecidable(stun.unknown, missing('ice4j.harvest.mapping.stun.addresses')), ...beaten]
  return beaten.length > 0 ? beaten : [met(stun.origin ?? fileStart(installation.jvb.files))]
}
