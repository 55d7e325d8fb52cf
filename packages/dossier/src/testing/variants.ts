// Test code: organisations with everything switched on, or everything else, so that every clause is reached.
import type { FactEntry, FactSheet } from '../facts/sheet.ts'
import { withFact } from '../facts/sheet.ts'
import { FACTS } from '../facts/table.ts'
import type { FactId, FactValues } from '../facts/values.ts'
import { organisation } from './organisations.ts'

const AT = '2026-11-23T06:00:00Z'

type Values = { readonly [K in FactId]?: FactValues[K] }

/** A sheet with some facts replaced. */
export function sheetWith(base: FactSheet, values: Values): FactSheet {
  return Object.entries(values).reduce<FactSheet>(
    (sheet, [id, value]) => put(sheet, id as FactId, value),
    base,
  )
}

// The values come from `Values`, which fits each to its id.
function put(sheet: FactSheet, id: FactId, value: unknown): FactSheet {
  const entry: FactEntry = { value: value as FactValues[FactId], source: FACTS[id].by, at: AT }
  return withFact(sheet, id, entry)
}

const EVERYTHING_ON: Values = {
  'feature.e2ee': 'default',
  'feature.password': 'default',
  'feature.lobby': 'default',
  'feature.recording': 'on',
  'feature.chat': 'on',
  'feature.dialIn': 'on',
  'feature.attendance': 'on',
  'feature.transcription': 'on',
  'feature.streaming': 'on',
  'feature.debugLog': 'on',
  'feature.adminLog': 'on',
  'feature.turn': 'own',
  'feature.secondFactor': 'optional',
  'feature.notice': 'on',
  'recording.consent': true,
  'transcription.local': true,
  'keep.chat': 'end',
  'keep.debugLog': 'PT72H',
  'keep.adminLog': 'P12M',
  'keep.recordings': 'P30D',
  'keep.attendance': 'P90D',
  'room.withPassword': 13,
  'room.withLobby': 13,
  'probe.e2ee': true,
}

/** A provider with three customers says nothing else than one with forty. */
export function withFewClients(sheet: FactSheet): FactSheet {
  const clients = sheet['hosting.clients']
  return clients === undefined || 'unknown' in clients
    ? sheet
    : sheetWith(sheet, { 'hosting.clients': clients.value.slice(0, 3) })
}

/** Beside the fixtures: all features on, all on with forced protection, addresses logged, and foreign hosts. */
export function variants(): FactSheet[] {
  const association = organisation('association')
  const practice = organisation('law-practice')
  const housing = withFewClients(organisation('hoster'))
  const providers = housing['hosting.providers']
  const onlyHousing =
    providers === undefined || 'unknown' in providers
      ? []
      : providers.value.filter(({ role }) => role === 'housing')
  return [
    sheetWith(housing, {
      'hosting.providers': onlyHousing,
      'org.seatInEu': false,
      'org.euRepresentative': 'Vertretung, Ort',
    }),
    sheetWith(association, EVERYTHING_ON),
    sheetWith(practice, {
      ...EVERYTHING_ON,
      'feature.e2ee': 'forced',
      'feature.recording': 'off',
      'feature.transcription': 'off',
      'use.mandatory': true,
      'use.consequence': 'Es geht ohne weiter',
      'use.thirdParties': true,
      'use.thirdPartySource': 'Bekannte',
      'org.representation': 'worksCouncil',
      'org.agreementDate': '2026-01-01',
      'judge.evaluation': true,
    }),
    sheetWith(association, {
      'log.addresses': true,
      'use.telecom': 'public',
      'feature.debugLog': 'on',
      'keep.debugLog': 'PT72H',
      'ice.foreignHosts': ['stun.example'],
      'ice.foreignReason': 'Probe',
      'org.seatInEu': false,
      'org.euRepresentative': 'Vertretung, Ort',
      'org.jointControllers': [{ name: 'Zweite Stelle', address: 'Ort', contact: 'x@y.example' }],
      'org.jointEssence': 'Jede Stelle informiert selbst',
      'backup.made': false,
    }),
  ]
}
