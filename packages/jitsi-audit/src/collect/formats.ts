// The formats that an audit can read, and what a file's path and content tell about it.

/** What a file is, once recognised. */
export type Format =
  | 'config.js'
  | 'interface_config.js'
  | 'jvb.conf'
  | 'jicofo.conf'
  | 'jibri.conf'
  | 'sip-communicator.properties'
  | 'logging.properties'
  | 'java-options'
  | 'prosody'
  | 'nginx'
  | 'turnserver.conf'
  | 'dotenv'
  | 'compose'
  | 'logrotate'
  | 'journald'
  | 'daemon.json'
  | 'page'

/** The program that a shared format (properties, logging) belongs to. */
export type Program = 'jvb' | 'jicofo' | 'jibri' | 'jigasi'

/** One file's verdict. */
export interface Recognised {
  readonly format: Format
  /** Set for `sip-communicator.properties`, `logging.properties` and `java-options`. */
  readonly program?: Program
  /** `custom`: laid over a base that this file does not hold. `example`: shows what one might write, is read only where a set has nothing better. */
  readonly role: 'base' | 'custom' | 'example'
}
