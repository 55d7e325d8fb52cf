// Brings the server up in order (data, port, media, pages), and down again in the opposite one.
import { randomBytes } from 'node:crypto'
import { networkInterfaces } from 'node:os'
import { fileURLToPath } from 'node:url'
import { RequestError, getRequestListener } from '@hono/node-server'
import { asEpochMillis, type EpochMillis, type Private } from '@runde/contract'
import type { KeyPair, Store } from '@runde/store'
import { ownAddresses } from './addresses.ts'
import type { ServerConfig } from './config/config.ts'
import { MIN_SECRET_LENGTH, isLocal, type ServerSecrets } from './config/secrets.ts'
import { findKeyPair, openStore } from './data-folder.ts'
import { purgeLogs } from './diagnostics/log-files.ts'
import { type DiagnosticRecorder, startRecorder } from './diagnostics/recorder.ts'
import { createRouteTemplate } from './diagnostics/route-template.ts'
import { Refusal, errorResponse } from './http/answers.ts'
import { createApp } from './http/app.ts'
import { loadPages } from './http/pages.ts'
import { listen, type Listener } from './listen.ts'
import type { Logger } from './log/logger.ts'
import { LogTap } from './log/log-tap.ts'
import { mediaLog } from './log/media-log.ts'
import type { CreateMediaServer, MediaServer } from './media-port.ts'
import { makeSetUpLink } from './one-time-links.ts'
import { createProbeRunner } from './probes/runner.ts'
import { StartFailure } from './start-failures.ts'
import { checkUdpPorts } from './udp-check.ts'

/** What tests replace. */
export interface ServerParts {
  createMediaServer: CreateMediaServer
  /** Folder of the built web client; left out: the repository's. */
  webFolder?: string
  /** What the probes read of the log; left out: nothing. */
  tap?: LogTap
}

export interface StartOptions extends ServerParts {
  config: ServerConfig
  secrets: ServerSecrets
  log: Logger
}

export interface RunningServer {
  port: number
  /** Shown once to the operator while nobody has set the installation up. */
  setUpLink: Private<string> | undefined
  /** Says good-bye to everybody and lets go of everything; takes {@link STOP_LIMIT_MS} at most. */
  stop(): Promise<void>
}

/** Participants are told and disconnected in this time, in milliseconds. */
const MEDIA_CLOSE_MS = 3000
/** Answers that are on their way may end in this time, in milliseconds. */
const HTTP_CLOSE_MS = 1500
/** Longest time a stop takes. */
export const STOP_LIMIT_MS: number = MEDIA_CLOSE_MS + HTTP_CLOSE_MS + 1000

/** Expired sessions and links stop working at once; their rows go within this time. */
const PURGE_INTERVAL_MS = 3_600_000

const WEB_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url))

function now(): EpochMillis {
  return asEpochMillis(Date.now())
}

/** Starts everything. @throws StartFailure; whatever was open by then is closed again */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { config, log } = options
  const webFolder = options.webFolder ?? WEB_FOLDER
  const pages = loadPages(webFolder)
  if (pages === undefined) throw new StartFailure({ code: 'web_missing', folder: webFolder })
  await using cleanup = new AsyncDisposableStack()
  const store = await openStore(config.dataFolder)
  cleanup.defer(() => store.close())
  // Before anything else: a diagnosis that expired while the server was down.
  await purgeLogs(config.dataFolder, store, now())
  const keyPair = await findKeyPair(store, options.secrets, now())
  if (keyPair.secret.reveal().length < MIN_SECRET_LENGTH) log.warn('api_secret_short')
  const listener = await listen(config)
  cleanup.defer(() => listener.close(0))
  const media = await startMedia(options, keyPair)
  cleanup.defer(() => media.close())
  const probes = createProbeRunner(
    {
      ...config,
      port: listener.port,
      tls: config.tls !== undefined,
      udpPort: config.media.udpPort,
      workers: config.media.workers,
      store,
      media,
      tap: options.tap ?? new LogTap(),
      now,
      random: randomBytes,
    },
    log,
  )
  cleanup.defer(() => probes.stop())
  const app = createApp({ config, keyPair, store, media, log, probes, now, random: randomBytes }, pages)
  const routeOf = createRouteTemplate(app.routes)
  const diagnosis = await startRecorder({ dataFolder: config.dataFolder, store, log, now, routeOf })
  cleanup.defer(() => diagnosis.stop())
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: (error) => {
      // A request that cannot even be read, for instance with a broken Host header, is the sender's fault.
      const unreadable = error instanceof RequestError
      if (!unreadable) log.bug('request_failed', error)
      return errorResponse(new Refusal(unreadable ? 'bad_request' : 'internal'))
    },
  })
  listener.serve({
    request: (request, response) => {
      diagnosis.request(request, response)
      if (!media.handleRequest(request, response)) void answer(request, response)
    },
    upgrade: (request, socket, head) =>
      diagnosis.upgrade(request, socket, () => media.handleUpgrade(request, socket, head)),
  })
  const setUpLink = await freshSetUpLink(store, config.publicUrl)
  const stopHousekeeping = await keepHouse(store, log)
  const stopEvents = logRooms(media, log, diagnosis)
  log.info('ready', { port: listener.port, udp_port: config.media.udpPort, workers: config.media.workers })
  cleanup.move()
  return {
    port: listener.port,
    setUpLink,
    async stop() {
      stopHousekeeping()
      stopEvents()
      probes.stop()
      await stopInOrder(listener, media, diagnosis, store, log)
    },
  }
}

