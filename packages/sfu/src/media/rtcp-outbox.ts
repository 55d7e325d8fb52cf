// Collects RTCP for one peer into compounds below the MTU and hands them to the fan-out (reduced-size allowed, RFC 5506).
import type { Fanout, TargetIndex } from './fanout.ts'
import { MAX_RTCP_BYTES } from './limits.ts'
import { FEEDBACK_BYTES, nackBytes, writeNack, writePli } from './rtcp/write-feedback.ts'
import {
  SENDER_REPORT_BYTES,
  sourceDescriptionBytes,
  writeCname,
  writeGoodbye,
  writeSenderReport,
  type SenderReport,
} from './rtcp/write-reports.ts'
import type { TwccRecorder } from './twcc-recorder.ts'

/** Room one transport feedback packet needs, see TwccRecorder.write. */
const TRANSPORT_FEEDBACK_BYTES = 1000

/** What is to be told to one peer. Without a target (not connected yet) everything is dropped: none of it keeps. */
export class RtcpOutbox {
  readonly #fanout: Fanout
  readonly #senderSsrc: number
  readonly #buffer = new Uint8Array(MAX_RTCP_BYTES)
  #length = 0
  #target: TargetIndex | undefined

  constructor(fanout: Fanout, senderSsrc: number, target: TargetIndex | undefined) {
    this.#fanout = fanout
    this.#senderSsrc = senderSsrc
    this.#target = target
  }

  attachTarget(target: TargetIndex): void {
    this.#target = target
  }

  /** Sends what is collected. */
  flush(): void {
    if (this.#length > 0 && this.#target !== undefined) {
      this.#fanout.sendRtcp(this.#target, this.#buffer, this.#length)
    }
    this.#length = 0
  }

  /** Asks for a key frame, at once. */
  pli(media: number): void {
    this.#reserve(FEEDBACK_BYTES)
    this.#length = writePli(this.#buffer, this.#length, this.#senderSsrc, media)
    this.flush()
  }

  /** Asks for lost packets. */
  nack(media: number, sequences: Uint16Array, count: number): void {
    this.#reserve(nackBytes(count))
    this.#length = writeNack(this.#buffer, this.#length, this.#senderSsrc, media, sequences, count)
  }

  /** Tells the arrival of everything recorded. */
  transportFeedback(now: number, recorder: TwccRecorder): void {
    for (;;) {
      this.#reserve(TRANSPORT_FEEDBACK_BYTES)
      const before = this.#length
      this.#length = recorder.write(now, this.#buffer, before, this.#senderSsrc)
      if (this.#length === before) return
    }
  }

  /** Sends a sender report with its CNAME. */
  senderReport(report: SenderReport, cname: Uint8Array): void {
    this.#reserve(SENDER_REPORT_BYTES + sourceDescriptionBytes(cname))
    this.#length = writeSenderReport(this.#buffer, this.#length, report)
    this.#length = writeCname(this.#buffer, this.#length, report.ssrc, cname)
  }

  /** Says that one of our SSRCs ends. */
  goodbye(ssrc: number): void {
    this.#reserve(8)
    this.#length = writeGoodbye(this.#buffer, this.#length, ssrc)
  }

  /** Lets `write` put a packet of at most `bytes` at an offset of the compound; it returns the offset behind it. */
  append(bytes: number, write: (buffer: Uint8Array, at: number) => number): void {
    this.#reserve(bytes)
    this.#length = write(this.#buffer, this.#length)
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes > this.#buffer.length) this.flush()
  }
}
