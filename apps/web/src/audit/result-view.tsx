// The result: head with verdict and report menu, then findings, paperwork, comparison with Runde, and files.
import { type Signal, useSignal } from '@preact/signals'
import { type Comparison, KIND_WORDS, type Report, WORDS, releaseText } from '@runde/jitsi-audit'
import { useRef } from 'preact/hooks'
import type { ComponentChildren, JSX } from 'preact'
import { lang } from '../i18n/i18n.ts'
import { PageHeading } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { alert } from '../ui/live.ts'
import { MenuButton, MenuItem } from '../ui/menu.tsx'
import type { AuditJob } from './audit-job.ts'
import { AuditIcon } from './audit-icon.tsx'
import { ComparisonView } from './comparison-view.tsx'
import { FindingsView } from './findings-view.tsx'
import { FilesView, MovingView, PaperworkView } from './more-views.tsx'
import type { Examined, ExportKind } from './protocol.ts'
import { StateBar, Verdict } from './result-head.tsx'
import { saveText } from './save.ts'
import { a } from './text.ts'

type Section = 'findings' | 'paperwork' | 'moving' | 'files'
const SECTIONS: readonly Section[] = ['findings', 'paperwork', 'moving', 'files']

/** Everything after an examination. */
export function ResultView(props: {
  result: Examined
  /** What has changed since the result before, where that was of the same server. */
  first: Comparison | undefined
  job: AuditJob
  onAgain: () => void
}): JSX.Element {
  const { result, job } = props
  const { report } = result
  const m = a()
  const comparison = useSignal<Comparison | undefined>(props.first)
  const section = useSignal<Section>('findings')
  const read = report.files.filter(({ outcome }) => outcome !== 'not-read').length
  const seconds = new Intl.NumberFormat(lang.value, { maximumFractionDigits: 1 }).format(
    result.milliseconds / 1000,
  )
  const unknown =
    report.installations.length === 0 || report.files.every(({ format }) => format === undefined)
  return (
    <div data-testid="audit-result">
      <div class="pagehead">
        <div class="stack s2">
          <PageHeading class="h-page" always>
            {m.title}
          </PageHeading>
          <p class="soft">
            {m.read(read, report.rules.length)} {m.recognised(recognised(report))} {m.stayed}
          </p>
          <p class="faint t-s" data-testid="audit-measured">
            {m.measured(result.requests)} {m.took(seconds)}
          </p>
        </div>
        <div class="row tight noprint">
          <button type="button" class="btn" data-testid="audit-again" onClick={props.onAgain}>
            <Icon name="refresh" size="s" />
            {m.again}
          </button>
          <ReportMenu job={job} result={result} comparison={comparison} />
        </div>
      </div>
      {unknown ? (
        <div class="note warn audit-note">
          <Icon name="info" size="s" />
          <b>{m.unknownTitle}</b>
          <span>{m.unknown}</span>
        </div>
      ) : null}
      <section class="stack audit-summary" aria-label={m.summary}>
        <Verdict report={report} />
        <StateBar counts={report.counts} />
      </section>
      {comparison.value === undefined ? null : (
        <ComparisonView
          report={report}
          comparison={comparison.value}
          onClose={() => (comparison.value = undefined)}
        />
      )}
      <SectionTabs current={section}>
        {{
          findings: (
            <>
              <FindingsView report={report} />
              <Notes result={result} />
            </>
          ),
          paperwork: <PaperworkView report={report} />,
          moving: <MovingView report={report} />,
          files: <FilesView report={report} />,
        }}
      </SectionTabs>
    </div>
  )
}

/** What was found out about the installation, or how many there are. */
function recognised({ installations }: Report): string {
  const [only, ...more] = installations
  if (only === undefined || more.length > 0) return a().installations(installations.length)
  return `${KIND_WORDS[only.kind][lang.value]}, ${WORDS.release[lang.value]} ${releaseText(only.release, lang.value)}`
}

