// Which row of the table of rights a page of the desk needs: the menu shows what the server says one may, and nothing else.

/** Page to the id of the row that its first request needs. */
export const PAGE_RIGHTS = {
  meetings: 'meetings',
  dsc: 'dossier',
  people: 'people',
  account: 'account',
  interview: 'interview',
  providers: 'interview',
  proofs: 'proofs',
  incidents: 'fact',
  approvals: 'approvals',
} as const

/** A page of the desk. */
export type PageName = keyof typeof PAGE_RIGHTS
