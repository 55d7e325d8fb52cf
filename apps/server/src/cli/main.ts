// The entry of the `runde` command; nothing imports it.
import { runCli } from './run.ts'

await runCli(process.argv.slice(2), async () => {
  const { createMediaServer } = await import('@runde/sfu')
  return { createMediaServer }
})
