// Draws the blocks of a section: paragraphs, definitions, tables, lists, callouts.
import type { Block, Callout, Definitions, List, Table } from '@runde/dossier'
import type { JSX } from 'preact'
import { never } from '../app/never.ts'
import { Icon } from '../ui/icon.tsx'
import { type Drawing, MarkButton, Sentences } from './sentences.tsx'
import { d } from './text.ts'

interface Of<B> {
  block: B
  drawing: Drawing
}

/** One block. */
export function BlockView({ block, drawing }: Of<Block>): JSX.Element {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p class="p">
          <Sentences sentences={block.sentences} drawing={drawing} />
        </p>
      )
    case 'definitions':
      return <DefinitionsView block={block} drawing={drawing} />
    case 'table':
      return <TableView block={block} drawing={drawing} />
    case 'list':
      return <ListView block={block} drawing={drawing} />
    case 'callout':
      return <CalloutView block={block} drawing={drawing} />
  }
  return never(block)
}

function DefinitionsView({ block, drawing }: Of<Definitions>): JSX.Element {
  return (
    <dl class="defs">
      {block.rows.map(({ id, term, sentences }) => (
        <div key={id}>
          <dt>{term}</dt>
          <dd>
            <Sentences sentences={sentences} drawing={drawing} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** On narrow screens each row becomes a block of its own; `data-l` then names the column. */
function TableView({ block, drawing }: Of<Table>): JSX.Element {
  return (
    <table class="doctable">
      <caption>
        {block.caption}
        <MarkButton marks={drawing.marks.caption(block)} drawing={drawing} />
      </caption>
      <thead>
        <tr>
          {block.columns.map(({ id, header }) => (
            <th key={id} scope="col">
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map(({ id, cells }) => (
          <tr key={id}>
            {cells.map(({ sentences }, index) =>
              index === 0 && block.rowHeaders ? (
                <th key={index} scope="row">
                  <Sentences sentences={sentences} drawing={drawing} />
                </th>
              ) : (
                <td key={index} data-l={block.columns[index]?.header ?? ''}>
                  <Sentences sentences={sentences} drawing={drawing} />
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ListView({ block, drawing }: Of<List>): JSX.Element {
  const items = block.items.map(({ id, sentences }) => (
    <li key={id}>
      <Sentences sentences={sentences} drawing={drawing} />
    </li>
  ))
  return block.ordered ? <ol class="items">{items}</ol> : <ul class="items">{items}</ul>
}

function CalloutView({ block, drawing }: Of<Callout>): JSX.Element {
  const grave = block.tone === 'red' || block.tone === 'contradiction'
  return (
    <div class={`note ${grave ? 'bad' : block.tone === 'note' ? '' : 'warn'}`} role="note">
      <Icon name={block.tone === 'missing' ? 'plus' : block.tone === 'note' ? 'info' : 'warn'} size="s" />
      <b>
        {d().kinds[block.tone]}: {block.title}
      </b>
      <span>
        <Sentences sentences={block.sentences} drawing={drawing} />
      </span>
    </div>
  )
}
