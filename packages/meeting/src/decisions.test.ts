import { asEpochMillis, hide, parseMeetingId, type MeetingId } from '@runde/contract'
import { expect, test } from 'vitest'
import { decideJoin } from './join.ts'
import { meetingLink, parseMeetingLink, setUpLink, signInLink } from './links.ts'
import { decideSetUp, type SetUpFacts } from './set-up.ts'

const open = { endedAt: null }
const ended = { endedAt: asEpochMillis(1) }

test.each([
  ['no meeting', undefined, 'Erika', { kind: 'refuse', code: 'meeting_not_found' }],
  ['no meeting, bad name', undefined, '\u0000', { kind: 'refuse', code: 'meeting_not_found' }],
  ['ended', ended, 'Erika', { kind: 'refuse', code: 'meeting_ended' }],
  ['open, named', open, ' Erika ', { kind: 'admit', name: 'Erika' }],
  ['open, no name', open, undefined, { kind: 'admit', name: undefined }],
  ['open, empty name', open, '', { kind: 'admit', name: undefined }],
  ['open, long name', open, 'x'.repeat(65), { kind: 'refuse', code: 'name_too_long', field: 'name' }],
  ['open, bad name', open, 'a\nb', { kind: 'refuse', code: 'name_not_allowed', field: 'name' }],
])('join: %s', (_case, meeting, name, decision) => {
  expect(decideJoin(meeting, name)).toEqual(decision)
})

const facts: SetUpFacts = { setUp: false, tokenMatches: true, name: 'Erika', instanceName: 'Rathaus' }

test.each([
  ['everything right', {}, { kind: 'accept', name: 'Erika', instanceName: 'Rathaus' }],
  ['no house name', { instanceName: undefined }, { kind: 'accept', name: 'Erika', instanceName: 'Runde' }],
  ['empty house name', { instanceName: ' ' }, { kind: 'accept', name: 'Erika', instanceName: 'Runde' }],
  ['set up already', { setUp: true }, { kind: 'refuse', code: 'already_set_up' }],
  ['wrong token', { tokenMatches: false, name: '' }, { kind: 'refuse', code: 'setup_link_invalid' }],
  ['no name', { name: ' ' }, { kind: 'refuse', code: 'name_missing', field: 'name' }],
  [
    'house name too long',
    { instanceName: 'x'.repeat(65) },
    { kind: 'refuse', code: 'name_too_long', field: 'instanceName' },
  ],
])('set-up: %s', (_case, change: Partial<SetUpFacts>, decision) => {
  expect(decideSetUp({ ...facts, ...change })).toEqual(decision)
})

const id: MeetingId | undefined = parseMeetingId('abc-defg-hij')

test('links start with the public URL, and their tokens stay in the fragment and out of print', () => {
  expect(id && meetingLink('https://runde.example', id)).toBe('https://runde.example/abc-defg-hij')
  expect(setUpLink('https://runde.example', hide('T')).reveal()).toBe('https://runde.example/setup#T')
  expect(signInLink('https://runde.example', hide('T')).reveal()).toBe('https://runde.example/signin#T')
  expect(String(setUpLink('https://runde.example', hide('T')))).toBe('[redacted]')
})

test.each([
  ['https://runde.example/abc-defg-hij', 'abc-defg-hij'],
  ['http://localhost:8080/abc-defg-hij/', 'abc-defg-hij'],
  [' https://other.example/ABC-DEFG-HIJ?x=1#secret ', 'abc-defg-hij'],
  ['abc-defg-hij', 'abc-defg-hij'],
  ['abcdefghij', 'abc-defg-hij'],
  ['https://runde.example/', undefined],
  ['https://runde.example/setup#T', undefined],
  ['ftp://runde.example/abc-defg-hij', undefined],
  ['https://runde.example/x/abc-defg-hij', undefined],
  [`https://runde.example/abc-defg-hij#${'x'.repeat(3000)}`, undefined],
])('finds the meeting in %j', (text, found) => {
  expect(parseMeetingLink(text)).toBe(found)
})
