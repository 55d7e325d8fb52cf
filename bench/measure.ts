// Measures CPU time and prints rows; what the bench scripts share.

const MICROS_DIGITS = 2
const LABEL_WIDTH = 64

/** CPU microseconds (user and system) per item when `step` handles `perStep` items and is called until `items` are through. */
export function microsPer(items: number, perStep: number, step: () => void): number {
  const steps = Math.ceil(items / perStep)
  for (let count = 0; count < steps / 5; count++) step()
  const before = process.cpuUsage()
  for (let count = 0; count < steps; count++) step()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / (steps * perStep)
}

/** One result line. */
export function printRow(label: string, micros: number): void {
  process.stdout.write(`${label.padEnd(LABEL_WIDTH)} ${micros.toFixed(MICROS_DIGITS).padStart(8)} us\n`)
}
