// Which countries belong to the European Economic Area: transfers inside it need no further ground.

/** EU member states, and Iceland, Liechtenstein, Norway (EEA Joint Committee decision 154/2018 took over the GDPR). */
const EEA: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' '),
)

/** Whether an ISO 3166-1 country is inside the EEA. */
export function isEea(country: string): boolean {
  return EEA.has(country)
}
