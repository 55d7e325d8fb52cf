// What the request handlers work with; put together once at the start.
import type { EpochMillis } from '@runde/contract'
import type { RandomBytes } from '@runde/meeting'
import type { KeyPair, Store } from '@runde/store'
import type { ServerConfig } from './config/config.ts'
import type { ProbeRunner } from './probes/runner.ts'
import type { Logger } from './log/logger.ts'
import type { MediaServer } from './media-port.ts'

export interface ServerContext {
  config: Pick<ServerConfig, 'publicUrl' | 'https'> & Partial<Pick<ServerConfig, 'backup' | 'dataFolder'>>
  keyPair: KeyPair
  store: Store
  media: MediaServer
  log: Logger
  probes: ProbeRunner
  now: () => EpochMillis
  random: RandomBytes
}
