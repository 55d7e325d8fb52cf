// `node bench/ruler/main.ts --bind 127.0.0.1 --mode 1`: runs the bare forwarder until it is ended; prints its port.
//
// Its only key is known to everybody: it forwards what the load generator made up.
import { writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadAddon } from '../support/native.ts'
import { rulerSessionKeys } from './keys.ts'

interface Addon {
  open(address: string, keys: Uint8Array): number
  serve(mode: number): void
}

function isAddon(exports: unknown): exports is Addon {
  return typeof exports === 'object' && exports !== null && 'serve' in exports
}

const { values } = parseArgs({
  options: {
    bind: { type: 'string', default: '127.0.0.1' },
    mode: { type: 'string', default: '1' },
  },
})
const addon = loadAddon(new URL('native/', import.meta.url), isAddon)
// The call below never returns, so nothing that is written later by Node's loop would come out.
writeSync(1, `${addon.open(values.bind, rulerSessionKeys())}\n`)
addon.serve(Number(values.mode))
