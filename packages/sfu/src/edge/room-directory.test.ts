// Rooms stay where they are and new ones go where there is least.
import { describe, expect, it } from 'vitest'
import { RoomDirectory } from './room-directory.ts'

describe('RoomDirectory', () => {
  it('spreads rooms and keeps each where it is', () => {
    const directory = new RoomDirectory(2)
    const first = directory.workerFor('a', 0)
    const second = directory.workerFor('b', 0)
    expect(first).not.toBe(second)
    expect(directory.workerFor('a', 5)).toBe(first)
    directory.started('a')
    directory.started('b')
    directory.finished('a')
    expect(directory.workerFor('c', 6)).toBe(first)
    expect(directory.find('a')).toBeUndefined()
  })

  it('forgets a pin whose room never came to be, and never one whose room lives', () => {
    const directory = new RoomDirectory(1)
    directory.workerFor('tried', 0)
    directory.workerFor('lives', 0)
    directory.started('lives')
    directory.workerFor('later', 60_001)
    expect(directory.find('tried')).toBeUndefined()
    expect(directory.find('lives')).toBe(0)
  })

  it('loses every room of a worker that is gone', () => {
    const directory = new RoomDirectory(2)
    const worker = directory.workerFor('a', 0)
    directory.started('a')
    directory.counted('a', 3)
    const request = Uint8Array.of(1, 2)
    directory.made('a', request)
    directory.made('unknown', request)
    for (const room of ['b', 'c']) directory.workerFor(room, 0)
    expect(directory.workerGone(worker)).toEqual(
      new Map([
        ['a', request],
        ['c', undefined],
      ]),
    )
    expect(directory.participants('a')).toBe(0)
    expect(directory.find('b')).toBe(1 - worker)
  })
})
