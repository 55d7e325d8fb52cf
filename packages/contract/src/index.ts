// The one door of the contract package: what every other part shares and nobody owns.
export type { Brand } from './brand.ts'
