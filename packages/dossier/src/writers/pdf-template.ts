// The page layout of a PDF as a Typst program; it gets the document as data and never has text of ours in its markup.

/** Typst source; `sys.inputs.data` is the JSON that pdf.ts makes. */
export const PDF_TEMPLATE: string = `
#let doc = json(bytes(sys.inputs.data))
#let colours = (probe: rgb("#1c6336"), setting: rgb("#1c4f9c"), declared: rgb("#7a4a00"), derived: rgb("#4a4a4a"), law: rgb("#4a4a4a"))
#let bad = rgb("#9c1c1c")
#let line-colour = rgb("#c9c4ba")

#set document(title: doc.title, author: doc.organisation, description: doc.subtitle)
#set text(lang: doc.language, font: ("Libertinus Serif",), size: 10.5pt, hyphenate: true)
#set par(justify: false, leading: 0.62em, spacing: 0.9em)
#set page(
  paper: "a4",
  margin: (x: 22mm, top: 24mm, bottom: 22mm),
  header: context if here().page() > 1 {
    set text(size: 8.5pt, fill: rgb("#4a4a4a"))
    [#doc.title #h(1fr) #doc.organisation]
  },
  footer: context {
    set text(size: 8.5pt, fill: rgb("#4a4a4a"))
    [#doc.words.madeAt #doc.madeAt #h(1fr) #doc.words.page #counter(page).display() #doc.words.of #counter(page).final().first()]
  },
)
#show heading: set block(sticky: true)
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 1): set block(below: 0.5em)
#show heading.where(level: 2): set text(size: 13.5pt)
#show heading.where(level: 2): set block(above: 1.7em, below: 0.7em)
#show heading.where(level: 3): set text(size: 11.5pt)
#show heading.where(level: 4): set text(size: 10.5pt)
#show table.cell: set text(hyphenate: true)
#show table: set text(size: 9.5pt)
#show table: set par(leading: 0.52em)
#set table(stroke: 0.5pt + line-colour, inset: (x: 5pt, y: 4.5pt))
#show figure: set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: it => block(width: 100%, align(left, strong(it.body)))

#let run(r) = if r.mark == "strong" { strong(r.text) } else if r.mark == "missing" { text(fill: bad, strong("[" + r.text + "]")) } else { r.text }
#let mark(m) = link(label("note-" + m.anchor), super(typographic: false, size: 0.66em, text(fill: colours.at(m.source), m.mark)))
#let sentence(s) = { for r in s.runs { run(r) }; if s.marks.len() > 0 { h(0.12em); s.marks.map(mark).join(h(0.16em)) } }
#let said(all) = all.map(sentence).join([ ])

#let block-of(b) = {
  if b.kind == "paragraph" { par(said(b.sentences)) }
  else if b.kind == "definitions" {
    for row in b.rows { block(breakable: true, below: 0.75em, terms(hanging-indent: 1.2em, terms.item(row.term, said(row.sentences)))) }
  }
  else if b.kind == "list" {
    if b.ordered { enum(..b.items.map(i => enum.item(said(i)))) } else { list(..b.items.map(i => list.item(said(i)))) }
  }
  else if b.kind == "table" {
    figure(
      kind: table,
      numbering: none,
      supplement: none,
      caption: b.caption,
      table(
        columns: b.weights.map(w => w * 1fr),
        align: left + top,
        table.header(..b.headers.map(h => table.cell(fill: rgb("#f1eee7"), strong(h)))),
        ..b.rows.map(row => row.enumerate().map(((i, c)) => if i == 0 and b.rowHeaders { strong(said(c)) } else { said(c) })).flatten(),
      ),
    )
  }
  else if b.kind == "callout" {
    block(
      width: 100%, inset: (left: 10pt, rest: 7pt), stroke: (left: 3pt + if b.tone == "note" { colours.setting } else if b.tone == "risk" { colours.declared } else { bad }), breakable: true,
      { par(strong(b.toneWord + ": " + b.title)); par(said(b.sentences)) },
    )
  }
}

#let section-of(s) = {
  heading(level: s.level + 1, s.heading)
  for b in s.blocks { block-of(b) }
  for inner in s.sections { section-of(inner) }
}

#heading(level: 1, doc.title)
#if doc.subtitle != "" { par(text(fill: rgb("#4a4a4a"), doc.subtitle)) }
#for (term, value) in doc.head { block(below: 0.5em, terms(hanging-indent: 1.2em, terms.item(term, value))) }
#if doc.draft != "" { block(stroke: 1pt + bad, inset: 7pt, width: 100%, text(fill: bad, strong(doc.draft))) }
#for s in doc.sections { section-of(s) }

#heading(level: 2, doc.words.notes)
#par(doc.words.notesIntro)
#for n in doc.notes [
  #block(below: 0.5em, terms(hanging-indent: 2.4em, terms.item(text(fill: colours.at(n.source), n.mark), [#n.kind: #n.text]))) #label("note-" + n.anchor)
]
`.trim()
