// Coming and going is gathered over two seconds.
import { describe, expect, it } from 'vitest'
import { Arrivals } from './arrivals.ts'

describe('Arrivals', () => {
  it('gathers from the first movement', () => {
    const arrivals = new Arrivals()
    expect(arrivals.deadline()).toBeNull()
    arrivals.handleCame('Anna', 0)
    arrivals.handleCame('Ben', 1500)
    arrivals.handleWent('Carla', 1800)
    expect(arrivals.deadline()).toBe(2000)
    expect(arrivals.drain(1999)).toBeNull()
    expect(arrivals.drain(2000)).toEqual({ came: ['Anna', 'Ben'], went: ['Carla'] })
    expect(arrivals.drain(9000)).toBeNull()
  })

  it('does not mention who came and went at once', () => {
    const arrivals = new Arrivals()
    arrivals.handleCame('Anna', 0)
    arrivals.handleWent('Anna', 500)
    expect(arrivals.drain(2000)).toBeNull()
    expect(arrivals.deadline()).toBeNull()
  })
})
