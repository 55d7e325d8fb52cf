// Who is signed in and what they may, as the server said last: menus and pages show nothing that would only be refused.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { PAGE_RIGHTS, type PageName } from '@runde/contract'

/** The signed-in person. */
export interface Me {
  readonly name: string
  /** Ids of rows of the table of rights (docs/rights.md). */
  readonly may: readonly string[]
  /** A second factor is asked of everybody, and this account has none yet. */
  readonly factorOwed: boolean
}

/** Null until the server has said, and after signing out. */
export const me: Signal<Me | null> = signal<Me | null>(null)

/** Whether this person may do what the row of the table says; false while nobody is known. */
export function may(right: string): boolean {
  return me.value?.may.includes(right) === true
}

/** Whether the page would answer; false while nobody is known. */
export function mayOpen(page: PageName): boolean {
  return may(PAGE_RIGHTS[page])
}

/** Where this person begins: the first page that is theirs. */
export function home(): string {
  if (mayOpen('meetings')) return '/desk'
  return mayOpen('dsc') ? '/desk/dsc' : '/desk/account'
}
