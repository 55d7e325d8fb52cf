// Makes the problems that parsers report: a place and two sentences that quote nothing of the file.
import type { Origin, ParseProblem } from '../../core/source.ts'

/** One problem; the texts must not hold values of the file, because they may be secrets. */
export function problem(code: ParseProblem['code'], origin: Origin, de: string, en: string): ParseProblem {
  return { code, message: { de, en }, origin }
}

/** The first position of a file, for what concerns all of it. */
export function startOf(file: string): Origin {
  return { kind: 'file', file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}

/** The problem of a text that is longer than its format ever is; the file is not read. */
export function tooLarge(file: string): ParseProblem {
  return problem(
    'too-large',
    startOf(file),
    'Die Datei ist größer, als es eine solche Konfiguration je ist; sie wurde nicht gelesen.',
    'The file is larger than such a configuration ever is; it was not read.',
  )
}

/** The problem of a file that is nested deeper or has more parts than is read. */
export function tooMuch(code: 'too-deep' | 'too-many', origin: Origin): ParseProblem {
  return code === 'too-deep'
    ? problem(
        code,
        origin,
        'Zu tief verschachtelt; ab hier nicht gelesen.',
        'Nested too deeply; not read from here on.',
      )
    : problem(
        code,
        origin,
        'Zu viele Teile; ab hier nicht gelesen.',
        'Too many parts; not read from here on.',
      )
}

/** The problem of an include whose target is not among the files. */
export function includeMissing(origin: Origin): ParseProblem {
  return problem(
    'include-missing',
    origin,
    'Hier wird eingebunden, was nicht unter den Dateien ist.',
    'This includes what is not among the files.',
  )
}

/** The problem of a file that includes itself, directly or by way of others. */
export function includeCycle(origin: Origin): ParseProblem {
  return problem(
    'include-cycle',
    origin,
    'Diese Einbindung führt im Kreis; sie wurde übergangen.',
    'This include leads in a circle; it was skipped.',
  )
}
