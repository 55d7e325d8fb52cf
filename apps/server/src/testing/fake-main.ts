// The `runde` command with a media server that needs no UDP port work; tests start it as a process.
import { runCli } from '../cli/run.ts'
import { fakeMediaServer } from './fake-media.ts'

await runCli(process.argv.slice(2), () =>
  Promise.resolve({ createMediaServer: fakeMediaServer, webFolder: process.env['FAKE_WEB_FOLDER'] ?? '' }),
)
