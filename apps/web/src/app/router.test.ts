// Addresses and the pages behind them.
import { describe, expect, it } from 'vitest'
import { parseRoute } from './router.ts'

describe('parseRoute', () => {
  it('finds every page', () => {
    expect(parseRoute('/', '')).toEqual({ page: 'start' })
    expect(parseRoute('/desk', '')).toEqual({ page: 'desk' })
    expect(parseRoute('/desk/new', '')).toEqual({ page: 'desk-new' })
    expect(parseRoute('/jitsi', '')).toEqual({ page: 'jitsi' })
    expect(parseRoute('/abc-defg-hij', '')).toEqual({ page: 'meeting', id: 'abc-defg-hij' })
  })

  it('takes one-time tokens from the fragment', () => {
    expect(parseRoute('/setup', '#t0k')).toEqual({ page: 'setup', token: 't0k' })
    expect(parseRoute('/signin', '')).toEqual({ page: 'signin', token: '' })
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
