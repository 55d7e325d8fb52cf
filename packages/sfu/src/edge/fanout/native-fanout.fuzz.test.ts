// Calls the native fan-out with everything that is no good: it may refuse or throw, and must not read or write what is not its own.
import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../transport/dtls/test-support/seeded-random.ts'
import { SLOT_BYTES, SLOT_FIELDS, SLOTS, type NativeAddon, type NativeState } from './native-addon.ts'
import { COUNTER_VALUES } from './native-fanout.ts'
import { nativeUnderTest } from './testing/native-under-test.ts'

const CASES = Number(process.env['RUNDE_FUZZ_CASES'] ?? '3000')
const addon = nativeUnderTest()
const LOOPBACK = Buffer.from([127, 0, 0, 1])
const OPEN: keyof NativeState = 'open'
const RING = SLOTS * SLOT_BYTES
const random = seededRandom(77)

const NUMBERS = [
  0,
  1,
  2,
  3,
  12,
  16,
  255,
  1_472,
  2_028,
  2_048,
  4_096,
  16_383,
  16_384,
  65_535,
  65_536,
  2 ** 31 - 1,
]
const ODD: readonly unknown[] = [
  -1,
  0.5,
  Number.NaN,
  Infinity,
  2 ** 32,
  2 ** 53,
  undefined,
  null,
  'x',
  {},
  [],
  3n,
  Symbol.iterator,
]

/** Never 4 or 16 bytes: nothing may be sent to an address made up here. */
function bytes(): Uint8Array {
  const lengths = [0, 3, 8, 12, 17, 28, 50, 56, 64, 100, 1_400, 5_000]
  return random.bytes(lengths[random.below(lengths.length)] ?? 0)
}

/** Rows that are now and then right, so that the calls get far. */
function rows(): Int32Array {
  const result = new Int32Array(3 * random.below(40))
  for (let at = 0; at < result.length; at++)
    result[at] =
      random.below(6) === 0
        ? (NUMBERS[random.below(NUMBERS.length)] ?? 0) - random.below(3)
        : random.below(24)
  return result
}

function argument(): unknown {
  switch (random.below(8)) {
    case 0:
      return ODD[random.below(ODD.length)]
    case 1:
    case 2:
      return NUMBERS[random.below(NUMBERS.length)]
    case 3:
      return rows()
    case 4:
      return new Float64Array(random.below(2 * COUNTER_VALUES))
    default:
      return random.below(2) === 0 ? bytes() : random.below(40)
  }
}

/** Arguments that the function would take, of which some are replaced by others. */
function likely(name: string): unknown[] {
  const [isGcm, target, v6] = [random.below(2), random.below(6), random.below(4) === 0]
  const keys = random.bytes(isGcm === 1 ? 56 : 100)
  // Loopback's discard port: nothing leaves the machine.
  const address = [
    v6 ? Buffer.from([...Array.from({ length: 15 }, () => 0), 1]) : Buffer.from([127, 0, 0, 1]),
    9,
    0,
  ]
  switch (name) {
    case 'addTarget':
      return [isGcm, keys, ...address]
    case 'rekeyTarget':
      return [target, isGcm, keys]
    case 'moveTarget':
      return [target, ...address]
    case 'removeTarget':
      return [target]
    case 'limitBurst':
      return [target, 1 + random.below(16)]
    case 'send': {
      const [payload, arena, some] = [bytes(), bytes(), rows()]
      arena.fill(0)
      for (let at = 0; at < arena.length; at += random.below(24))
        arena[at++] = 0x80 | (random.below(4) === 0 ? random.below(0x20) : 0)
      const end = random.below(payload.length + 1)
      return [payload, random.below(end + 1), end, arena, some, Math.floor(some.length / 3)]
    }
    case 'sendRtcp':
      return [target, bytes(), random.below(70)]
    case 'sendPlain':
      return [bytes(), ...address]
    case 'addOpener':
      return [isGcm, keys]
    case 'removeOpener':
      return [target]
    case 'openRtp': {
      const packet = bytes()
      return [target, packet, random.below(20), random.below(60), packet.length, random.below(3)]
    }
    case 'openRtcp': {
      const packet = bytes()
      return [target, packet, random.below(20), packet.length]
    }
    case 'readCounters':
      return [new Float64Array(COUNTER_VALUES)]
    default:
      return []
  }
}

