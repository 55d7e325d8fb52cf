// What an audit knows about one installation: every component's effective configuration, put together from all files.
import type { Origin, ParseProblem } from './source.ts'
import type { Settings } from './settings.ts'
import type { Node } from './value.ts'

export type InstallationKind =
  | 'debian'
  | 'docker'
  | 'kubernetes'
  | 'helm'
  | 'ansible'
  | 'salt'
  | 'yunohost'
  | 'nixos'
  | 'source'
  | 'unknown'

/** A release as the project names it, for comparing by date: `stable-9646` came out on 2024-07-10. */
export interface Release {
  readonly name: string
  /** ISO date, where the release is known to us. */
  readonly date?: string
  readonly origin: Origin
}

/** What became of one file of the set. */
export interface FileReport {
  readonly path: string
  /** Format name such as `config.js`, `prosody`, `nginx`, `compose`; undefined when nobody knows it. */
  readonly format?: string
  readonly outcome: 'read' | 'partly' | 'not-read'
  readonly problems: readonly ParseProblem[]
}

/** One host of prosody with all that is in effect there (global settings included, own ones win). */
export interface ProsodyHost {
  readonly kind: 'global' | 'VirtualHost' | 'Component'
  readonly name: Node
  /** Second argument of Component, such as `muc` or `internal_muc`. */
  readonly module?: Node
  /** Settings in effect at this host, inherited ones included; each node knows where it stands. */
  readonly settings: Settings
  readonly origin: Origin
}

export interface ProsodyConfig {
  readonly completeness: Settings['completeness']
  /** The first one is the global section. */
  readonly hosts: readonly ProsodyHost[]
  /** Hosts with `enabled = false`: prosody does not load them. */
  readonly disabledHosts?: readonly ProsodyHost[]
  readonly problems: readonly ParseProblem[]
  readonly files: readonly string[]
}

/** One directive of nginx: name, arguments as written (quotes taken off), and the block's children. */
export interface NginxDirective {
  readonly name: string
  readonly args: readonly string[]
  readonly origin: Origin
  readonly children?: readonly NginxDirective[]
}

/** A server or location with the directives in effect there after inheritance (access_log, error_log, add_header replace as a group). */
export interface NginxScope {
  /** `if`: an `if` or `limit_except` block inside a server or location. */
  readonly kind: 'http' | 'server' | 'location' | 'if'
  /** Arguments of the block: `['~', '^/room']` for a location, server_name values for a server. */
  readonly args: readonly string[]
  readonly directive: NginxDirective
  readonly parent?: NginxScope
  /** Directives in effect, by name; inherited ones included. A directive that may repeat has several entries. */
  readonly effective: ReadonlyMap<string, readonly NginxDirective[]>
}

export interface NginxConfig {
  readonly completeness: Settings['completeness']
  readonly scopes: readonly NginxScope[]
  /** `log_format` name to its text; `combined` is always there. */
  readonly logFormats: ReadonlyMap<string, { readonly text: string; readonly origin?: Origin }>
  /** Variables set by `map` blocks: name to source expression and cases. */
  readonly maps: ReadonlyMap<
    string,
    {
      readonly source: string
      readonly cases: readonly (readonly [string, string])[]
      readonly origin: Origin
    }
  >
  readonly problems: readonly ParseProblem[]
  readonly files: readonly string[]
}

/** java.util.logging as it takes effect: levels of loggers and handlers, and which handlers are attached. */
export interface LoggingConfig {
  readonly settings: Settings
  /** Root handlers by class name. */
  readonly handlers: readonly { readonly name: string; readonly level?: string; readonly origin: Origin }[]
  /** Level of the named logger (`''` is the root) as written; the stricter of logger and handler is what reaches a file. */
  readonly levels: ReadonlyMap<string, { readonly level: string; readonly origin: Origin }>
}

export interface LogrotateStanza {
  readonly patterns: readonly string[]
  /** Directive name to its argument (`''` for flags); global ones included, own ones win. */
  readonly directives: ReadonlyMap<string, { readonly value: string; readonly origin: Origin }>
  readonly origin: Origin
}

export interface ComposeService {
  readonly name: string
  readonly origin: Origin
  /** The service's YAML after variable substitution. */
  readonly node: Node
  /** Environment in effect inside the container: compose's `environment`, `env_file` and `.env` substitution resolved. */
  readonly environment: Settings
}

/** A log destination found anywhere in the set: where does it go, who writes it. */
export interface LogPath {
  readonly path: string
  readonly component: Component
  readonly origin: Origin
}

export type Component =
  | 'web'
  | 'interface'
  | 'prosody'
  | 'jicofo'
  | 'jvb'
  | 'jibri'
  | 'jigasi'
  | 'nginx'
  | 'turn'
  | 'environment'
  | 'logrotate'
  | 'journald'
  | 'pages'

/** The whole of it. Every component is always there; `completeness: 'absent'` says that nothing was found. */
export interface Installation {
  readonly kind: InstallationKind
  readonly release?: Release
  /** ISO date that the release is not older than, by what the files mention; for sets that name no release. */
  readonly atLeast?: string
  readonly files: readonly FileReport[]
  /** Host names the operator declared or that the configuration makes plain; a host outside them is foreign. Registrable parents count: `example.org` covers `meet.example.org`. */
  readonly ownHosts: readonly string[]
  /** `config` of the web client: custom files appended, environment of the image turned into settings. */
  readonly web: Settings
  readonly interfaceConfig: Settings
  /** Environment variables by name (.env, env.example where it is used, compose), before any image reads them. */
  readonly environment: Settings
  readonly services: readonly ComposeService[]
  readonly prosody: ProsodyConfig
  readonly jicofo: Settings
  /** HOCON of the bridge with the winning legacy properties laid over it (`stronger-source`). */
  readonly jvb: Settings
  /** Legacy `sip-communicator.properties` of the bridge; a key is one string, look it up as an array of one. */
  readonly jvbLegacy: Settings
  readonly jibri: Settings
  /** Properties of jigasi; a key is one string. */
  readonly jigasi: Settings
  readonly logging: Readonly<Record<'jvb' | 'jicofo' | 'jibri' | 'jigasi', LoggingConfig>>
  readonly nginx: NginxConfig
  /** turnserver.conf: key to text, or to a list of texts when repeated; bare flags are `true`. */
  readonly turn: Settings
  readonly rotation: {
    readonly completeness: Settings['completeness']
    readonly stanzas: readonly LogrotateStanza[]
  }
  /** journald.conf `[Journal]` keys. */
  readonly journald: Settings
  /** Docker's daemon.json, where it is in the set. */
  readonly dockerDaemon?: Settings
  readonly logPaths: readonly LogPath[]
  /** Places at which a script of the set asks a foreign service for the server's own address. */
  readonly addressLookups?: readonly Origin[]
  /** Static pages of the web client that were in the set (welcomePageAdditionalContent.html, imprint, ...): path and text. */
  readonly pages: readonly { readonly path: string; readonly text: string }[]
  /** Unix modes of files where known. */
  readonly modes: ReadonlyMap<string, number>
}
