// What the Java programs write down: whether a logger's line reaches a file or the console, and what their images do by default.
import type { Installation } from '../../core/installation.ts'
import type { Origin } from '../../core/source.ts'
import { passes } from '../../parse/logging/passes.ts'
import { defaultIn, hasImages } from '../b/kit.ts'

export type JavaComponent = 'jvb' | 'jicofo' | 'jibri' | 'jigasi'

/** This filter of jicofo holds back the dump of XMPP packets and lets everything else pass. */
const KEEPS_PACKETS_BACK = 'org.jitsi.impl.protocol.xmpp.log.ExcludeXmppPackets'
const PACKETS = 'org.jitsi.impl.protocol.xmpp'

/** Whether lines of a logger are written, and why. */
interface Writing {
  readonly writes: boolean | undefined
  readonly origins: readonly Origin[]
  /** The logger itself would write; a handler or its filter holds it back. */
  readonly heldBack: boolean
}

/** Whether lines of `level` of a logger are written by a component that has a logging file in the set. */
export function writing(
  installation: Installation,
  component: JavaComponent,
  logger: string,
  level: string,
): Writing {
  const config = installation.logging[component]
  const passage = passes(config, logger, level)
  if (passage.reaches === 'unknown' && passage.uncertain.length > 0) {
    const filters = passage.uncertain.map(({ name }) => {
      const node = config.settings.root.entries.get(`${name}.filter`)
      return node?.kind === 'text' ? node.value.trim() : ''
    })
    if (filters.every((one) => one === KEEPS_PACKETS_BACK)) {
      const held = logger === PACKETS || logger.startsWith(`${PACKETS}.`)
      return { writes: !held, origins: passage.origins, heldBack: held }
    }
  }
  return {
    writes: passage.reaches === 'unknown' ? undefined : passage.reaches === 'yes',
    origins: passage.origins,
    heldBack: passage.stoppedBy === 'handler' || passage.stoppedBy === 'no-handler',
  }
}

/** The place where an image's stock logging file holds, because none is in the set; undefined where none can be assumed. */
export function stockLogging(installation: Installation, component: JavaComponent): Origin | undefined {
  if (installation.logging[component].settings.completeness !== 'absent' || !hasImages(installation))
    return undefined
  const image = component === 'jigasi' ? /jigasi|transcriber/ : new RegExp(component)
  const service = installation.services.find(({ name }) => image.test(name))
  if (service !== undefined) return service.origin
  const file = installation.environment.files.at(-1)
  const always = component === 'jvb' || component === 'jicofo'
  return always && installation.services.length === 0 && file !== undefined ? defaultIn(file) : undefined
}
