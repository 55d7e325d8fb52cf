// Reads who runs this server out of the short notice: the facts on which its first sentence rests.
import type { DossierDocument } from '@runde/dossier'
import { sentencesOf } from '@runde/dossier/writers'

/** What the organisation has stated about itself; empty where it has stated nothing. */
export interface Controller {
  readonly name: string
  readonly address: string
  readonly contact: string
}

/** Name, address and contact, each empty unless stated. */
export function controllerOf(document: DossierDocument): Controller {
  const found = new Map<string, string>()
  for (const { sentence } of sentencesOf(document)) {
    if (sentence.clause !== 'short.controller') continue
    for (const source of sentence.provenance)
      if (source.kind === 'fact' && source.state === 'stated') found.set(source.fact, source.value)
  }
  return {
    name: found.get('org.name') ?? '',
    address: found.get('org.address') ?? '',
    contact: found.get('org.contact') ?? '',
  }
}
