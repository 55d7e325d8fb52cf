// The page behind a meeting link: chooses between joining, the stage, the page for an absent server and the goodbye.
import { useSignal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import type { FunctionComponent, JSX } from 'preact'
import { api } from '../app/api.ts'
import { missingFeatures } from '../app/features.ts'
import { noticeInTime } from '../app/short-notice.ts'
import type { MeetingId } from '@runde/contract'
import { openDevice } from '../devices/media.ts'
import { lang, t } from '../i18n/i18n.ts'
import { Visit } from '../meeting/visit.ts'
import type { Connect, Reopen } from '../meeting/visit.ts'
import type { StageProps } from '../stage/stage.tsx'
import { alert, say } from '../ui/live.ts'
import { WaitingPage } from '../ui/message-page.tsx'
import { GonePage } from './gone.tsx'
import { JoinPage } from './join.tsx'
import { LeftPage } from './left.tsx'
import { MeetingEnded, MeetingMissing, ServerGone, TooOld } from './errors.tsx'
import { never } from '../app/never.ts'

// The media library and the stage are large and not needed before joining; they load while the person fills in the form.
const loadSession = (): Promise<typeof import('../meeting/session.ts')> => import('../meeting/session.ts')
const loadStage = (): Promise<typeof import('../stage/stage.tsx')> => import('../stage/stage.tsx')

const connect: Connect = async (ticket, entry, onEnd) => {
  const [{ Session }] = await Promise.all([loadSession(), loadStage()])
  return Session.open({
    ticket,
    url: location.origin.replace(/^http/, 'ws'),
    tracks: entry.tracks,
    choice: entry.choice,
    voice: { say, alert },
    onEnd,
  })
}

const reopen: Reopen = async (wanted, choice) => {
  const [mic, cam] = await Promise.all([
    wanted.mic ? openDevice('mic', choice.mic) : null,
    wanted.cam ? openDevice('cam', choice.cam) : null,
  ])
  return { mic: mic?.ok === true ? mic.track : null, cam: cam?.ok === true ? cam.track : null }
}

function useVisit(id: MeetingId): Visit {
  const visit = useMemo(() => new Visit(id, { api, connect, reopen, now: () => Date.now() }), [id])
  useEffect(() => {
    void visit.load()
    return () => visit.dispose()
  }, [visit])
  return visit
}

function LazyStage(props: StageProps): JSX.Element | null {
  const view = useSignal<FunctionComponent<StageProps> | null>(null)
  useEffect(() => {
    const load = async (): Promise<void> => {
      const { Stage } = await loadStage()
      view.value = Stage
    }
    void load()
  }, [])
  const View = view.value
  return View === null ? null : <View {...props} />
}

/** A whole visit. */
export function MeetingPage({ id }: { id: MeetingId }): JSX.Element {
  const missing = useMemo(() => missingFeatures(), [])
  return missing.length > 0 ? <TooOld missing={missing} /> : <VisitPage id={id} />
}

function preload(): void {
  void loadSession()
  void loadStage()
}

function VisitPage({ id }: { id: MeetingId }): JSX.Element {
  const visit = useVisit(id)
  const phase = visit.phase.value
  const facts = visit.facts.value
  const title = facts?.title === undefined || facts.title === '' ? id : facts.title
  const noticed = useSignal(false)
  useEffect(() => {
    void noticeInTime(lang.value).then(() => (noticed.value = true))
  }, [])
  if (phase.kind === 'join' && !noticed.value)
    return <WaitingPage title={t().join.title} text={`${t().app.loading} …`} />
  switch (phase.kind) {
    case 'loading':
      return <WaitingPage title={t().join.title} text={`${t().app.loading} …`} />
    case 'missing':
      return <MeetingMissing />
    case 'closed':
      return <MeetingEnded />
    case 'unreachable':
      return <ServerGone onRetry={() => void visit.load()} />
    case 'join':
    case 'joining':
      return (
        <JoinPage
          title={title}
          present={facts?.participants ?? 0}
          busy={phase.kind === 'joining'}
          error={phase.kind === 'join' ? phase.error : null}
          onJoin={(entry) => void visit.join(entry)}
          onReady={preload}
        />
      )
    case 'stage':
      return (
        <LazyStage
          meeting={phase.meeting}
          title={title}
          link={`${location.origin}/${id}`}
          onRestart={() => void visit.restart()}
          onLeave={() => void visit.leave()}
        />
      )
    case 'gone':
      return (
        <GonePage
          retryAt={phase.retryAt}
          trying={phase.trying}
          onRetry={() => void visit.comeBack()}
          onLeave={() => void visit.leave()}
        />
      )
    case 'left':
      return <LeftPage {...phase} onRejoin={() => void visit.rejoin()} />
  }
  return never(phase)
}
