// Lets a probe read along what this process writes to its log, for as long as the probe runs; nothing is kept otherwise.

export class LogTap {
  readonly #listeners = new Set<(line: string) => void>()

  /** Called with each line that goes to the log. */
  offer(line: string): void {
    for (const listener of this.#listeners) listener(line)
  }

  /** Collects lines until the returned function is called, which gives them. */
  listen(): () => readonly string[] {
    const lines: string[] = []
    const listener = (line: string): void => void lines.push(line)
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
      return lines
    }
  }
}
