// Flips every fact and looks which sentences change: a sentence that cites a fact must be able to change with it.
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { draftDossier } from './dossier.ts'
import { draftSentences } from './engine/draft.ts'
import type { FactSheet } from './facts/sheet.ts'
import { FACT_IDS } from './facts/table.ts'
import type { FactId } from './facts/values.ts'
import { flips } from './testing/flips.ts'
import { NOW, WITH_PAPERWORK, organisation } from './testing/organisations.ts'
import { variants, withFewClients } from './testing/variants.ts'

interface Said {
  text: { de: string; en: string }
  clause: string
  facts: readonly FactId[]
}

function sentences(sheet: FactSheet): Map<string, Said> {
  return new Map(
    draftDossier(sheet, NOW).drafts.flatMap((draft) =>
      draftSentences(draft).map(({ sentence }) => [
        `${draft.id} ${sentence.key}`,
        {
          text: sentence.text,
          clause: `${draft.kind} ${sentence.clause}`,
          facts: sentence.facts,
        },
      ]),
    ),
  )
}

const bases: readonly FactSheet[] = [...WITH_PAPERWORK.map(organisation).map(withFewClients), ...variants()]

/** Clause -> facts it cites in the organisations as they are, after any flip, and those it was seen to change with. */
const citedAtFirst = new Map<string, Set<FactId>>()
const cited = new Map<string, Set<FactId>>()
/** Every clause that was written at all; one that rests on the law alone cites no fact. */
const seen = new Set<string>()
/** By language: a clause whose German follows a fact and whose English does not would say two things. */
const movedIn = { de: new Map<string, Set<FactId>>(), en: new Map<string, Set<FactId>>() }
/** Fact -> keys of all sentences that changed with it. */
const changedBy = new Map<FactId, Set<string>>()

function note(map: Map<string, Set<FactId>>, clause: string, fact: FactId): void {
  map.set(clause, (map.get(clause) ?? new Set()).add(fact))
}

for (const base of bases) {
  const before = sentences(base)
  // What no document looked at, and what decides about documents, law and authority by itself.
  const read = new Set<FactId>([
    'org.sector',
    'org.land',
    ...draftDossier(base, NOW).drafts.flatMap(({ facts }) => [...facts]),
  ])
  for (const { clause, facts } of before.values()) {
    seen.add(clause)
    for (const fact of facts) {
      note(citedAtFirst, clause, fact)
      note(cited, clause, fact)
    }
  }
  for (const fact of FACT_IDS) {
    if (!read.has(fact)) continue
    for (const flipped of flips(base, fact)) {
      // Enough is seen once every clause of this organisation that cites the fact has changed with it.
      if (changedBy.has(fact) && !waits(before, fact)) break
      const after = sentences(flipped)
      for (const { clause, facts } of after.values()) {
        seen.add(clause)
        for (const each of facts) note(cited, clause, each)
      }
      for (const key of new Set([...before.keys(), ...after.keys()])) {
        const old = before.get(key)
        const now = after.get(key)
        const clause = (old ?? now)?.clause ?? ''
        const changed = (['de', 'en'] as const).filter((each) => old?.text[each] !== now?.text[each])
        for (const each of changed) note(movedIn[each], clause, fact)
        if (changed.length === 0) continue
        changedBy.set(fact, (changedBy.get(fact) ?? new Set()).add(key))
      }
    }
  }
}

function moves(clause: string, fact: FactId): boolean {
  return movedIn.de.get(clause)?.has(fact) === true && movedIn.en.get(clause)?.has(fact) === true
}

function waits(before: ReadonlyMap<string, Said>, fact: FactId): boolean {
  return [...before.values()].some(({ clause, facts }) => facts.includes(fact) && !moves(clause, fact))
}

test('every clause changes with every fact it cites, in German and in English', () => {
  const dead = [...citedAtFirst].flatMap(([clause, facts]) =>
    [...facts]
      .filter((fact) => !moves(clause, fact))
      .map((fact) => `${clause} never changes with ${fact} in both languages`),
  )
  expect(dead).toEqual([])
})

test('no clause of the source is left out: each is written in some organisation or after some flip', () => {
  const written = new Set([...cited.keys(), ...seen].map((clause) => clause.split(' ').at(-1) ?? ''))
  const folders = ['documents', 'rules'].map((name) => new URL(`./${name}/`, import.meta.url))
  const named = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) => [
        ...readFileSync(new URL(name, folder), 'utf8').matchAll(
          /\bclause\(\s*'([A-Za-z]+(?:\.[A-Za-z]+)+)'/g,
        ),
      ])
      .map(([, id]) => id ?? ''),
  )
  expect(named.length).toBeGreaterThan(200)
  expect([...new Set(named)].filter((id) => !written.has(id))).toEqual([])
})

test('a sentence that changes with a fact cites it', () => {
  const uncited = [...movedIn.de, ...movedIn.en].flatMap(([clause, facts]) =>
    [...facts]
      .filter((fact) => fact !== 'org.sector' && fact !== 'org.land' && cited.get(clause)?.has(fact) !== true)
      .filter(() => cited.has(clause))
      .map((fact) => `${clause} changes with ${fact} without citing it`),
  )
  expect(uncited).toEqual([])
})

