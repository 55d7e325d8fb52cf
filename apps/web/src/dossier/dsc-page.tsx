// Frame of the data protection centre: signs of life from the server, the tabs, and the page that was asked for.
import type { PageName } from '@runde/contract'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { api } from '../app/api.ts'
import { mayOpen } from '../app/me.ts'
import { never } from '../app/never.ts'
import type { DscView } from '../app/router.ts'
import { lang } from '../i18n/i18n.ts'
import { DeskFrame } from '../pages/desk-frame.tsx'
import { NotForYou } from '../pages/not-for-you.tsx'
import { SignInNeeded } from '../pages/signin.tsx'
import '../styles/dossier-all.css'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { ApprovalPage } from './approval-page.tsx'
import { ApprovalsPage } from './approvals-page.tsx'
import { DocumentPage } from './document-page.tsx'
import { dscApi } from './dsc-api.ts'
import { DscModel } from './dsc-model.ts'
import { IncidentsPage } from './incidents.tsx'
import { Interview } from './interview.tsx'
import { Overview } from './overview.tsx'
import { Trouble } from './parts.tsx'
import { Proofs } from './proofs.tsx'
import { ProviderCheckPage } from './provider-check.tsx'
import { Providers } from './providers.tsx'
import { SnapshotPage } from './snapshot-page.tsx'
import { d } from './text.ts'

const TABS = [
  { at: 'overview', needs: 'dsc', path: '/desk/dsc' },
  { at: 'interview', needs: 'interview', path: '/desk/dsc/interview' },
  { at: 'providers', needs: 'providers', path: '/desk/dsc/providers' },
  { at: 'proofs', needs: 'proofs', path: '/desk/dsc/proofs' },
  { at: 'approvals', needs: 'approvals', path: '/desk/dsc/approvals' },
  { at: 'incidents', needs: 'incidents', path: '/desk/dsc/incidents' },
] as const

function Tabs({ view }: { view: DscView }): JSX.Element {
  const m = d()
  const names = {
    overview: m.overview,
    interview: m.questions,
    providers: m.providers,
    proofs: m.proofs,
    approvals: m.approval.tab,
    incidents: m.incidents,
  }
  const current = view.at === 'provider' ? 'providers' : view.at
  const bar = useRef<HTMLElement>(null)
  const tabs = TABS.filter(({ needs }) => mayOpen(needs))
  useEffect(() => {
    // On a phone the bar is wider than the screen.
    const tab = bar.current?.querySelector('[aria-current]')
    tab?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [current, tabs.length])
  return (
    <nav ref={bar} class="tabs pagetabs noprint" aria-label={m.parts}>
      {tabs.map(({ at, path }) => (
        <a
          key={at}
          href={path}
          aria-current={at === current ? 'page' : undefined}
          data-testid={`dsc-tab-${at}`}
        >
          {names[at]}
        </a>
      ))}
    </nav>
  )
}

function View({ view, model }: { view: DscView; model: DscModel }): JSX.Element {
  switch (view.at) {
    case 'overview':
      return <Overview model={model} />
    case 'interview':
      return <Interview model={model} wanted={view.fact} />
    case 'providers':
      return <Providers model={model} />
    case 'provider':
      return <ProviderCheckPage key={view.id} model={model} id={view.id} />
    case 'proofs':
      return <Proofs model={model} />
    case 'incidents':
      return <IncidentsPage model={model} />
    case 'approvals':
      return <ApprovalsPage model={model} />
    case 'approval':
      return <ApprovalPage key={view.id} model={model} id={view.id} />
    case 'snapshot':
      return <SnapshotPage key={`${view.id} ${view.number}`} id={view.id} number={view.number} />
    case 'document':
      return <DocumentPage key={view.id} model={model} id={view.id} />
  }
  return never(view)
}

/** What each page needs of the table of rights. */
const NEEDS: Readonly<Record<DscView['at'], PageName>> = {
  overview: 'dsc',
  document: 'dsc',
  interview: 'interview',
  providers: 'providers',
  provider: 'providers',
  proofs: 'proofs',
  incidents: 'incidents',
  approvals: 'approvals',
  approval: 'approvals',
  snapshot: 'approvals',
}

/** Pages about one document stand alone, without the tabs. */
const ALONE: ReadonlySet<DscView['at']> = new Set(['document', 'approval', 'snapshot'])

/** The page behind `/desk/dsc` and everything below it. */
export function DscPage({ view }: { view: DscView }): JSX.Element {
  const m = d()
  useTitle(m.title)
  const model = useMemo(() => new DscModel(api, dscApi), [])
  const current = lang.value
  useEffect(() => void model.load(current), [model, current])
  if (model.signedOut.value) return <SignInNeeded error="not_signed_in" />
  const failure = model.failure.value
  const loaded = model.paperwork.value !== null && model.questions.value !== null
  return (
    <DeskFrame page="dsc" account={model.account.value}>
      {ALONE.has(view.at) ? null : (
        <>
          <div class="pagehead dschead">
            <PageHeading class="h-page">{m.title}</PageHeading>
          </div>
          <Tabs view={view} />
        </>
      )}
      {failure === null ? null : (
        <Trouble title={m.loadFailed} error={failure} onRetry={() => void model.load(current)} />
      )}
      {loaded ? (
        mayOpen(NEEDS[view.at]) ? (
          <View view={view} model={model} />
        ) : (
          <NotForYou onward={false} />
        )
      ) : failure === null ? (
        <div class="stack" aria-hidden="true">
          <div class="greyrow" />
          <div class="greyrow" />
          <div class="greyrow" />
        </div>
      ) : null}
    </DeskFrame>
  )
}
