// Which layout fills the stage.
import { signal } from '@preact/signals'
import { describe, expect, it } from 'vitest'
import type { Person, VideoSource } from '../meeting/model.ts'
import { ViewState, arrange } from './view-state.ts'
import type { Wishes } from './view-state.ts'

const screen: VideoSource = { attach: () => {}, detach: () => {} }

function person(identity: string, more: Partial<Person> = {}): Person {
  return {
    identity,
    name: identity,
    guest: 0,
    isSelf: identity === 'me',
    hue: 0,
    micOn: true,
    camOn: true,
    speaking: false,
    weak: false,
    video: null,
    screen: null,
    ...more,
  }
}

const wishes: Wishes = {
  view: 'grid',
  pinned: null,
  selfHidden: false,
  lastSpeaker: null,
  newestShare: null,
  order: ['a', 'b', 'c'],
}

function names(people: readonly Person[]): string[] {
  return people.map(({ identity }) => identity)
}

describe('arrange', () => {
  it('shows you alone as a full tile', () => {
    const layout = arrange([person('me')], wishes)
    expect(layout.kind === 'grid' && names(layout.tiles)).toEqual(['me'])
  })

  it('makes you small when there are two', () => {
    const layout = arrange([person('a'), person('me')], wishes)
    expect(layout.kind === 'grid' && [names(layout.tiles), layout.pip?.identity]).toEqual([['a'], 'me'])
  })

  it('puts you last from three on, unless you hid your picture', () => {
    const people = [person('a'), person('b'), person('me')]
    const layout = arrange(people, { ...wishes, order: ['b', 'a'] })
    expect(layout.kind === 'grid' && names(layout.tiles)).toEqual(['b', 'a', 'me'])
    const hidden = arrange(people, { ...wishes, selfHidden: true })
    expect(hidden.kind === 'grid' && names(hidden.tiles)).toEqual(['a', 'b'])
  })

  it('gives the stage to a share, with the speaker first in the strip', () => {
    const layout = arrange([person('a', { screen }), person('b'), person('c'), person('me')], {
      ...wishes,
      pinned: 'b',
      lastSpeaker: 'c',
    })
    expect(layout.kind === 'focus' && [layout.what, layout.main.identity, names(layout.strip)]).toEqual([
      'screen',
      'a',
      ['c', 'a', 'b', 'me'],
    ])
  })

  it('shows the newer of two shares large and the other sharer first', () => {
    const people = [person('a', { screen }), person('b', { screen }), person('c'), person('me')]
    const layout = arrange(people, { ...wishes, newestShare: 'b', lastSpeaker: 'c' })
    expect(layout.kind === 'focus' && [layout.main.identity, names(layout.strip)]).toEqual([
      'b',
      ['a', 'c', 'b', 'me'],
    ])
  })

  it('uses the same layout for a pinned person and for the speaker view', () => {
    const people = [person('a'), person('b'), person('me')]
    const pinned = arrange(people, { ...wishes, pinned: 'b' })
    expect(pinned.kind === 'focus' && [pinned.what, names(pinned.strip)]).toEqual(['person', ['a', 'me']])
    const speaker = arrange(people, { ...wishes, view: 'speaker', lastSpeaker: 'b' })
    expect(speaker.kind === 'focus' && speaker.main.identity).toBe('b')
  })

  it('stays a grid in the speaker view while there are only two', () => {
    expect(arrange([person('a'), person('me')], { ...wishes, view: 'speaker' }).kind).toBe('grid')
  })
})

describe('ViewState', () => {
  it('forgets a pin when the person leaves and keeps the last speaker over a pause', () => {
    const people = signal<readonly Person[]>([person('a'), person('b', { speaking: true }), person('me')])
    const state = new ViewState({ people })
    state.toggleView()
    state.handlePeople(people.value, 0)
    state.togglePin('a')
    people.value = [person('b'), person('c'), person('me')]
    state.handlePeople(people.value, 1000)
    expect(state.pinned.value).toBeNull()
    const layout = state.layout.value
    expect(layout.kind === 'focus' && layout.main.identity).toBe('b')
  })

  it('follows a share that starts later', () => {
    const people = signal<readonly Person[]>([person('a', { screen }), person('b'), person('me')])
    const state = new ViewState({ people })
    state.handlePeople(people.value, 0)
    people.value = [person('a', { screen }), person('b', { screen }), person('me')]
    state.handlePeople(people.value, 10)
    const layout = state.layout.value
    expect(layout.kind === 'focus' && layout.main.identity).toBe('b')
  })
})
