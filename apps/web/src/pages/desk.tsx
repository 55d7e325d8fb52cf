// Organiser's meetings: the running ones on top, the others below, each with its link, a new title, an end.
import { useComputed, useSignal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { JSX } from 'preact'
import { api } from '../app/api.ts'
import type { Meeting } from '../app/api.ts'
import { instance } from '../app/instance.ts'
import { day, t, time } from '../i18n/i18n.ts'
import { errorText } from '../app/error-text.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { MenuButton, MenuItem } from '../ui/menu.tsx'
import { Ring } from '../ui/ring.tsx'
import { EndDialog, RemoveDialog, RenameDialog } from './desk-dialogs.tsx'
import { DeskFrame } from './desk-frame.tsx'
import { DeskModel } from './desk-model.ts'
import { SignInNeeded } from './signin.tsx'

// The list shows who is there, so it is fetched again while the page is in view (ms).
const REFRESH_MS = 15_000

// A list that comes at once shows no grey rows; a slow one does (ms).
const SKELETON_MS = 300

/** A dialog about one meeting. */
type Asked = { readonly what: 'rename' | 'remove' | 'end'; readonly meeting: Meeting } | null

/** What a meeting on the page needs. */
interface ItemProps {
  readonly meeting: Meeting
  readonly asked: Signal<Asked>
  readonly model: DeskModel
}

function invitationOf(meeting: Meeting): string {
  return t().desk.invitation(instance.value?.name ?? '', meeting.title, meeting.link)
}

function pathOf(meeting: Meeting): string {
  return `/${meeting.id}`
}

function MoreOf({ meeting, asked, model }: ItemProps): JSX.Element {
  const m = t().desk
  return (
    <MenuButton label={m.moreOf(meeting.title)} class="iconbtn" button={<Icon name="more" />}>
      <MenuItem
        icon={meeting.ended ? 'refresh' : 'door'}
        label={meeting.ended ? m.reopen : m.end}
        onChoose={() => {
          if (meeting.participants > 0) asked.value = { what: 'end', meeting }
          else void model.end(meeting.id, !meeting.ended)
        }}
      />
      <MenuItem icon="pencil" label={m.rename} onChoose={() => (asked.value = { what: 'rename', meeting })} />
      <MenuItem
        icon="trash"
        label={m.remove}
        danger
        onChoose={() => (asked.value = { what: 'remove', meeting })}
      />
    </MenuButton>
  )
}

function LinkText({ meeting }: { meeting: Meeting }): JSX.Element {
  return (
    <span class="linktext" title={meeting.link} data-testid="meeting-link" data-link={meeting.link}>
      {meeting.link.replace(/^https?:\/\//, '')}
    </span>
  )
}

function Running(props: ItemProps): JSX.Element {
  const { meeting } = props
  const m = t().desk
  return (
    <section class="live" aria-labelledby={`live-${meeting.id}`}>
      <div class="stack s2">
        <p class="livetag">
          <span class="dot" />
          {m.running}
        </p>
        <h2 id={`live-${meeting.id}`}>{meeting.title}</h2>
        <p class="soft t-m">{m.inRoom(meeting.participants)}</p>
        <p class="meta">
          <LinkText meeting={meeting} />
        </p>
      </div>
      <div class="row tight">
        <CopyButton class="btn" text={invitationOf(meeting)} label={m.copyInvite}>
          {m.copyInvite}
        </CopyButton>
        <a class="btn primary" href={pathOf(meeting)}>
          {m.join}
        </a>
        <MoreOf {...props} />
      </div>
    </section>
  )
}

function Row(props: ItemProps): JSX.Element {
  const { meeting } = props
  const m = t().desk
  const created = new Date(meeting.createdAt)
  return (
    <li data-testid="desk-row">
      <time dateTime={meeting.createdAt}>
        <b>{day(created)}</b>
        {m.created(time(created))}
      </time>
      <div class="what">
        <h3>
          <a href={pathOf(meeting)}>{meeting.title}</a>
        </h3>
        <p class="meta">
          {meeting.ended ? <span class="chip">{m.ended}</span> : null}
          <LinkText meeting={meeting} />
        </p>
      </div>
      <div class="acts">
        <CopyButton class="iconbtn" text={invitationOf(meeting)} label={m.copyInviteOf(meeting.title)} />
        <MoreOf {...props} />
      </div>
    </li>
  )
}

function Skeleton(): JSX.Element | null {
  const late = useSignal(false)
  useEffect(() => {
    const timer = setTimeout(() => (late.value = true), SKELETON_MS)
    return () => clearTimeout(timer)
  }, [])
  return late.value ? (
    <output class="stack s2" aria-label={t().app.loading}>
      <span class="greyrow" />
      <span class="greyrow" />
      <span class="greyrow" />
    </output>
  ) : null
}

function Empty(): JSX.Element {
  const m = t().desk
  return (
    <div class="emptydesk">
      <Ring label={m.emptyRing} />
      <div class="stack s2">
        <h2 class="h-sect">{m.emptyHeading}</h2>
        <p class="soft">{m.emptyLead}</p>
      </div>
      <a class="btn primary large" href="/desk/new" data-testid="desk-new">
        <Icon name="plus" size="s" />
        {m.newMeeting}
      </a>
    </div>
  )
}

function useModel(): DeskModel {
  const model = useMemo(() => new DeskModel(api), [])
  useEffect(() => {
    void model.load()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && model.list.value !== null) void model.refresh()
    }, REFRESH_MS)
    return () => clearInterval(timer)
  }, [model])
  return model
}

