// Defines what the media server may say of itself: an event name and plain numbers, sids or codes; never an address or a name.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type LogFields = Readonly<Record<string, string | number | boolean>>

/** Where log lines go; the server passes its own. Fields hold sids, counts and codes only. */
export type Log = (level: LogLevel, event: string, fields: LogFields) => void

/** Says nothing. */
export const silentLog: Log = () => undefined