async function startMedia(
  { config, log, createMediaServer }: StartOptions,
  pair: KeyPair,
): Promise<MediaServer> {
  const { udpPort, workers, sender } = config.media
  const announcedAddresses = [
    ...(config.media.announce ?? ownAddresses(networkInterfaces(), isLocal(config.publicUrl))),
  ]
  // Whoever announces nothing but loopback wants to be reached from this machine only.
  const host = announcedAddresses.every((address) => address === '127.0.0.1') ? '127.0.0.1' : undefined
  await checkUdpPorts(udpPort, workers, host)
  try {
    return await createMediaServer({
      keys: new Map([[pair.key, pair.secret.reveal()]]),
      udpPort,
      workers,
      announcedAddresses,
      sender,
      // Nobody attends a meeting unseen, not even whoever holds the key pair.
      hiddenParticipants: false,
      ...(host === undefined ? {} : { bindAddresses: [host] }),
      log: mediaLog(log),
    })
  } catch (error) {
    log.bug('media_failed', error)
    throw new StartFailure({ code: 'media_failed' }, error)
  }
}

/** A new link at every start until somebody has used one; the links of earlier starts are void then. */
async function freshSetUpLink(store: Store, publicUrl: string): Promise<Private<string> | undefined> {
  await store.links.deleteAll('set_up')
  return makeSetUpLink({ store, publicUrl, now: now(), random: randomBytes })
}

async function keepHouse(store: Store, log: Logger): Promise<() => void> {
  const purge = async (): Promise<void> => {
    try {
      const count = await store.purge(now())
      if (count > 0) log.info('expired_purged', { count })
    } catch (error) {
      log.bug('purge_failed', error)
    }
  }
  await purge()
  const timer = setInterval(() => void purge(), PURGE_INTERVAL_MS)
  return () => clearInterval(timer)
}

function logRooms(media: MediaServer, log: Logger, diagnosis: DiagnosticRecorder): () => void {
  return media.onEvent((event) => {
    diagnosis.media(event)
    switch (event.kind) {
      case 'room_started':
        return log.info('room_started')
      case 'room_finished':
        return log.info('room_finished')
      case 'participant_joined':
        return log.debug('participant_joined')
      case 'participant_left':
        return log.debug('participant_left')
    }
  })
}

async function stopInOrder(
  listener: Listener,
  media: MediaServer,
  diagnosis: DiagnosticRecorder,
  store: Store,
  log: Logger,
): Promise<void> {
  log.info('stopping')
  // The port closes first, so that nobody arrives while the others are sent home.
  const closed = listener.close(MEDIA_CLOSE_MS + HTTP_CLOSE_MS)
  const { promise: late, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), MEDIA_CLOSE_MS)
  try {
    if ((await Promise.race([media.close(), late])) === 'late') log.warn('media_close_late')
  } catch (error) {
    log.bug('media_close_failed', error)
  }
  clearTimeout(timer)
  await closed
  await diagnosis.stop()
  await store.close()
  log.info('stopped')
}
