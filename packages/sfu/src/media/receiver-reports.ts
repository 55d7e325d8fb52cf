// Writes the receiver reports about everything one peer sends us (RFC 3550 section 6.4.2).
import { MAX_REPORT_BLOCKS } from './limits.ts'
import type { ReceiveLayer } from './receive-layer.ts'
import type { RtcpOutbox } from './rtcp-outbox.ts'
import {
  RECEIVER_REPORT_BYTES,
  sourceDescriptionBytes,
  writeCname,
  writeReceiverReport,
  writeReportBlock,
} from './rtcp/write-reports.ts'
import { REPORT_BLOCK_BYTES } from './rtcp/rtcp-types.ts'

/** Reports on all layers that got packets since the last time; nothing if there are none. */
export function writeReceiverReports(
  now: number,
  outbox: RtcpOutbox,
  senderSsrc: number,
  cname: Uint8Array,
  layers: readonly ReceiveLayer[],
): void {
  const active = layers.filter((layer) => layer.statistics.isActive)
  for (let first = 0; first < active.length; first += MAX_REPORT_BLOCKS) {
    const part = active.slice(first, first + MAX_REPORT_BLOCKS)
    const bytes = RECEIVER_REPORT_BYTES + part.length * REPORT_BLOCK_BYTES + sourceDescriptionBytes(cname)
    outbox.append(bytes, (buffer, start) => {
      let at = writeReceiverReport(buffer, start, senderSsrc, part.length)
      for (const layer of part) at = writeLayerBlock(now, buffer, at, layer)
      return writeCname(buffer, at, senderSsrc, cname)
    })
  }
}

function writeLayerBlock(now: number, buffer: Uint8Array, at: number, layer: ReceiveLayer): number {
  const { ssrc, statistics, clock } = layer
  statistics.closeInterval()
  return writeReportBlock(buffer, at, {
    ssrc,
    fractionLost: statistics.fractionLost,
    cumulativeLost: statistics.cumulativeLost,
    highest: statistics.highest,
    jitter: statistics.jitter,
    lastReport: clock.lastReport,
    delaySinceLastReport: clock.delaySinceLastReport(now),
  })
}
