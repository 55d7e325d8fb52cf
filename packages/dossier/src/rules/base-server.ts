// The base pack's findings about the server, and one for all tests that did not run.
import { both, enumerate } from '../engine/bilingual.ts'
import { art } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import { FACTS, FACT_IDS } from '../facts/table.ts'
import type { FactId } from '../facts/values.ts'
import { GDPR_START } from './base-organisation.ts'
import type { Rule } from './rule.ts'
import { PRIVACY } from './server-privacy.ts'
import { SECURITY } from './server-security.ts'
import type { ShortRule } from './short-rule.ts'

function rule({ id, kind, laws, documents, when, message, remedy }: ShortRule): Rule {
  return {
    id,
    basis: laws,
    validFrom: GDPR_START,
    when,
    finding: { kind, documents, message: () => message, remedy: () => remedy },
  }
}

/** Probes that never ran, or too long ago. */
function unprovenProbes(f: Reader): FactId[] {
  return FACT_IDS.filter((id) => FACTS[id].by === 'probe' && f.get(id) === undefined && isExpected(f, id))
}

function isExpected(f: Reader, id: FactId): boolean {
  if (id === 'probe.e2ee') return f.is('feature.e2ee', 'default', 'forced')
  if (id === 'probe.backupAge' || id === 'probe.restore') return f.is('backup.made', true)
  return true
}

const UNPROVEN: Rule = {
  id: 'unproven',
  basis: [art('32(1)(d)'), art('5(2)')],
  validFrom: GDPR_START,
  when: (f) => unprovenProbes(f).length > 0,
  finding: {
    kind: 'risk',
    documents: ['measures', 'reasons'],
    message: (f) => {
      const names = enumerate(unprovenProbes(f).map((id) => FACTS[id].label))
      return both(
        `Nicht oder nicht mehr durch eine Prüfung belegt: ${names.de}.`,
        `Not or no longer backed by a test: ${names.en}.`,
      )
    },
    remedy: () => both('Prüfungen ausführen: npx runde prove', 'Run the tests: npx runde prove'),
  },
}

export const SERVER_RULES: readonly Rule[] = [...PRIVACY.map(rule), ...SECURITY.map(rule), UNPROVEN]
