// The door of the fan-out: what the media worker sends packets with.
export type { Fanout, TargetIndex } from '../../media/fanout.ts'
export { DatagramSockets } from './datagram-sockets.ts'
export type { FanoutCounters, FanoutTargets, SendDatagram, SendTarget } from './fanout-targets.ts'
export { TsFanout, type TsFanoutOptions } from './ts-fanout.ts'
