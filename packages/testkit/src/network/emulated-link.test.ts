import { expect, test } from 'vitest'
import { SeededRandom } from '../time/seeded-random.ts'
import { EmulatedLink, type LinkConditions } from './emulated-link.ts'

function run(conditions: LinkConditions, count: number, gap: number, size = 0, seed = 1): [number, number][] {
  const link = new EmulatedLink<number>(new SeededRandom(seed), conditions)
  const arrivals: [number, number][] = []
  for (let id = 0; id < count; id++) link.send(id * gap, id, size)
  for (let at = link.deadline(); at !== undefined; at = link.deadline()) {
    const id = link.receive(at)
    if (id !== undefined) arrivals.push([at, id])
  }
  return arrivals
}

test('an ideal link hands everything over at once and in order', () => {
  expect(run({}, 3, 10)).toEqual([
    [0, 0],
    [10, 1],
    [20, 2],
  ])
})

test('nothing arrives before its time', () => {
  const link = new EmulatedLink<string>(new SeededRandom(1), { delay: 50 })
  link.send(100, 'x')
  expect(link.receive(149)).toBeUndefined()
  expect(link.deadline()).toBe(150)
  expect(link.receive(150)).toBe('x')
  expect(link.receive(1000)).toBeUndefined()
})

test('loss and duplicates come at about the asked rate, and the same for the same seed', () => {
  const arrivals = run({ loss: 0.1, duplicates: 0.05 }, 10_000, 1)
  const distinct = new Set(arrivals.map(([, id]) => id)).size
  expect(distinct).toBeGreaterThan(8800)
  expect(distinct).toBeLessThan(9200)
  expect(arrivals.length - distinct).toBeGreaterThan(350)
  expect(run({ loss: 0.1, duplicates: 0.05 }, 10_000, 1)).toEqual(arrivals)
  expect(run({ loss: 0.1, duplicates: 0.05 }, 10_000, 1, 0, 2)).not.toEqual(arrivals)
})

test('jitter delays but keeps the order; reordering does not', () => {
  const ids = (conditions: LinkConditions): number[] => run(conditions, 500, 5).map(([, id]) => id)
  const sorted = Array.from({ length: 500 }, (_, id) => id)
  expect(ids({ jitter: 40 })).toEqual(sorted)
  const mixed = ids({ reorder: 0.1 })
  expect(mixed).not.toEqual(sorted)
  expect(mixed.toSorted((a, b) => a - b)).toEqual(sorted)
})

test('a bottleneck spaces datagrams by its rate and drops what its queue cannot hold', () => {
  // 1000 bytes at 80 kbit/s take 100 ms each.
  expect(run({ rate: 80_000 }, 3, 0, 1000)).toEqual([
    [100, 0],
    [200, 1],
    [300, 2],
  ])
  const link = new EmulatedLink<number>(new SeededRandom(1), { rate: 80_000, queueBytes: 3000 })
  for (let id = 0; id < 10; id++) link.send(0, id, 1000)
  expect(link.counters.overflowed).toBe(7)
  expect(link.counters.sent).toBe(10)
})
