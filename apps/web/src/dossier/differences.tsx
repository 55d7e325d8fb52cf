// Shows what changed sentence by sentence: the old wording, the new one, the words between marked, and the facts because of which.
import type { JSX } from 'preact'
import type { Cause, Difference } from './approvals-api.ts'
import { d } from './text.ts'
import { type Wording, wordsChanged } from './words-changed.ts'

/** The words above the two wordings. */
export interface Sides {
  readonly before: string
  readonly after: string
}

/** All differences, under the headings of their sections. */
export function Differences(props: { differences: readonly Difference[]; sides: Sides }): JSX.Element {
  const sections = [...new Set(props.differences.map(({ section }) => section))]
  return (
    <div class="diffs" data-testid="differences">
      {sections.map((section) => {
        const own = props.differences.filter((each) => each.section === section)
        return (
          <section key={section}>
            <h3 class="h-group">{own[0]?.heading ?? ''}</h3>
            <ul>
              {own.map((each) => (
                <OneDifference key={each.sentence} difference={each} sides={props.sides} />
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}

/** One sentence. */
export function OneDifference(props: { difference: Difference; sides: Sides }): JSX.Element {
  const m = d().approval
  const { kind, because } = props.difference
  const { before, after } = wordsChanged(props.difference.before, props.difference.after)
  return (
    <li class="diff" data-testid="difference" data-kind={kind}>
      <dl>
        {kind === 'added' ? null : (
          <div>
            <dt>{kind === 'removed' ? `${props.sides.before}, ${m.removed}` : props.sides.before}</dt>
            <dd>
              <Pieces wording={before} mark={kind === 'removed' ? 'whole' : 'old'} />
            </dd>
          </div>
        )}
        {kind === 'removed' ? null : (
          <div>
            <dt>{kind === 'added' ? `${props.sides.after}, ${m.added}` : props.sides.after}</dt>
            <dd>
              <Pieces wording={after} mark={kind === 'added' ? 'plain' : 'new'} />
            </dd>
          </div>
        )}
      </dl>
      {because.length === 0 ? null : (
        <p class="faint t-s">
          {m.because}: {because.map((cause) => causeText(cause)).join('; ')}
        </p>
      )}
    </li>
  )
}

function Pieces(props: { wording: Wording; mark: 'old' | 'new' | 'whole' | 'plain' }): JSX.Element {
  const { start, middle, end } = props.wording
  if (props.mark === 'plain') return <>{start + middle + end}</>
  if (props.mark === 'whole') return <del>{start + middle + end}</del>
  return (
    <>
      {start}
      {middle === '' ? null : props.mark === 'old' ? <del>{middle}</del> : <ins>{middle}</ins>}
      {end}
    </>
  )
}

// A longer value (a list, a whole record) says less than the sentence itself.
const VALUE_MAX = 60

/** The value of a fact for people; undefined when it is no short text, number or yes and no. */
function valueText(json: string): string | undefined {
  const m = d().approval
  if (json === '') return m.causeNothing
  if (json === 'true') return m.causeYes
  if (json === 'false') return m.causeNo
  if (/^-?\d+(\.\d+)?$/.test(json)) return json
  if (!json.startsWith('"') || json.length > VALUE_MAX) return undefined
  const text: unknown = JSON.parse(json)
  return typeof text === 'string' && text.includes(' ') ? `„${text}“` : undefined
}

function causeText({ label, before, after }: Cause): string {
  const [old, now] = [valueText(before), valueText(after)]
  return old === undefined || now === undefined ? label : `${label} (${old} → ${now})`
}
