// Facts about this server, fetched once per visit; pages show them when they are there and do without them otherwise.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { api } from './api.ts'
import type { Instance } from './api.ts'

/** This server, or null until it has answered. */
export const instance: Signal<Instance | null> = signal<Instance | null>(null)

/** Asks the server who it is. A missing answer changes nothing. */
export async function loadInstance(): Promise<void> {
  const result = await api.instance()
  if (result.ok) instance.value = result.value
}
