// Limits both sides of the HTTP interface know: the page counts down with them, the server enforces them.

/** A name of a person or of the house, in Unicode code points: fits one line of a tile, longer is a prank. */
export const NAME_MAX_LENGTH = 64

/** A meeting's title, in Unicode code points: a long sentence; longer breaks every list. */
export const TITLE_MAX_LENGTH = 120

/** A comment on a document, in Unicode code points: a page of text; more belongs into a document of its own. */
export const COMMENT_MAX_LENGTH = 2000

/** Page that takes a reading link for an authority; the token is the fragment. */
export const AUTHORITY_PATH = '/authority' as const

/** A request body in bytes: the largest legitimate one is below 2 kB, the rest is room for JSON escapes. */
export const BODY_MAX_BYTES = 16_384

/** A token of a one-time link as text: 32 random bytes are 43 characters in base64url. */
export const LINK_TOKEN_LENGTH = 43

/** Page that takes a set-up link; the token is the fragment, which no browser sends and no proxy logs. */
export const SETUP_PATH = '/setup' as const

/** Page that takes a one-time sign-in link; the token is the fragment. */
export const SIGN_IN_PATH = '/signin' as const

/** Page that takes an invitation; the token is the fragment. */
export const INVITATION_PATH = '/invitation' as const

/**
 * A password in Unicode code points. Twelve and no rules of composition: length is what costs the guesser, rules cost
 * the person (NIST SP 800-63B section 3.1.1.2). The upper end only keeps the work bounded.
 */
export const PASSWORD_MIN_LENGTH = 12
export const PASSWORD_MAX_LENGTH = 256
