// What a process and all its children take: CPU time to the nanosecond (schedstat), and memory in which shared pages count once (PSS).
import { readFileSync, readdirSync } from 'node:fs'

/** CPU nanoseconds of each thread by its number. A thread that has ended by the second look is left out. */
export type CpuTimes = ReadonlyMap<number, number>

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // The process or thread has ended since its folder was listed.
    return ''
  }
}

function list(path: string): number[] {
  try {
    return readdirSync(path)
      .map(Number)
      .filter((id) => id > 0)
  } catch {
    return []
  }
}

/** `root` and all processes below it. */
export function processTree(root: number): number[] {
  const parents = new Map(
    list('/proc').map((pid) => {
      const status = read(`/proc/${pid}/stat`)
      return [pid, Number(status.slice(status.lastIndexOf(')') + 2).split(' ')[1])]
    }),
  )
  const tree = [root]
  for (const member of tree) for (const [pid, parent] of parents) if (parent === member) tree.push(pid)
  return tree
}

export function cpuTimes(pids: readonly number[]): CpuTimes {
  const times = new Map<number, number>()
  for (const pid of pids)
    for (const task of list(`/proc/${pid}/task`))
      times.set(task, Number(read(`/proc/${pid}/task/${task}/schedstat`).split(' ')[0]))
  return times
}

/** CPU seconds between two looks; threads that began in between count in full. */
export function cpuSeconds(before: CpuTimes, after: CpuTimes): number {
  let nanoseconds = 0
  for (const [task, time] of after) nanoseconds += Math.max(0, time - (before.get(task) ?? 0))
  return nanoseconds / 1e9
}

/** Megabytes of a process tree: each page is shared among the processes that have it. */
export function proportionalMb(root: number): number {
  const kilobytes = processTree(root).map((pid) =>
    Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0),
  )
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1024
}

/** Shares of the whole machine's time since start, in clock ticks. */
export interface MachineTimes {
  readonly busy: number
  readonly softirq: number
  readonly stolen: number
  readonly total: number
}

/** First line of /proc/stat (man proc): user nice system idle iowait irq softirq steal. */
export function machineTimes(): MachineTimes {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = read(
    '/proc/stat',
  )
    .split('\n', 1)
    .flatMap((line) => line.split(/\s+/).slice(1).map(Number))
  const busy = user + nice + system + irq + softirq
  return { busy, softirq, stolen: steal, total: busy + idle + iowait + steal }
}
