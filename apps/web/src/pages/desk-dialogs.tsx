// The two questions about a meeting: its new title, and whether to delete it.
import { useSignal } from '@preact/signals'
import { TITLE_MAX_LENGTH } from '@runde/contract'
import type { JSX } from 'preact'
import type { Meeting } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { t } from '../i18n/i18n.ts'
import { SubmitButton } from '../ui/busy-button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field, FieldError } from '../ui/field.tsx'
import { say } from '../ui/live.ts'
import type { DeskModel } from './desk-model.ts'

/** What both dialogs need. */
interface DialogProps {
  readonly meeting: Meeting
  readonly model: DeskModel
  readonly onClose: () => void
}

/** Asks for another title. */
export function RenameDialog({ meeting, model, onClose }: DialogProps): JSX.Element {
  const m = t()
  const title = useSignal(meeting.title)
  const error = useSignal<string | null>(null)
  const busy = useSignal(false)
  const save = async (): Promise<void> => {
    const next = title.value.trim()
    if (next === '') {
      error.value = t().deskNew.missing
      return
    }
    busy.value = true
    const failure = await model.rename(meeting.id, next)
    busy.value = false
    if (failure !== null) {
      error.value = errorText(failure)
      return
    }
    say(t().desk.renamed)
    onClose()
  }
  return (
    <Dialog heading={m.desk.renameHeading} onClose={onClose}>
      <form
        class="stack s6"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!busy.value) void save()
        }}
      >
        <Field
          label={m.deskNew.field}
          value={title.value}
          onInput={(value) => {
            title.value = value
            error.value = null
          }}
          error={error.value}
          input={{ maxLength: TITLE_MAX_LENGTH, autocomplete: 'off' }}
        />
        <div class="row">
          <SubmitButton label={m.desk.renameSave} busyLabel={m.desk.renameSave} busy={busy.value} />
          <button type="button" class="btn quiet large" onClick={onClose}>
            {m.app.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  )
}

/** Asks once before everyone in a running meeting is sent out. */
export function EndDialog({ meeting, model, onClose }: DialogProps): JSX.Element {
  const m = t().desk
  const end = async (): Promise<void> => {
    await model.end(meeting.id, true)
    onClose()
  }
  return (
    <Dialog heading={m.endHeading(meeting.title)} onClose={onClose}>
      <div class="stack s6">
        <p class="soft">
          {m.removeRunning(meeting.participants)} {m.endLead}
        </p>
        <div class="row">
          <button type="button" class="btn danger large" onClick={() => void end()}>
            {m.endYes}
          </button>
          <button type="button" class="btn quiet large" onClick={onClose}>
            {t().app.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  )
}

/** Asks once before a meeting and its link are gone. */
export function RemoveDialog({ meeting, model, onClose }: DialogProps): JSX.Element {
  const m = t().desk
  const error = useSignal<string | null>(null)
  const remove = async (): Promise<void> => {
    const failure = await model.remove(meeting.id)
    if (failure !== null) {
      error.value = errorText(failure)
      return
    }
    say(t().desk.removed(meeting.title))
    onClose()
  }
  return (
    <Dialog heading={m.removeHeading(meeting.title)} onClose={onClose}>
      <div class="stack s6">
        <p class="soft">
          {meeting.participants > 0 ? `${m.removeRunning(meeting.participants)} ` : ''}
          {m.removeLead}
        </p>
        {error.value === null ? null : (
          <div class="field" role="alert">
            <FieldError>{error.value}</FieldError>
          </div>
        )}
        <div class="row">
          <button type="button" class="btn danger large" onClick={() => void remove()}>
            {meeting.participants > 0 ? m.removeRunningYes : m.removeYes}
          </button>
          <button type="button" class="btn quiet large" onClick={onClose}>
            {t().app.cancel}
          </button>
        </div>
      </div>
    </Dialog>
  )
}
