// On hardened installations of ours, one of each kind, no rule finds anything, and no finding is left open that the files decide.
import { describe, expect, it } from 'vitest'
import { assemble } from '../../model/assemble.ts'
import { RULES } from '../../rules/index.ts'
import { STRONG } from '../samples.ts'
import { HARDENED_ANSIBLE } from './ansible.ts'
import { HARDENED_DEBIAN } from './debian.ts'
import { HARDENED_DOCKER } from './docker.ts'
import { HARDENED_TOKENS } from './tokens.ts'

const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  debian: HARDENED_DEBIAN,
  'debian with tokens': HARDENED_TOKENS,
  docker: HARDENED_DOCKER,
  ansible: HARDENED_ANSIBLE,
}

/** At least this many rules must say "met" of each set: a silent auditor would have no false findings either. */
const MET_MIN = 60

describe('hardened installations', () => {
  for (const [kind, files] of Object.entries(KINDS)) {
    const installation = assemble(Object.entries(files).map(([path, text]) => ({ path, text })))
    const found = RULES.map((rule) => ({ rule, verdicts: rule.check(installation) }))

    it(`${kind}: is recognised`, () => {
      expect(kind.startsWith(installation.kind)).toBe(true)
      const problems = installation.files.flatMap(({ path, problems: own }) =>
        own
          .filter(({ code }) => code !== 'include-missing')
          .map(({ code, origin }) => `${path}:${origin.line} ${code}`),
      )
      expect(problems).toEqual([])
    })

    it(`${kind}: nothing is violated`, () => {
      const wrong = found.flatMap(({ rule, verdicts }) =>
        verdicts
          .filter(({ state }) => state === 'violated')
          .map(
            ({ origins, detail }) =>
              `${rule.id} ${origins.map(({ file, line }) => `${file}:${line}`).join(' ')} ${detail?.en ?? ''}`,
          ),
      )
      expect(wrong).toEqual([])
    })

    it(`${kind}: most rules are met`, () => {
      const met = found.filter(({ verdicts }) => verdicts.some(({ state }) => state === 'met'))
      expect(met.length).toBeGreaterThan(MET_MIN)
    })

    it(`${kind}: no password is said`, () => {
      const said = JSON.stringify(found.map(({ verdicts }) => verdicts))
      for (const secret of Object.values(STRONG)) expect(said).not.toContain(secret)
    })
  }
})