function Meetings({
  list,
  asked,
  model,
}: {
  list: readonly Meeting[]
  asked: Signal<Asked>
  model: DeskModel
}): JSX.Element {
  const m = t().desk
  if (list.length === 0) return <Empty />
  const resting = list.filter((meeting) => meeting.participants === 0)
  return (
    <>
      {list
        .filter((meeting) => meeting.participants > 0)
        .map((meeting) => (
          <Running key={meeting.id} meeting={meeting} asked={asked} model={model} />
        ))}
      {resting.length === 0 ? null : (
        <section class="stack s2" aria-labelledby="desk-all">
          <h2 class="h-sect" id="desk-all">
            {m.all}
          </h2>
          <ul class="list">
            {resting.map((meeting) => (
              <Row key={meeting.id} meeting={meeting} asked={asked} model={model} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

/** The list of meetings. */
export function DeskPage(): JSX.Element {
  const m = t().desk
  useTitle(m.title)
  const model = useModel()
  const asked = useSignal<Asked>(null)
  const close = (): void => {
    asked.value = null
  }
  const list = model.list.value
  const failure = model.failure.value
  const isEmpty = useComputed(() => model.list.value?.length === 0)
  if (model.signedOut.value) return <SignInNeeded error="not_signed_in" />
  return (
    <DeskFrame page="desk" account={model.account.value}>
      <div class="pagehead">
        <PageHeading class="h-page">{m.title}</PageHeading>
        {isEmpty.value ? null : (
          <div class="row tight">
            <a class="btn primary" href="/desk/new" data-testid="desk-new">
              <Icon name="plus" size="s" />
              {m.newMeeting}
            </a>
          </div>
        )}
      </div>
      {failure === null ? null : (
        <div
          class="note bad withaction"
          role="alert"
          data-testid="error-page"
          data-error={failure.code === 'network' ? 'server_gone' : failure.code}
        >
          <Icon name="warn" size="s" />
          <b>{m.loadFailed}</b>
          <span>{errorText(failure)}</span>
          <button type="button" class="btn" onClick={() => void model.load()}>
            {t().app.retry}
          </button>
        </div>
      )}
      {list === null ? (
        failure === null ? (
          <Skeleton />
        ) : null
      ) : (
        <Meetings list={list} asked={asked} model={model} />
      )}
      {asked.value?.what === 'rename' ? (
        <RenameDialog meeting={asked.value.meeting} model={model} onClose={close} />
      ) : null}
      {asked.value?.what === 'end' ? (
        <EndDialog meeting={asked.value.meeting} model={model} onClose={close} />
      ) : null}
      {asked.value?.what === 'remove' ? (
        <RemoveDialog meeting={asked.value.meeting} model={model} onClose={close} />
      ) : null}
    </DeskFrame>
  )
}
