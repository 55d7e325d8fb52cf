import { describe, expect, test } from 'vitest'
import { KeyframeRequests } from './keyframe-requests.ts'

/** Times at which a request goes out, looking every ms. */
function sentTimes(requests: KeyframeRequests, from: number, to: number, rtt: number): number[] {
  const times: number[] = []
  for (let now = from; now < to; now++) if (requests.take(now, rtt)) times.push(now)
  return times
}

describe('KeyframeRequests', () => {
  test('sends nothing without a wish', () => {
    const requests = new KeyframeRequests()
    expect(sentTimes(requests, 0, 3000, 50)).toEqual([])
    expect(requests.deadline()).toBe(Infinity)
  })

  test('ten wishes are one request, repeated after 500 ms while unanswered', () => {
    const requests = new KeyframeRequests()
    for (let wish = 0; wish < 10; wish++) requests.request(100 + wish)
    expect(sentTimes(requests, 100, 1500, 50)).toEqual([100, 600, 1100])
  })

  test('a long round trip spaces the repeats, a second at most', () => {
    const requests = new KeyframeRequests()
    requests.request(0)
    expect(sentTimes(requests, 0, 2000, 400)).toEqual([0, 800, 1600])
    requests.answered()
    requests.request(5000)
    expect(sentTimes(requests, 5000, 7500, 3000)).toEqual([5000, 6000, 7000])
  })

  test('after an answer the next wish waits for the throttle', () => {
    const requests = new KeyframeRequests()
    requests.request(0)
    requests.take(0, 50)
    requests.answered()
    expect(sentTimes(requests, 1, 100, 50)).toEqual([])
    requests.request(100)
    expect(requests.deadline()).toBe(500)
    expect(sentTimes(requests, 100, 900, 50)).toEqual([500])
  })

  test('gives up after 30 s and begins anew at the next wish', () => {
    const requests = new KeyframeRequests()
    requests.request(0)
    const times = sentTimes(requests, 0, 40_000, 500)
    expect(times).toHaveLength(31)
    expect(requests.deadline()).toBe(Infinity)
    requests.request(50_000)
    expect(requests.take(50_000, 500)).toBe(true)
  })
})
