// A list of records that can be filled in, changed and emptied; lists inside a record work the same way.
import { useSignal } from '@preact/signals'
import { useLayoutEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { lang } from '../i18n/i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/live.ts'
import { countries } from './countries.ts'
import { ChoiceField, LineField } from './form-fields.tsx'
import { type Draft, EMPTY, FORMS, type FieldSpec, type RecordKind, nameOf, toValue } from './record-forms.ts'
import { capital, d, said } from './text.ts'

/** Position of the entry that is open; the length of the list is a new one. */
type Open = number | null

/** The list. `onChange` gets all entries, and answers whether they were taken; a form stays open until they are. */
export function RecordList(props: {
  kind: RecordKind
  entries: readonly Draft[]
  onChange: (entries: readonly Draft[]) => Promise<boolean>
  /** Opens an empty form at once where there is nothing yet. */
  startOpen?: boolean
}): JSX.Element {
  const m = d()
  const { kind, entries } = props
  const open = useSignal<Open>(props.startOpen === true && entries.length === 0 ? 0 : null)
  const adder = useRef<HTMLButtonElement>(null)
  const taken = entries.map(({ texts }) => texts['id'] ?? '')
  const close = (): void => {
    open.value = null
    // The form is gone; the button that opens the next one is the nearest place.
    requestAnimationFrame(() => adder.current?.focus())
  }
  const put = async (at: number, entry: Draft): Promise<void> => {
    const next = at === entries.length ? [...entries, entry] : entries.map((e, i) => (i === at ? entry : e))
    if (await props.onChange(next)) close()
  }
  const remove = async (at: number): Promise<void> => {
    const name = nameOf(kind, entries[at] ?? EMPTY)
    if (!(await props.onChange(entries.filter((_, index) => index !== at)))) return
    say(m.removed(name))
    requestAnimationFrame(() => adder.current?.focus())
  }
  const form = (at: number): JSX.Element => (
    <RecordForm
      kind={kind}
      start={entries[at] ?? EMPTY}
      taken={taken}
      onSave={async (entry) => await put(at, entry)}
      onCancel={close}
    />
  )
  return (
    <div class="records">
      {entries.length === 0 ? null : (
        <ul class="recordlist">
          {entries.map((entry, at) => (
            <li key={at}>
              {open.value === at ? (
                form(at)
              ) : (
                <Entry
                  kind={kind}
                  entry={entry}
                  onEdit={() => (open.value = at)}
                  onRemove={() => void remove(at)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {open.value === entries.length ? (
        form(entries.length)
      ) : (
        <button
          ref={adder}
          type="button"
          class="btn"
          data-testid={`add-${kind}`}
          onClick={() => (open.value = entries.length)}
        >
          <Icon name="plus" size="s" />
          {m.addOf[kind]}
        </button>
      )}
    </div>
  )
}

function Entry(props: {
  kind: RecordKind
  entry: Draft
  onEdit: () => void
  onRemove: () => void
}): JSX.Element {
  const m = d()
  const name = nameOf(props.kind, props.entry)
  return (
    <div class="record" data-testid="record">
      <div>
        <b>{name}</b>
        <p>{summary(props.kind, props.entry)}</p>
      </div>
      <button type="button" class="iconbtn" aria-label={m.editOf(name)} onClick={props.onEdit}>
        <Icon name="pencil" size="s" />
      </button>
      <button type="button" class="iconbtn" aria-label={m.removeOf(name)} onClick={props.onRemove}>
        <Icon name="trash" size="s" />
      </button>
    </div>
  )
}

/** The second line of an entry: what it is, in a few words. */
function summary(kind: RecordKind, { texts }: Draft): string {
  const chosen = FORMS[kind].find(({ key }) => key === 'basis' || key === 'role')
  const option = chosen?.options?.[texts[chosen.key] ?? '']
  const parts = [option === undefined ? '' : said(option), texts['nature'] ?? '', texts['address'] ?? '']
  return capital(parts.filter((part) => part !== '').join(', '))
}

function RecordForm(props: {
  kind: RecordKind
  start: Draft
  taken: readonly string[]
  onSave: (entry: Draft) => Promise<void>
  onCancel: () => void
}): JSX.Element {
  const m = d()
  const { kind } = props
  const draft = useSignal<Draft>(props.start)
  const missing = useSignal<readonly string[]>([])
  const box = useRef<HTMLFieldSetElement>(null)
  useLayoutEffect(() => box.current?.querySelector<HTMLElement>('input, select, textarea')?.focus(), [])
  const set = (key: string, text: string): void => {
    draft.value = { ...draft.value, texts: { ...draft.value.texts, [key]: text } }
    missing.value = missing.value.filter((each) => each !== key)
  }
  const save = async (): Promise<void> => {
    const filled = toValue(kind, draft.value, props.taken)
    missing.value = filled.ok ? [] : filled.missing
    if (!filled.ok) {
      requestAnimationFrame(() => box.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
      return
    }
    const { id } = filled.value
    const { texts, lists } = draft.value
    await props.onSave({ texts: typeof id === 'string' ? { ...texts, id } : texts, lists })
  }
  const fields = FORMS[kind].filter(({ shown }) => shown?.(draft.value) !== false)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      ref={box}
      class="recordform"
      aria-label={nameOf(kind, props.start) === '' ? m.newEntry : m.editOf(nameOf(kind, props.start))}
      data-testid={`form-${kind}`}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
        // Enter takes this entry; the question around it goes on by its own button.
        event.preventDefault()
        event.stopPropagation()
        void save()
      }}
    >
      {fields.map((field) => (
        <RecordField
          key={field.key}
          field={field}
          draft={draft.value}
          wrong={missing.value.includes(field.key)}
          onText={set}
          onList={(entries) => {
            draft.value = { ...draft.value, lists: { ...draft.value.lists, [field.key]: entries } }
          }}
        />
      ))}
      <div class="row tight">
        <button type="button" class="btn primary" data-testid={`take-${kind}`} onClick={() => void save()}>
          {m.take}
        </button>
        <button type="button" class="btn" onClick={props.onCancel}>
          {m.cancel}
        </button>
      </div>
    </fieldset>
  )
}

function RecordField(props: {
  field: FieldSpec
  draft: Draft
  wrong: boolean
  onText: (key: string, text: string) => void
  onList: (entries: readonly Draft[]) => void
}): JSX.Element {
  const m = d()
  const { field, draft } = props
  const { key, kind } = field
  const common = {
    label: m.fields[field.label],
    value: draft.texts[key] ?? '',
    onInput: (text: string) => props.onText(key, text),
    hint: field.hint === undefined ? undefined : m.fields[field.hint],
    optional: field.optional === true ? m.optional : undefined,
    error: props.wrong ? (kind === 'count' ? m.amountWrong : m.fieldMissing) : null,
    testid: `field-${key}`,
  }
  switch (kind) {
    case 'choice':
      return (
        <ChoiceField
          {...common}
          empty={m.choose}
          options={Object.entries(field.options ?? {}).map(([value, name]) => ({
            value,
            name: capital(said(name)),
          }))}
        />
      )
    case 'country':
      return (
        <ChoiceField
          {...common}
          empty={m.choose}
          options={countries(lang.value).map(({ code, name }) => ({ value: code, name }))}
        />
      )
    case 'list':
      return (
        <fieldset class="sublist">
          <legend class="label">{common.label}</legend>
          <RecordList
            kind={field.of ?? 'party'}
            entries={draft.lists[key] ?? []}
            onChange={async (entries) => {
              props.onList(entries)
              return await Promise.resolve(true)
            }}
          />
        </fieldset>
      )
    case 'local':
      return (
        <div class="pair">
          <LineField {...common} lang="de" />
          <LineField
            label={m.fields.inEnglish(common.label)}
            optional={m.optional}
            value={draft.texts[`${key}.en`] ?? ''}
            onInput={(text) => props.onText(`${key}.en`, text)}
            testid={`field-${key}-en`}
            lang="en"
          />
        </div>
      )
    case 'date':
      return <LineField {...common} type="date" />
    case 'count':
    case 'text':
      return <LineField {...common} numeric={kind === 'count'} />
  }
}
