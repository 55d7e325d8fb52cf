// Runs the server as this process: configuration in, lines out, signals to an orderly end.
import type { Bilingual } from '@runde/contract'
import { loadConfig } from './config/load.ts'
import { terminalLanguage } from './language.ts'
import { formatJson, formatPlain } from './log/format.ts'
import { createLogger, type Logger } from './log/logger.ts'
import { LogTap } from './log/log-tap.ts'
import { LINK_HOURS } from './one-time-links.ts'
import { STOP_LIMIT_MS, startServer, type RunningServer, type ServerParts } from './start-server.ts'
import { VERSION } from './version.ts'

/**
 * Ctrl-C under npm reaches this process twice within milliseconds: from the terminal and passed on by npm. A second
 * signal counts as impatience only after this time.
 */
const IMPATIENT_AFTER_MS = 700

/** Starts and returns when the server is up; the process then lives until a signal. @throws StartFailure */
export async function runServer(parts: ServerParts): Promise<void> {
  const { config, secrets } = loadConfig(process.env)
  const tap = new LogTap()
  const format = process.stdout.isTTY ? formatPlain : formatJson
  const log = createLogger({
    level: config.logLevel,
    now: () => new Date(),
    write: (record) => {
      const line = format(record)
      tap.offer(line)
      process.stdout.write(`${line}\n`)
    },
  })
  const crash = (error: unknown): void => {
    log.bug('crashed', error)
    process.exit(1)
  }
  process.on('uncaughtException', crash)
  const server = await startServer({ config, secrets, log, tap, ...parts })
  // Before the greeting: who waits for it may send a signal at once.
  stopOnSignals(server, log)
  greet(server, config.publicUrl)
}

/** The two lines people look for; the link is shown here and nowhere else. */
function greet(server: RunningServer, publicUrl: string): void {
  const language = terminalLanguage(process.env)
  const ready: Bilingual = {
    de: `Runde ${VERSION} ist bereit: ${publicUrl}`,
    en: `Runde ${VERSION} is ready: ${publicUrl}`,
  }
  process.stdout.write(`${ready[language]}\n`)
  if (server.setUpLink === undefined) return
  const setUp: Bilingual = {
    de: `Zum Einrichten öffnen Sie bitte einmal diesen Link (gilt ${LINK_HOURS} Stunden): ${server.setUpLink.reveal()}`,
    en: `To set Runde up, please open this link once (valid for ${LINK_HOURS} hours): ${server.setUpLink.reveal()}`,
  }
  process.stdout.write(`${setUp[language]}\n`)
}

function stopOnSignals(server: RunningServer, log: Logger): void {
  let stoppingSince: number | undefined
  const onSignal = (): void => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > IMPATIENT_AFTER_MS) process.exit(1)
      return
    }
    stoppingSince = performance.now()
    // The loop ends by itself when everything is closed; this is for what refuses to.
    setTimeout(() => process.exit(), STOP_LIMIT_MS).unref()
    process.exitCode = 0
    server.stop().catch((error: unknown) => {
      process.exitCode = 1
      log.bug('stop_failed', error)
    })
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
}