test('every fact is looked at by some document', () => {
  expect(FACT_IDS.filter((fact) => changedBy.get(fact) === undefined)).toEqual([])
})

test.each(EXPECTED())('%s changes %s', (fact, key) => {
  expect([...(changedBy.get(fact) ?? [])]).toContain(key)
})

function EXPECTED(): [FactId, string][] {
  return [
    ['log.addresses', 'notice notice.address'],
    ['log.addresses', 'notice-short short.kept'],
    ['log.addresses', 'record record.period/meetings-addresses'],
    ['log.addresses', 'deletion deletion.period/addresses'],
    ['log.addresses', 'measures measure.logAddresses'],
    ['log.addresses', 'reasons reason.noAddresses'],
    ['log.addresses', 'deletion deletion.method/addresses'],
    ['feature.debugLog', 'deletion deletion.method/addresses'],
    ['surroundings.logs', 'deletion deletion.method/addresses'],
    ['surroundings.logs', 'notice notice.address'],
    ['surroundings.logs', 'notice-short short.kept'],
    ['surroundings.logs', 'record record.period/meetings-addresses'],
    ['surroundings.logs', 'measures measure.logAddresses'],
    ['surroundings.logs', 'measures measure.surroundings'],
    ['surroundings.logs', 'reasons reason.noAddresses'],
    ['imprint.business', 'imprint imprint.duty'],
    ['imprint.represented', 'imprint imprint.represented'],
    ['imprint.register', 'imprint imprint.register'],
    ['imprint.vatId', 'imprint imprint.vatId'],
    ['imprint.profession', 'imprint imprint.profession'],
    ['probe.releaseAge', 'measures measure.releaseAge'],
    ['probe.runtimeAge', 'measures measure.runtimeAge'],
    ['feature.e2ee', 'notice notice.encryption'],
    ['feature.e2ee', 'notice-short short.encryption'],
    ['feature.e2ee', 'measures measure.media'],
    ['feature.password', 'measures measure.password'],
    ['feature.password', 'notice notice.access'],
    ['feature.lobby', 'measures measure.lobby'],
    ['feature.recording', 'notice notice.recording'],
    ['feature.recording', 'record record.purpose/recording'],
    ['feature.recording', 'deletion deletion.class/recordings'],
    ['feature.recording', 'interests interests.off'],
    ['feature.chat', 'notice notice.chat'],
    ['feature.dialIn', 'notice notice.dialIn'],
    ['feature.attendance', 'dpia-threshold dpia.met/monitoring'],
    ['feature.transcription', 'dpia-threshold dpia.met/technology'],
    ['feature.debugLog', 'record record.purpose/diagnosis'],
    ['feature.adminLog', 'measures measure.adminLog'],
    ['feature.turn', 'measures measure.foreignIce'],
    ['feature.secondFactor', 'measures measure.secondFactor'],
    ['feature.notice', 'interests interests.expectation'],
    ['room.withPassword', 'measures measure.password'],
    ['room.idBits', 'measures measure.roomId'],
    ['join.nameOptional', 'notice notice.name'],
    ['join.devicesOff', 'notice notice.media'],
    ['media.relayedOnly', 'notice notice.address'],
    ['media.encrypted', 'notice notice.encryption'],
    ['ice.foreignHosts', 'measures measure.foreignIce'],
    ['browser.entries', 'notice notice.browser.law'],
    ['keep.serverLog', 'notice notice.period/serverLog'],
    ['keep.rooms', 'deletion deletion.period/rooms'],
    ['backup.kept', 'deletion deletion.backups'],
    ['hosting.model', 'processor-decision decision.model'],
    ['hosting.providers', 'processor-decision decision.result'],
    ['hosting.checks', 'processor-check-musterhosting check.verdict'],
    ['hosting.support', 'processor-decision decision.support'],
    ['secrecy.providersBound', 'processor-decision decision.secrecy'],
    ['use.purposes', 'notice notice.basis/1'],
    ['use.telecom', 'processor-decision decision.telecom'],
    ['use.mandatory', 'notice notice.provision'],
    ['use.sensitiveBasis', 'record record.special'],
    ['judge.largeScale', 'dpia-threshold dpia.met/scale'],
    ['judge.deviation', 'dpia-threshold dpia.result'],
    ['org.dpoAppointed', 'notice notice.officer'],
    ['org.land', 'notice notice.complaint'],
    ['probe.canary', 'measures measure.canary'],
    ['probe.canary', 'reasons reason.noAddresses'],
    ['probe.clientHosts', 'reasons reason.noThirdParties'],
    ['probe.retention', 'deletion deletion.proof'],
    ['probe.restore', 'measures measure.restore'],
    ['staff.confidential', 'measures measure.confidential'],
    ['incident.register', 'breach breach.register.nature/1'],
  ]
}
