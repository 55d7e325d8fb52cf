// The roles an account may hold; one account may hold several.

/** `dpo` is the data protection officer; `operator` looks after the machine. */
export type Role = 'organiser' | 'dpo' | 'operator'

/** Every role, in the order in which they are shown and stored. */
export const ROLES: readonly Role[] = ['organiser', 'dpo', 'operator']

/** True if the text names a role. */
export function isRole(text: string): text is Role {
  return ROLES.some((role) => role === text)
}

/** The same roles without doubles and in the order of {@link ROLES}. */
export function rolesInOrder(roles: readonly Role[]): Role[] {
  return ROLES.filter((role) => roles.includes(role))
}