/** Functions by how often they shall be called: what sends often, what forgets everything rarely. */
const CALLS: readonly (keyof NativeState)[] = [
  ...Array.from({ length: 12 }, () => 'send' as const),
  ...Array.from({ length: 3 }, () => 'sendRtcp' as const),
  ...Array.from({ length: 4 }, () => 'flush' as const),
  ...Array.from({ length: 3 }, () => 'addTarget' as const),
  ...Array.from({ length: 3 }, () => 'openRtp' as const),
  ...Array.from({ length: 3 }, () => 'openRtcp' as const),
  'addOpener',
  'removeOpener',
  'sendPlain',
  'rekeyTarget',
  'moveTarget',
  'removeTarget',
  'limitBurst',
  'readCounters',
]

function call(state: NativeState, name: keyof NativeState): boolean {
  const parameters = likely(name)
  if (random.below(3) === 0) parameters[random.below(parameters.length + 1)] = argument()
  if (random.below(40) === 0) parameters.length = random.below(parameters.length + 1)
  try {
    Reflect.apply(state[name], undefined, parameters)
    return true
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof RangeError)) throw error
    return false
  }
}

describe.skipIf(!addon)('the native fan-out and arguments of every kind', () => {
  it('takes or throws', () => {
    if (!addon) throw new Error('not built')
    let state = opened(addon)
    let taken = 0
    for (let count = 0; count < CASES; count++) {
      const name = random.below(5_000) === 0 ? 'close' : CALLS[random.below(CALLS.length)]
      if (name && call(state, name)) taken++
      if (name === 'close') state = opened(addon)
    }
    const counters = new Float64Array(COUNTER_VALUES)
    state.readCounters(counters)
    state.close()
    // Most calls are right, or nothing would have been tried.
    expect(taken).toBeGreaterThan(CASES / 2)
    expect(counters[0]).toBeGreaterThan(0)
    expect(counters[2]).toBeGreaterThan(0)
  })

  it('opens no socket that makes no sense', () => {
    if (!addon) throw new Error('not built')
    const state = opened(addon)
    for (let count = 0; count < CASES; count++) {
      const parameters: unknown[] = [
        LOOPBACK,
        0,
        0,
        new Uint8Array(RING),
        new Int32Array(SLOTS * SLOT_FIELDS),
        () => undefined,
      ]
      parameters[random.below(6)] = argument()
      try {
        // The socket of this family is open already, so what is right is refused as well.
        expect(Reflect.apply(state[OPEN], undefined, parameters)).toBeLessThan(0)
      } catch (error) {
        if (!(error instanceof TypeError)) throw error
      }
    }
    state.close()
  })

  it('opens no socket without memory of the right size', () => {
    if (!addon) throw new Error('not built')
    for (const length of [0, 1, RING - 1, RING + 1]) {
      const state = addon.create()
      const slots = new Int32Array(SLOTS * SLOT_FIELDS)
      expect(() => state.open(LOOPBACK, 0, 0, new Uint8Array(length), slots, () => undefined)).toThrow(
        TypeError,
      )
      expect(() =>
        state.open(LOOPBACK, 0, 0, new Uint8Array(RING), slots.subarray(1), () => undefined),
      ).toThrow(TypeError)
      state.close()
    }
  })
})

function opened(native: NativeAddon): NativeState {
  const state = native.create()
  const slots = new Int32Array(SLOTS * SLOT_FIELDS)
  expect(state.open(LOOPBACK, 0, 0, new Uint8Array(RING), slots, () => undefined)).toBeGreaterThan(0)
  return state
}
