// Names of countries, and which of them belong to the European Economic Area: transfers inside it need no further ground.
import type { Bilingual } from '@runde/contract'
import { both, same } from '../engine/bilingual.ts'

/** EU member states, and Iceland, Liechtenstein, Norway (EEA Joint Committee decision 154/2018 took over the GDPR). */
const EEA: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
)

/** Whether an ISO 3166-1 country is inside the EEA. */
export function isEea(country: string): boolean {
  return EEA.has(country)
}

/** The countries providers most often have their seat in; others are printed by their code. */
const NAMES: ReadonlyMap<string, Bilingual> = new Map([
  ['AT', both('Österreich', 'Austria')],
  ['BE', both('Belgien', 'Belgium')],
  ['BG', both('Bulgarien', 'Bulgaria')],
  ['CY', both('Zypern', 'Cyprus')],
  ['CZ', both('Tschechien', 'Czechia')],
  ['DE', both('Deutschland', 'Germany')],
  ['DK', both('Dänemark', 'Denmark')],
  ['EE', both('Estland', 'Estonia')],
  ['ES', both('Spanien', 'Spain')],
  ['FI', both('Finnland', 'Finland')],
  ['FR', both('Frankreich', 'France')],
  ['GR', both('Griechenland', 'Greece')],
  ['HR', both('Kroatien', 'Croatia')],
  ['HU', both('Ungarn', 'Hungary')],
  ['IE', both('Irland', 'Ireland')],
  ['IS', both('Island', 'Iceland')],
  ['IT', both('Italien', 'Italy')],
  ['LI', both('Liechtenstein', 'Liechtenstein')],
  ['LT', both('Litauen', 'Lithuania')],
  ['LU', both('Luxemburg', 'Luxembourg')],
  ['LV', both('Lettland', 'Latvia')],
  ['MT', both('Malta', 'Malta')],
  ['NL', both('Niederlande', 'Netherlands')],
  ['NO', both('Norwegen', 'Norway')],
  ['PL', both('Polen', 'Poland')],
  ['PT', both('Portugal', 'Portugal')],
  ['RO', both('Rumänien', 'Romania')],
  ['SE', both('Schweden', 'Sweden')],
  ['SI', both('Slowenien', 'Slovenia')],
  ['SK', both('Slowakei', 'Slovakia')],
  ['CA', both('Kanada', 'Canada')],
  ['CH', both('Schweiz', 'Switzerland')],
  ['CN', both('China', 'China')],
  ['GB', both('Vereinigtes Königreich', 'United Kingdom')],
  ['IL', both('Israel', 'Israel')],
  ['IN', both('Indien', 'India')],
  ['JP', both('Japan', 'Japan')],
  ['KR', both('Südkorea', 'South Korea')],
  ['NZ', both('Neuseeland', 'New Zealand')],
  ['UA', both('Ukraine', 'Ukraine')],
  ['US', both('Vereinigte Staaten', 'United States')],
])

/** An ISO 3166-1 code as a name. */
export function countryName(country: string): Bilingual {
  return NAMES.get(country) ?? same(country)
}
