// Addresses and the pages behind them.
import { describe, expect, it } from 'vitest'
import { parseRoute } from './router.ts'

describe('parseRoute', () => {
  it('finds every page', () => {
    expect(parseRoute('/', '')).toEqual({ page: 'start' })
    expect(parseRoute('/desk', '')).toEqual({ page: 'desk' })
    expect(parseRoute('/desk/new', '')).toEqual({ page: 'desk-new' })
    expect(parseRoute('/jitsi', '')).toEqual({ page: 'jitsi' })
    expect(parseRoute('/desk/account', '')).toEqual({ page: 'account' })
    expect(parseRoute('/desk/people', '')).toEqual({ page: 'people' })
    expect(parseRoute('/abc-defg-hij', '')).toEqual({ page: 'meeting', id: 'abc-defg-hij' })
  })

  it('finds the public pages under their German and their English name', () => {
    for (const path of ['/datenschutz', '/privacy']) expect(parseRoute(path, '')).toEqual({ page: 'privacy' })
    for (const path of ['/impressum', '/imprint']) expect(parseRoute(path, '')).toEqual({ page: 'imprint' })
    for (const path of ['/barrierefreiheit', '/accessibility'])
      expect(parseRoute(path, '')).toEqual({ page: 'accessibility' })
  })

  it('finds the pages of the data protection centre', () => {
    const view = (path: string, hash = ''): unknown => parseRoute(`/desk/dsc${path}`, hash)
    expect(view('')).toEqual({ page: 'dsc', view: { at: 'overview' } })
    expect(view('/interview', '#org.name')).toEqual({
      page: 'dsc',
      view: { at: 'interview', fact: 'org.name' },
    })
    for (const at of ['providers', 'proofs', 'incidents'])
      expect(view(`/${at}`)).toEqual({ page: 'dsc', view: { at } })
    expect(view('/providers/host-a')).toEqual({ page: 'dsc', view: { at: 'provider', id: 'host-a' } })
    expect(view('/approvals/record')).toEqual({ page: 'dsc', view: { at: 'approval', id: 'record' } })
    expect(view('/approvals/record/12')).toEqual({
      page: 'dsc',
      view: { at: 'snapshot', id: 'record', number: 12 },
    })
    for (const path of [
      '/approvals/record/0',
      '/approvals/record/x',
      '/documents/record/1',
      '/approvals/a/1/2',
    ])
      expect(view(path)).toEqual({ page: 'not-found' })
    expect(view('/documents/measures')).toEqual({ page: 'dsc', view: { at: 'document', id: 'measures' } })
    for (const path of ['/documents', '/documents/A', '/documents/a/b', '/proofs/x', '/what'])
      expect(view(path)).toEqual({ page: 'not-found' })
  })

  it('takes one-time tokens from the fragment', () => {
    expect(parseRoute('/setup', '#t0k')).toEqual({ page: 'setup', token: 't0k' })
    expect(parseRoute('/signin', '')).toEqual({ page: 'signin', token: '' })
    expect(parseRoute('/invitation', '#t0k')).toEqual({ page: 'invitation', token: 't0k' })
    expect(parseRoute('/authority', '#t0k')).toEqual({ page: 'authority', token: 't0k' })
  })

  it('forgives a trailing slash', () => {
    expect(parseRoute('/desk/', '')).toEqual({ page: 'desk' })
    expect(parseRoute('/abc-defg-hij/', '')).toEqual({ page: 'meeting', id: 'abc-defg-hij' })
  })

  it('sends everything else to the page for wrong addresses', () => {
    for (const path of [
      '/abc',
      '/abc-defg-hi',
      '/ABC-DEFG-HIJ',
      '/abc-defg-hij/x',
      '/desk/new/x',
      '/%61bc-defg-hij',
      '/1bc-defg-hij',
    ]) {
      expect(parseRoute(path, '')).toEqual({ page: 'not-found' })
    }
  })
})
