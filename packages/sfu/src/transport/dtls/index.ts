// The door of the DTLS server: everything other folders may use.
export { DtlsServer, type DtlsServerOptions } from './dtls-server.ts'
export type { DtlsCloseReason, DtlsCounters, DtlsEvent, SrtpKeyingMaterial } from './events.ts'
export { createDtlsIdentity, type DtlsIdentity, type DtlsIdentityOptions } from './identity.ts'
export type { SetFingerprintResult } from './peer-check.ts'
export type { SrtpProfile } from './protocol.ts'
