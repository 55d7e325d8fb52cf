// The one door of the SCTP association: data channels over DTLS, without sockets, clocks or timers.
export { SctpAssociation } from './association.ts'
export type { OpenChannelOptions, SctpCloseReason, SctpCounters, SctpEvent, SctpOptions } from './types.ts'
