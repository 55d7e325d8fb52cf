// Builds the addresses that are sent to people, and finds the meeting in what they paste.
import {
  AUTHORITY_PATH,
  INVITATION_PATH,
  SETUP_PATH,
  SIGN_IN_PATH,
  hide,
  parseMeetingId,
  type MeetingId,
  type Private,
} from '@runde/contract'

/** `<public url>/<id>`; `publicUrl` is an origin without a slash at the end. */
export function meetingLink(publicUrl: string, id: MeetingId): string {
  return `${publicUrl}/${id}`
}

/** One-time links carry their token in the fragment, which browsers keep to themselves. */
export function setUpLink(publicUrl: string, token: Private<string>): Private<string> {
  return hide(`${publicUrl}${SETUP_PATH}#${token.reveal()}`)
}

/** See {@link setUpLink}. */
export function signInLink(publicUrl: string, token: Private<string>): Private<string> {
  return hide(`${publicUrl}${SIGN_IN_PATH}#${token.reveal()}`)
}

/** See {@link setUpLink}. */
export function invitationLink(publicUrl: string, token: Private<string>): Private<string> {
  return hide(`${publicUrl}${INVITATION_PATH}#${token.reveal()}`)
}

/** See {@link setUpLink}. */
export function authorityLink(publicUrl: string, token: Private<string>): Private<string> {
  return hide(`${publicUrl}${AUTHORITY_PATH}#${token.reveal()}`)
}

/** Longer input than any link is refused before it is searched. */
const LINK_MAX_LENGTH = 2048

/**
 * The meeting meant by a pasted link or a typed code; undefined if there is none. The host is not judged: the same
 * house may answer under several names, and an unknown id is refused by the server anyway.
 */
export function parseMeetingLink(text: string): MeetingId | undefined {
  if (text.length > LINK_MAX_LENGTH) return undefined
  const plain = text.trim()
  const url = /^https?:\/\/[^/?#\s]+\/([^/?#\s]+)\/?(?:[?#]\S*)?$/i.exec(plain)
  return parseMeetingId(url?.[1] ?? plain)
}
