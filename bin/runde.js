#!/usr/bin/env node
// Starts the `runde` command on the runtime this project pins, whichever Node was found first.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// The first line of Node that runs these TypeScript sources and has everything that is used built in.
const NEEDED_MAJOR = 26

if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) {
  await rememberCompiled()
  await import('../apps/server/src/cli/main.ts')
} else {
  const pinned = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url))
  if (existsSync(pinned)) rerun(pinned)
  else refuse()
}

/**
 * Keeps what was compiled for the next call: hundreds of sources would be compiled each time, which takes longer than an audit.
 * The folder belongs to whoever installed Runde; where it cannot be written, nothing is kept and nothing fails.
 */
async function rememberCompiled() {
  // Older versions of Node have no such function, and a fixed import of it would keep them from coming this far.
  const { enableCompileCache } = await import('node:module')
  enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/runde', import.meta.url)))
}

function rerun(pinned) {
  const child = spawn(pinned, process.argv.slice(1), { stdio: 'inherit' })
  const forward = (signal) => child.kill(signal)
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
  child.on('error', refuse)
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}

function refuse() {
  const german = /^de/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '')
  process.exitCode = 1
  process.stderr.write(
    german
      ? `Runde braucht Node ${NEEDED_MAJOR}, gefunden wurde ${process.version}. Führen Sie im Ordner von Runde npm ci aus; das bringt die passende Version mit.\n`
      : `Runde needs Node ${NEEDED_MAJOR}, but found ${process.version}. Run npm ci in Runde's folder; it brings the right version along.\n`,
  )
}
