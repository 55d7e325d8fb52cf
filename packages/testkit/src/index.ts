// What engine tests need: virtual time, seeded randomness, an emulated network. Browsers, servers and bots have their own doors.
export { FakeClock } from './time/fake-clock.ts'
export { SeededRandom } from './time/seeded-random.ts'
export { EmulatedLink, type LinkConditions, type LinkCounters } from './network/emulated-link.ts'