/** Tabs (APG) whose panels all stay in the page, so that a print has every part. */
function SectionTabs(props: {
  current: Signal<Section>
  children: Readonly<Record<Section, ComponentChildren>>
}): JSX.Element {
  const list = useRef<HTMLDivElement>(null)
  const { current } = props
  const step = (by: number): void => {
    const next = SECTIONS[(SECTIONS.indexOf(current.value) + by + SECTIONS.length) % SECTIONS.length]
    if (next === undefined) return
    current.value = next
    list.current?.querySelector<HTMLElement>(`#audit-tab-${next}`)?.focus()
  }
  return (
    <>
      <div
        ref={list}
        class="tabs noprint"
        role="tablist"
        tabIndex={-1}
        aria-label={a().sections}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') step(1)
          else if (event.key === 'ArrowLeft') step(-1)
        }}
      >
        {SECTIONS.map((id) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`audit-tab-${id}`}
            data-testid={`audit-tab-${id}`}
            aria-selected={id === current.value}
            aria-controls={`audit-panel-${id}`}
            tabIndex={id === current.value ? 0 : -1}
            onClick={() => (current.value = id)}
          >
            {a()[id]}
          </button>
        ))}
      </div>
      {SECTIONS.map((id) => (
        <div
          key={id}
          role="tabpanel"
          id={`audit-panel-${id}`}
          data-testid={`audit-panel-${id}`}
          aria-labelledby={`audit-tab-${id}`}
          class={`panelpart ${id === current.value ? '' : 'elsewhere'}`}
        >
          <h2 class="h-page printonly">{a()[id]}</h2>
          {props.children[id]}
        </div>
      ))}
    </>
  )
}

function Notes({ result: { report } }: { result: Examined }): JSX.Element | null {
  if (report.notes.length === 0) return null
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]))
  return (
    <section class="stack audit-notes" aria-labelledby="audit-notes">
      <h2 id="audit-notes" class="h-sect">
        {WORDS.notes[lang.value]}
      </h2>
      {report.notes.map(({ key, rule, mend }) => (
        <div key={key} class="note">
          <Icon name="info" size="s" />
          <b>{rules.get(rule)?.title[lang.value]}</b>
          <span>{rules.get(rule)?.why[lang.value]}</span>
          <span>{mend[lang.value]}</span>
        </div>
      ))}
    </section>
  )
}

function ReportMenu(props: {
  job: AuditJob
  result: Examined
  comparison: Signal<Comparison | undefined>
}): JSX.Element {
  const m = a()
  const earlier = useRef<HTMLInputElement>(null)
  const save = async (format: ExportKind): Promise<void> =>
    saveText(format, await props.job.export(format, lang.value))
  const compare = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0]
    if (file === undefined) return
    const text = await file.text().catch(() => '')
    input.value = ''
    props.comparison.value = await props.job.compare(text)
    if (props.comparison.value === undefined) alert(a().compareWrong)
  }
  const mends = props.result.patch.mends.length
  return (
    <>
      <MenuButton
        label={m.reportMenu}
        class="btn primary"
        testid="audit-report"
        button={
          <>
            <AuditIcon name="download" size="s" />
            {m.report}
          </>
        }
      >
        <MenuItem label={m.saveHtml} onChoose={() => void save('html')} testid="audit-save-html" />
        <MenuItem
          label={m.saveMarkdown}
          onChoose={() => void save('markdown')}
          testid="audit-save-markdown"
        />
        <MenuItem label={m.saveJson} onChoose={() => void save('json')} testid="audit-save-json" />
        <MenuItem label={m.saveSarif} onChoose={() => void save('sarif')} testid="audit-save-sarif" />
        {mends === 0 ? null : (
          <MenuItem
            label={m.savePatch(mends)}
            onChoose={() => void save('patch')}
            testid="audit-save-patch"
          />
        )}
        <hr />
        <MenuItem label={m.print} onChoose={() => print()} />
        <MenuItem label={m.compare} onChoose={() => earlier.current?.click()} testid="audit-compare" />
      </MenuButton>
      <input
        ref={earlier}
        type="file"
        hidden
        accept=".json,application/json"
        data-testid="audit-compare-input"
        onChange={(event) => void compare(event.currentTarget)}
      />
    </>
  )
}
