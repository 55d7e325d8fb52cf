// One's own account: password, passkeys, second factor, and the browsers that are signed in.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { type ApiError, type ApiResult, api } from '../app/api.ts'
import { day, t, time } from '../i18n/i18n.ts'
import { DeskFrame } from '../pages/desk-frame.tsx'
import { SignInNeeded } from '../pages/signin.tsx'
import '../styles/account.css'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { say } from '../ui/live.ts'
import { type Account, accountApi } from './account-api.ts'
import { Failure, Part, rolesText } from './parts.tsx'
import { PasskeyPart } from './passkey-part.tsx'
import { PasswordPart } from './password-part.tsx'
import { a } from './text.ts'

/** Does something, says how it went, and reads the account again. @returns whether it worked */
export type Doer = (action: () => Promise<ApiResult<null>>, done: string) => Promise<boolean>

/** What each part of the page needs. */
export interface PartProps {
  readonly account: Account
  readonly act: Doer
}

/** The page. */
export function OwnAccountPage(): JSX.Element {
  const m = a().own
  useTitle(m.title)
  const account = useSignal<Account | null>(null)
  const failure = useSignal<ApiError | null>(null)
  const load = async (): Promise<void> => {
    // The first passkey may open what was shut until then: the menu has to know.
    const [result] = await Promise.all([accountApi.account(), api.session()])
    if (result.ok) account.value = result.value
    else failure.value = result.error
  }
  const act: Doer = async (action, done) => {
    failure.value = null
    const result = await action()
    if (!result.ok) {
      failure.value = result.error
      return false
    }
    say(done)
    await load()
    return true
  }
  useEffect(() => void load(), [])
  if (failure.value?.code === 'not_signed_in') return <SignInNeeded error="not_signed_in" />
  const known = account.value
  return (
    <DeskFrame page="account" account={known?.name ?? ''}>
      <div class="pagehead">
        <div>
          <PageHeading class="h-page">{m.title}</PageHeading>
          {known === null ? null : <p class="soft">{m.rolesOf(rolesText(known.roles))}</p>}
        </div>
      </div>
      <Failure error={failure.value} />
      {known === null ? (
        <p class="soft">{failure.value === null ? t().app.loading : null}</p>
      ) : (
        <div class="stack s8 account" data-testid="account-page">
          <PasskeyPart account={known} act={act} />
          <PasswordPart account={known} act={act} />
          <FactorPart account={known} act={act} />
          <SessionPart account={known} act={act} />
        </div>
      )}
    </DeskFrame>
  )
}

function FactorPart({ account, act }: PartProps): JSX.Element {
  const m = a().own
  const on = account.secondFactor
  const ready = account.passwordSince !== '' && account.passkeys.length > 0
  // Where everybody needs it there is nothing to choose.
  if (account.secondFactorForAll) {
    const owed = account.passkeys.length === 0
    return (
      <Part id="factor" heading={m.factorHeading}>
        <p>{m.factorAll}</p>
        <p class={owed ? '' : 'soft'} data-testid="factor-all" data-owed={owed}>
          {owed ? m.factorOwed : m.factorLast}
        </p>
      </Part>
    )
  }
  return (
    <Part id="factor" heading={m.factorHeading}>
      <p>{on ? m.factorOn : ready ? m.factorOff : m.factorNeeds}</p>
      {ready ? (
        <div class="row">
          <button
            type="button"
            class="btn"
            data-testid="factor-switch"
            onClick={() => void act(() => accountApi.setSecondFactor(!on), on ? m.factorOff : m.factorOn)}
          >
            {on ? m.factorSwitchOff : m.factorSwitchOn}
          </button>
        </div>
      ) : null}
    </Part>
  )
}

function SessionPart({ account, act }: PartProps): JSX.Element {
  const m = a().own
  const others = account.sessions.some(({ current }) => !current)
  return (
    <Part id="sessions" heading={m.sessionsHeading}>
      <p class="soft">{m.sessionsLead}</p>
      <ul class="entries">
        {account.sessions.map((session) => {
          const begun = new Date(session.createdAt)
          const when = `${day(begun)}, ${time(begun)}`
          return (
            <li key={session.id} data-testid="session-row">
              <div>
                <b>{session.current ? m.sessionThis : m.sessionOther}</b>
                <p class="faint t-m">
                  {m.since(when)}, {m.usedOn(day(new Date(session.usedOn)))}
                </p>
              </div>
              {session.current ? null : (
                <button
                  type="button"
                  class="btn quiet"
                  aria-label={m.sessionEnd(when)}
                  data-testid="session-end"
                  onClick={() => void act(() => accountApi.endSession(session.id), m.sessionEnded)}
                >
                  {m.end}
                </button>
              )}
            </li>
          )
        })}
      </ul>
      {others ? (
        <div class="row">
          <button
            type="button"
            class="btn"
            data-testid="sessions-end"
            onClick={() => void act(() => accountApi.endOtherSessions(), m.sessionEnded)}
          >
            {m.sessionsEnd}
          </button>
        </div>
      ) : null}
    </Part>
  )
}
