// Everything this run has started or changed on the machine, so that it is undone at the end, on errors and on Ctrl-C.
import { processTree } from './process-tree.ts'

const undos = new Set<() => void | Promise<void>>()
let isEnding = false

/** Processes below this one that nobody has noted yet, such as a server in the middle of its start. */
function endDescendants(): void {
  for (const pid of processTree(process.pid).slice(1).reverse())
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended meanwhile.
    }
}

/** Notes how to undo something. @returns undoes it now */
export function undoLater(undo: () => void | Promise<void>): () => Promise<void> {
  undos.add(undo)
  return async () => {
    if (undos.delete(undo)) await undo()
  }
}

/** Undoes everything that is left, the latest first. What fails does not keep the rest. */
export async function undoAll(): Promise<void> {
  for (const undo of [...undos].reverse()) {
    undos.delete(undo)
    try {
      await undo()
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
}

/** Ctrl-C and SIGTERM end the run after everything is undone. */
export function undoOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (isEnding) return
      isEnding = true
      void undoAll().finally(() => {
        endDescendants()
        process.exit(130)
      })
    })
}
