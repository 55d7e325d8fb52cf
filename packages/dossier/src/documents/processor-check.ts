// The check of one provider: contract clauses a-h, comparison of measures, result and evidence.
import type { Bilingual } from '@runde/contract'
import { MISSING, both, enumerate, join, localized, same } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { day } from '../engine/dates.ts'
import { art, norm } from '../engine/law.ts'
import type { DocumentSpec, Page, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import type { Provider } from '../facts/values.ts'
import type { ClauseLetter, ProcessorCheck } from '../processors/check-form.ts'
import { checkProcessor } from '../processors/check.ts'
import {
  CLAUSE_LETTERS,
  CLAUSE_RESULTS,
  CLAUSE_WORDS,
  LEVELS,
  MEASURE_IDS,
  MEASURE_NAMES,
} from '../processors/words.ts'
import { ROLES } from '../facts/options.ts'
import { classify, inCountry } from './shared.ts'

function latest(f: Reader, id: string): ProcessorCheck | undefined {
  return (f.get('hosting.checks') ?? [])
    .filter(({ provider }) => provider === id)
    .sort((a, b) => (a.date < b.date ? 1 : -1))[0]
}

function clauseRow(provider: Provider, letter: ClauseLetter): RowSpec {
  const key = letter
  const found = (f: Reader): ProcessorCheck['clauses'][number] | undefined =>
    latest(f, provider.id)?.clauses.find((each) => each.letter === letter)
  const fills = [`28(3)(${letter})`]
  return {
    id: key,
    cells: [
      clause(
        'check.clause',
        () => both(`${letter}) ${CLAUSE_WORDS[letter].de}`, `(${letter}) ${CLAUSE_WORDS[letter].en}`),
        { key, laws: [art(`28(3)(${letter})`)] },
      ),
      clause(
        'check.clause.result',
        (f) => {
          const each = found(f)
          return each === undefined ? MISSING : CLAUSE_RESULTS[each.result]
        },
        { key, fills },
      ),
      clause('check.clause.page', (f) => placeOf(found(f)), { key }),
    ],
  }
}

function measureRow(provider: Provider, measure: (typeof MEASURE_IDS)[number]): RowSpec {
  const key = measure
  const found = (f: Reader): ProcessorCheck['measures'][number] | undefined =>
    latest(f, provider.id)?.measures.find((each) => each.measure === measure)
  return {
    id: key,
    cells: [
      clause('check.measure', () => MEASURE_NAMES[measure], { key }),
      clause(
        'check.own',
        (f) => {
          const each = found(f)
          return each === undefined ? MISSING : LEVELS[each.own]
        },
        { key },
      ),
      clause(
        'check.theirs',
        (f) => {
          const each = found(f)
          return each === undefined ? MISSING : LEVELS[each.provider]
        },
        { key },
      ),
      clause('check.evidence', (f) => given(found(f)?.evidence, both('keiner angegeben', 'none stated')), {
        key,
      }),
      clause(
        'check.gap',
        (f) => {
          const each = found(f)
          if (each === undefined) return MISSING
          if (each.provider >= each.own) return both('keine Lücke', 'no gap')
          if (each.compensation === undefined) return both('Lücke ohne Ausgleich', 'gap without compensation')
          const how = localized(each.compensation)
          return both(`Lücke, ausgeglichen: ${how.de}`, `gap, compensated: ${how.en}`)
        },
        { key, laws: [art('28(1)')] },
      ),
    ],
  }
}

/** Where a clause stands in the contract, and what there is to say about it. */
function placeOf(found: ProcessorCheck['clauses'][number] | undefined): Bilingual {
  if (found === undefined) return MISSING
  const parts = [same(found.page.trim()), localized(found.remark)].filter(({ de }) => de.trim() !== '')
  return parts.length === 0 ? both('nicht angegeben', 'not stated') : join(parts, '; ')
}

/** What was typed in; the other text when the field was left empty. */
function given(text: ProcessorCheck['dpoOpinion'] | undefined, otherwise: Bilingual): Bilingual {
  if (text === undefined) return MISSING
  const typed = localized(text)
  return typed.de.trim() === '' ? otherwise : typed
}

function verdict(provider: Provider): Clause {
  return clause(
    'check.verdict',
    (f) => {
      const check = latest(f, provider.id)
      if (check === undefined) {
        return both(
          `Prüfung: ${MISSING.de}. Bis dahin darf der Dienstleister nicht eingesetzt werden.`,
          `Check: ${MISSING.en}. Until then the provider must not be used.`,
        )
      }
      const result = checkProcessor(check)
      if (result.use) {
        return both(
          'Der Dienstleister ist einsetzbar: Alle Pflichtklauseln sind vorhanden, und keine Maßnahme liegt ohne Ausgleich unter dem eigenen Stand.',
          'The provider may be used: all mandatory clauses are present, and no measure is below our own level without compensation.',
        )
      }
      const why = enumerate(result.reasons)
      return both(
        `Den Dienstleister nicht einsetzen. Gründe: ${why.de}.`,
        `Do not use the provider. Reasons: ${why.en}.`,
      )
    },
    { laws: [art('28(1)'), art('28(3)')] },
  )
}

/** The document for one provider. */
export function processorCheckFor(provider: Provider): DocumentSpec {
  return {
    kind: 'processor-check',
    basis: art('28'),
    title: both(`Prüfung des Dienstleisters ${provider.name}`, `Assessment of the provider ${provider.name}`),
    subtitle: (f) => {
      const law = f.law(art('28'))
      return both(
        `Vertrag und Maßnahmen nach ${law.de} (${ROLES[provider.role].de})`,
        `Contract and measures under ${law.en} (${ROLES[provider.role].en})`,
      )
    },
    body(whole) {
      // Without the provider in the list there is no document: all of it rests on that entry.
      whole.each(
        (f) =>
          (f.get('hosting.providers') ?? [])
            .filter(({ id }) => id === provider.id)
            .filter((each) => classify(f, each) === 'processor'),
        (page) => bodyFor(page, provider),
      )
    },
  }
}

function bodyFor(page: Page, provider: Provider): void {
  page.section('verdict', both('Ergebnis', 'Result'), (inner) => {
    inner.text('verdict', [verdict(provider)])
    inner.rows('evidence', [
      [
        both('Dienstleister', 'Provider'),
        [
          clause('check.provider', (f) =>
            join(
              (f.get('hosting.providers') ?? []).filter(({ id }) => id === provider.id).map(inCountry),
              '',
            ),
          ),
        ],
      ],
      [
        both('Geprüfter Vertrag', 'Contract checked'),
        [
          clause('check.contract', (f) => contractOf(latest(f, provider.id)), {
            laws: [art('28(9)')],
          }),
        ],
      ],
      [both('Verpflichtung zur Verschwiegenheit', 'Commitment to secrecy'), [secrecyOf()]],
      [
        both('Prüfsumme der Vertragsdatei', 'Hash of the contract file'),
        [clause('check.hash', (f) => orMissing(latest(f, provider.id)?.contractHash))],
      ],
      [
        both('Geprüft durch', 'Checked by'),
        [clause('check.examiner', (f) => given(latest(f, provider.id)?.examiner, MISSING))],
      ],
      [both('Datum', 'Date'), [clause('check.date', (f) => dated(latest(f, provider.id)?.date))]],
      [
        both('Nächste Prüfung', 'Next check'),
        [clause('check.next', (f) => dated(latest(f, provider.id)?.nextDate))],
      ],
      [
        both('Stellungnahme der oder des Datenschutzbeauftragten', "Data protection officer's opinion"),
        [
          clause('check.opinion', (f) =>
            given(latest(f, provider.id)?.dpoOpinion, both('nicht eingeholt', 'not obtained')),
          ),
        ],
      ],
    ])
  })
  page.section('clauses', both('Pflichtklauseln', 'Mandatory clauses'), (inner) => {
    inner.table(
      'clauses',
      both('Klauseln des Vertrags', 'Clauses of the contract'),
      [
        { id: 'clause', header: both('Klausel', 'Clause'), weight: 3 },
        { id: 'result', header: both('Ergebnis', 'Result') },
        { id: 'page', header: both('Fundstelle, Bemerkung', 'Where, remark'), weight: 2 },
      ],
      CLAUSE_LETTERS.map((letter) => clauseRow(provider, letter)),
    )
  })
  page.section('measures', both('Maßnahmen im Vergleich', 'Measures compared'), (inner) => {
    inner.text('scale', [
      clause('check.scale', () =>
        both(
          'Stufen: 0 keine, 1 geplant, 2 dokumentiert, 3 umgesetzt, 4 geprüft. Der Dienstleister darf bei keiner Maßnahme unter dem eigenen Stand liegen, es sei denn, ein Ausgleich ist begründet. Zertifikate stützen den Vergleich, ersetzen ihn aber nicht.',
          'Levels: 0 none, 1 planned, 2 documented, 3 implemented, 4 tested. The provider must not be below our own level for any measure, unless a compensation is justified. Certificates support the comparison but do not replace it.',
        ),
      ),
    ])
    inner.table(
      'measures',
      both('Vergleich der Maßnahmen', 'Comparison of measures'),
      [
        { id: 'measure', header: both('Maßnahme', 'Measure'), weight: 2 },
        { id: 'own', header: both('Eigener Stand', 'Own level'), weight: 1.6 },
        { id: 'theirs', header: both('Dienstleister', 'Provider'), weight: 1.6 },
        { id: 'evidence', header: both('Nachweis', 'Evidence'), weight: 2.6 },
        { id: 'gap', header: both('Lücke', 'Gap'), weight: 1.4 },
      ],
      MEASURE_IDS.map((measure) => measureRow(provider, measure)),
    )
  })
}

/** Beside Art. 28, whoever keeps professional secrets has to bind its providers to them. */
function secrecyOf(): Clause {
  return clause(
    'check.secrecy',
    (f) => {
      if (!f.is('secrecy.duty', 'lawyer', 'medical', 'other')) return undefined
      switch (f.get('secrecy.providersBound')) {
        case true:
          return both('liegt nach Angabe vor', 'given, as stated')
        case false:
          return both('fehlt', 'missing')
        case undefined:
          return MISSING
      }
    },
    { laws: [norm('§ 203 Abs. 4 StGB', 'section 203(4) German Criminal Code')] },
  )
}

function contractOf(check: ProcessorCheck | undefined): Bilingual {
  return check === undefined
    ? MISSING
    : both(`Fassung ${check.contractVersion}`, `version ${check.contractVersion}`)
}

function dated(iso: string | undefined): Bilingual {
  return iso === undefined ? MISSING : day(iso)
}

function orMissing(text: string | undefined): Bilingual {
  return text === undefined ? MISSING : same(text)
}
