import { expect, test } from 'vitest'
import { ErrorAnswer, JoinRequest, Meeting, MeetingList, SetupRequest, UpdateMeetingRequest } from './api.ts'
import { errorBody } from './errors.ts'

const meeting = {
  id: 'abc-defg-hij',
  title: 'Haushalt',
  createdAt: '2026-11-24T19:24:00.000Z',
  endedAt: null,
  link: 'https://runde.example/abc-defg-hij',
  participants: 2,
}

test('requests may leave out what is optional, and nothing else', () => {
  expect(JoinRequest.safeParse({}).success).toBe(true)
  expect(JoinRequest.safeParse({ name: 'Erika' }).success).toBe(true)
  expect(SetupRequest.safeParse({ token: 't', name: 'n' }).success).toBe(true)
  expect(SetupRequest.safeParse({ token: 't' }).success).toBe(false)
  expect(UpdateMeetingRequest.safeParse({ ended: 'yes' }).success).toBe(false)
})

test.each([{ name: null }, { nmae: 'x' }, [], null, 'x', 7, { name: ['x'] }])(
  'a join request is not %j',
  (value) => {
    expect(JoinRequest.safeParse(value).success).toBe(false)
  },
)

test('answers with unknown keys are read, so that an older page survives a newer server', () => {
  expect(MeetingList.parse({ meetings: [{ ...meeting, colour: 'red' }], next: 1 })).toEqual({
    meetings: [meeting],
  })
})

test('an id of another form is refused', () => {
  expect(Meeting.safeParse({ ...meeting, id: 'abc' }).success).toBe(false)
})

test('what the server sends as an error is what the page reads', () => {
  const body = errorBody('title_missing', 'title')
  expect(ErrorAnswer.parse(JSON.parse(JSON.stringify(body)))).toEqual(body)
})
