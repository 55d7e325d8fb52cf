// Keeps a component from drawing again while its props are the same, compared one by one.
import { Component, createElement } from 'preact'
import type { JSX } from 'preact'

function same(a: object, b: object): boolean {
  const left = Object.entries(a)
  const right: Readonly<Record<string, unknown>> = { ...b }
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) =>
      key === 'box' ? JSON.stringify(value) === JSON.stringify(right[key]) : value === right[key],
    )
  )
}

/** Wraps a function component so that equal props do not draw it again. Boxes are compared by value. */
export function memo<Props extends object>(
  view: (props: Props) => JSX.Element,
): (props: Props) => JSX.Element {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Readonly<Props>): boolean {
      return !same(this.props, next)
    }

    override render(): JSX.Element {
      return createElement(view, this.props)
    }
  }
  return (props) => createElement(Memo, props)
}
