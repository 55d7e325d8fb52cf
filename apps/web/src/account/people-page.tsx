// The people with an account: their roles, new invitations, and the open ones.
import { useSignal } from '@preact/signals'
import { PAGE_RIGHTS, type Role } from '@runde/contract'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { type ApiError, type ApiResult, api } from '../app/api.ts'
import { day, t } from '../i18n/i18n.ts'
import { DeskFrame } from '../pages/desk-frame.tsx'
import { SignInNeeded } from '../pages/signin.tsx'
import '../styles/account.css'
import { CopyButton } from '../ui/copy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { say } from '../ui/live.ts'
import { type People, type Person, accountApi } from './account-api.ts'
import { PolicyPart } from './policy-part.tsx'
import { Failure, Part, RoleChoice, rolesText } from './parts.tsx'
import { a } from './text.ts'

type Doer = (action: () => Promise<ApiResult<null>>, done: string) => Promise<void>

/** The page. */
export function PeoplePage(): JSX.Element {
  const m = a().people
  useTitle(m.title)
  const people = useSignal<People | null>(null)
  const name = useSignal('')
  const failure = useSignal<ApiError | null>(null)
  const asked = useSignal<Person | null>(null)
  const load = async (): Promise<void> => {
    const session = await api.session()
    if (session.ok) name.value = session.value.name
    // Who may not see them is told by the frame.
    if (session.ok && !session.value.may.includes(PAGE_RIGHTS.people)) return
    const result = session.ok ? await accountApi.people() : session
    if (result.ok) people.value = result.value
    else failure.value = result.error
  }
  const act: Doer = async (action, done) => {
    failure.value = null
    const result = await action()
    if (result.ok) say(done)
    else failure.value = result.error
    const kept = failure.value
    await load()
    failure.value = kept ?? failure.value
  }
  useEffect(() => void load(), [])
  if (failure.value?.code === 'not_signed_in') return <SignInNeeded error="not_signed_in" />
  const known = people.value
  const leaving = asked.value
  return (
    <DeskFrame page="people" account={name.value}>
      <div class="pagehead">
        <div>
          <PageHeading class="h-page">{m.title}</PageHeading>
          <p class="soft">{m.lead}</p>
        </div>
      </div>
      <Failure error={failure.value} />
      {known === null ? (
        <p class="soft">{failure.value === null ? t().app.loading : null}</p>
      ) : (
        <div class="stack s8 account" data-testid="people-page">
          <Accounts people={known.people} act={act} onRemove={(person) => (asked.value = person)} />
          <Invite onMade={load} onFail={(error) => (failure.value = error)} />
          <OpenInvitations people={known} act={act} />
          <PolicyPart />
        </div>
      )}
      {leaving === null ? null : (
        <RemoveDialog person={leaving} act={act} onClose={() => (asked.value = null)} />
      )}
    </DeskFrame>
  )
}

function Accounts(props: {
  people: readonly Person[]
  act: Doer
  onRemove: (person: Person) => void
}): JSX.Element {
  const m = a().people
  return (
    <Part id="accounts" heading={m.accounts}>
      <ul class="entries">
        {props.people.map((person) => (
          <li key={person.id} data-testid="person-row">
            <div>
              <b>{person.name}</b>
              <p class="faint t-m">
                {person.me ? `${m.me}, ` : ''}
                {m.since(day(new Date(person.createdAt)))}
              </p>
            </div>
            <RoleChoice
              prefix="person-role"
              legend={m.rolesOf(person.name)}
              hints={false}
              chosen={person.roles}
              onChange={(roles) => void props.act(() => accountApi.setRoles(person.id, roles), m.rolesSaved)}
            />
            {person.me ? null : (
              <button
                type="button"
                class="btn quiet"
                aria-label={m.remove(person.name)}
                data-testid="person-remove"
                onClick={() => props.onRemove(person)}
              >
                {a().own.remove}
              </button>
            )}
          </li>
        ))}
      </ul>
    </Part>
  )
}

function Invite(props: {
  onMade: () => Promise<void>
  onFail: (error: ApiError | null) => void
}): JSX.Element {
  const m = a().people
  const roles = useSignal<readonly Role[]>(['dpo'])
  const link = useSignal('')
  const make = async (): Promise<void> => {
    props.onFail(null)
    link.value = ''
    const result = await accountApi.invite(roles.value)
    if (!result.ok) {
      props.onFail(result.error)
      return
    }
    link.value = result.value
    say(m.inviteDone)
    await props.onMade()
  }
  return (
    <Part id="invite" heading={m.invite}>
      <p class="soft">{m.inviteLead}</p>
      <RoleChoice
        prefix="invite-role"
        legend={m.invite}
        hints
        chosen={roles.value}
        onChange={(chosen) => (roles.value = chosen)}
      />
      <div class="row">
        <button type="button" class="btn primary" data-testid="invite-make" onClick={() => void make()}>
          {m.inviteMake}
        </button>
      </div>
      {link.value === '' ? null : (
        <div class="stack s2">
          <fieldset class="linkbox" aria-label={m.inviteLink}>
            <code class="mono" data-testid="invite-link">
              {link.value}
            </code>
            <CopyButton text={link.value} label={m.inviteCopy} class="iconbtn" />
          </fieldset>
          <p class="faint t-m">{m.inviteOnce}</p>
        </div>
      )}
    </Part>
  )
}

function OpenInvitations({ people, act }: { people: People; act: Doer }): JSX.Element | null {
  const m = a().people
  if (people.invitations.length === 0) return null
  return (
    <Part id="invitations" heading={m.open}>
      <ul class="entries">
        {people.invitations.map((invitation) => (
          <li key={invitation.id} data-testid="invitation-row">
            <div>
              <b>{rolesText(invitation.roles)}</b>
              <p class="faint t-m">{m.until(day(new Date(invitation.expiresAt)))}</p>
            </div>
            <button
              type="button"
              class="btn quiet"
              aria-label={m.withdraw(rolesText(invitation.roles))}
              data-testid="invitation-withdraw"
              onClick={() => void act(() => accountApi.withdraw(invitation.id), m.withdrawn)}
            >
              {m.withdrawShort}
            </button>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function RemoveDialog(props: { person: Person; act: Doer; onClose: () => void }): JSX.Element {
  const m = a().people
  const { person } = props
  const remove = async (): Promise<void> => {
    props.onClose()
    await props.act(() => accountApi.removePerson(person.id), m.removed)
  }
  return (
    <Dialog heading={m.removeHeading(person.name)} onClose={props.onClose}>
      <div class="stack s6">
        <p class="soft">{m.removeLead}</p>
        <div class="row">
          <button
            type="button"
            class="btn danger large"
            data-testid="person-remove-yes"
            onClick={() => void remove()}
          >
            {m.removeYes}
          </button>
          <button type="button" class="btn quiet large" onClick={props.onClose}>
            {t().app.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
