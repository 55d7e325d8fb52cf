// Measures what SRTP costs a packet, profile by profile and size by size: `node bench/srtp.ts [packets]`.
import { createCipheriv, createHmac, hash, randomBytes } from 'node:crypto'
import {
  FRAME_PREFIX_BYTES,
  FRAME_SUFFIX_BYTES,
  KeystreamBurst,
  PacketFrame,
  SendBurst,
  SrtpReceiver,
  SrtpSender,
  type SrtpProfile,
} from '../packages/sfu/src/transport/srtp/index.ts'
import { microsPer, printRow } from './measure.ts'

const PACKETS = Number(process.argv[2] ?? '100000')
const HEADER_BYTES = 32
const CM: SrtpProfile = 'SRTP_AES128_CM_HMAC_SHA1_80'
const GCM: SrtpProfile = 'SRTP_AEAD_AES_128_GCM'

function header(sequence: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES)
  bytes[0] = 0x90
  bytes[1] = 96
  bytes.writeUInt16BE(sequence & 0xffff, 2)
  bytes.writeUInt32BE(0xcafe, 8)
  bytes.writeUInt16BE(0xbede, 12)
  bytes.writeUInt16BE(4, 14)
  return bytes
}

/** Microseconds to protect a packet when `together` of them are planned for one target. */
function sending(profile: SrtpProfile, size: number, together: number): number {
  const saltLength = profile === GCM ? 12 : 14
  const sender = new SrtpSender(
    profile,
    randomBytes(16),
    randomBytes(saltLength),
    new SendBurst(new KeystreamBurst()),
  )
  const frame = new PacketFrame(FRAME_PREFIX_BYTES + 2_048 + FRAME_SUFFIX_BYTES)
  const bytes = header(0)
  let sequence = 0
  return microsPer(PACKETS, together, () => {
    sender.begin()
    for (let count = 0; count < together; count++) {
      bytes.writeUInt16BE(sequence++ & 0xffff, 2)
      sender.plan(bytes, 0, HEADER_BYTES, size)
    }
    sender.run()
    for (let slot = 0; slot < together; slot++) {
      frame.bytes.set(bytes, FRAME_PREFIX_BYTES)
      sender.seal(slot, frame, FRAME_PREFIX_BYTES, FRAME_PREFIX_BYTES + size)
    }
  })
}

/** Microseconds to unprotect a packet. */
function receiving(profile: SrtpProfile, size: number): number {
  const saltLength = profile === GCM ? 12 : 14
  const [key, salt] = [randomBytes(16), randomBytes(saltLength)]
  const sender = new SrtpSender(profile, key, salt, new SendBurst(new KeystreamBurst()))
  const receiver = new SrtpReceiver(profile, key, salt)
  const count = Math.min(PACKETS, 50_000)
  const packets = Array.from({ length: count + (count >> 2) }, (_, sequence) => {
    const frame = new PacketFrame(FRAME_PREFIX_BYTES + size + 4 + FRAME_SUFFIX_BYTES)
    const bytes = header(sequence)
    frame.bytes.set(bytes, FRAME_PREFIX_BYTES)
    sender.begin()
    sender.plan(bytes, 0, HEADER_BYTES, size)
    sender.run()
    return frame.bytes.subarray(
      FRAME_PREFIX_BYTES,
      sender.seal(0, frame, FRAME_PREFIX_BYTES, FRAME_PREFIX_BYTES + size),
    )
  })
  let next = 0
  return microsPer(count, 1, () => {
    const packet = packets[next++]
    if (!packet || receiver.unprotectRtp(packet, packet.length) !== size) throw new Error('not let through')
  })
}

for (const size of [1_116, 160]) {
  for (const profile of [CM, GCM]) {
    for (const together of [1, 2, 4, 8, 16]) {
      printRow(`${size} B ${profile} protect, ${together} together`, sending(profile, size, together))
    }
    printRow(`${size} B ${profile} unprotect`, receiving(profile, size))
  }
  const key = randomBytes(16)
  const data = randomBytes(size)
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false)
  const blocks = Buffer.alloc(size - (size % 16))
  printRow(
    `${size} B part: aes-128-ecb update`,
    microsPer(PACKETS, 1, () => void cipher.update(blocks)),
  )
  printRow(
    `${size} B part: hash sha1 as buffer`,
    microsPer(PACKETS, 1, () => void hash('sha1', data, 'buffer')),
  )
  printRow(
    `${size} B part: hash sha1 as latin1`,
    microsPer(PACKETS, 1, () => void hash('sha1', data, 'latin1')),
  )
  printRow(
    `${size} B part: createHmac`,
    microsPer(PACKETS, 1, () => void createHmac('sha1', key).update(data).digest()),
  )
}
