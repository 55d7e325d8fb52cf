// Wraps what must not be read by accident (names, addresses, tokens): printing it in any way yields a redaction.

const REDACTED = '[redacted]'

/**
 * A value that prints as `[redacted]` in template strings, JSON, console and inspectors.
 * Only {@link Private.reveal} gives it back, so every place that needs the plain value can be found by that word.
 */
export class Private<T> {
  readonly #value: T

  constructor(value: T) {
    this.#value = value
  }

  /** The plain value, for the one place that has to send or store it. */
  reveal(): T {
    return this.#value
  }

  toString(): string {
    return REDACTED
  }

  toJSON(): string {
    return REDACTED
  }

  [Symbol.toPrimitive](): string {
    return REDACTED
  }

  get [Symbol.toStringTag](): string {
    return 'Private'
  }

  static {
    // What Node calls on an object that console or util.inspect prints; a registered symbol, so no import is needed.
    Object.defineProperty(this.prototype, Symbol.for('nodejs.util.inspect.custom'), { value: () => REDACTED })
  }
}

/** A text about a person: a name, a network address, an e-mail address. */
export type Pii = Private<string>

/** Wraps a value so that it can be passed on, but not printed. */
export function hide<T>(value: T): Private<T> {
  return new Private(value)
}
