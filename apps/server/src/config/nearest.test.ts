import { expect, test } from 'vitest'
import { editDistance, nearestName } from './nearest.ts'

test.each([
  ['', '', 0],
  ['port', 'port', 0],
  ['prot', 'port', 2],
  ['kitten', 'sitting', 3],
  ['', 'abc', 3],
  ['abc', '', 3],
])('from %j to %j it is %i letters', (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance)
})

test('finds the nearest name within the limit, whatever the letter case', () => {
  expect(nearestName('PROT', ['port', 'host'], 2)).toBe('port')
  expect(nearestName('xyz', ['port', 'host'], 2)).toBeUndefined()
  expect(nearestName('p'.repeat(1000), ['port'], 9999)).toBeUndefined()
})
