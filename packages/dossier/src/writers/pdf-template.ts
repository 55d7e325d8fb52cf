// The page layout of a PDF as a Typst program; it gets the document as data and never has text of ours in its markup.

/** Typst source; `sys.inputs.data` is the JSON that pdf.ts makes. */
export const PDF_TEMPLATE: string = String.raw`
#let doc = json(bytes(sys.inputs.data))
#let colours = (probe: rgb("#1c6336"), setting: rgb("#1c4f9c"), declared: rgb("#7a4a00"), derived: rgb("#4a4a4a"), law: rgb("#4a4a4a"))
#let bad = rgb("#9c1c1c")
#let soft = rgb("#4a4a4a")
#let line-colour = rgb("#c9c4ba")

#set document(title: doc.title, author: doc.organisation, description: doc.subtitle)
// The short information is to fit one page.
#let size = if doc.compact { 9.5pt } else { 10.5pt }
#set text(lang: doc.language, font: ("Libertinus Serif",), size: size, hyphenate: true)
#set par(justify: false, leading: 0.62em, spacing: 0.9em)
#set page(
  paper: "a4",
  margin: if doc.compact { (x: 20mm, top: 16mm, bottom: 17mm) } else { (x: 22mm, top: 24mm, bottom: 22mm) },
  header: context if here().page() > 1 {
    set text(size: 8.5pt, fill: soft)
    [#if doc.draft != "" [#doc.words.draft: ]#doc.title #h(1fr) #doc.organisation]
  },
  footer: context {
    set text(size: 8.5pt, fill: soft)
    [#doc.words.madeAt #doc.madeAt #h(1fr) #doc.words.page #counter(page).display() #doc.words.of #counter(page).final().first()]
  },
)
#show heading: set block(sticky: true)
#show heading: set text(hyphenate: false)
#show heading.where(level: 1): set text(size: 19pt)
#show heading.where(level: 1): set block(below: 0.5em)
#show heading.where(level: 2): set text(size: 13.5pt)
#show heading.where(level: 2): set block(above: 1.7em, below: 0.7em)
#show heading.where(level: 3): set text(size: 11.5pt)
#show heading.where(level: 3): set block(above: 1.3em, below: 0.6em)
#show heading.where(level: 4): set text(size: 10.5pt)
#show table: set text(size: 9.5pt)
#show table: set par(leading: 0.52em)
#set table(stroke: 0.5pt + line-colour, inset: (x: 5pt, y: 4.5pt))
#set table.cell(breakable: false)
#set terms(hanging-indent: 1.2em, spacing: 0.6em)
#set list(spacing: 0.55em)
#set enum(spacing: 0.55em)
#show figure: set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: it => block(width: 100%, sticky: true, align(left, it.body))
// What belongs to one citation stays on one line.
#show regex("\\b(Art|Abs|Buchst|Nr)\\. |§ "): it => it.text.trim() + "\u{00A0}"
// Addresses and hashes have no hyphen of ours; in the narrow cells of a table they may break after their signs.
#let as-is = regex("[^\\s,;:()]+@[^\\s,;()]+|https?://[^\\s,;()]+|\\b[0-9a-f]{20,}\\b")
#show as-is: set text(hyphenate: false)
#show table: it => {
  show as-is: found => for part in found.text.matches(regex("[^@./]{1,16}[@./]?|[@./]")) { text(hyphenate: false, part.text); h(0.01pt) }
  it
}

// Code has no place to break in a narrow cell; after its signs, and in runs without any, it may.
#let code(found) = {
  set text(font: "DejaVu Sans Mono", size: 0.82em, hyphenate: false)
  for part in found.matches(regex("[^\\s/.,:;=&_-]{0,24}[/.,:;=&_-]+|[^\\s/.,:;=&_-]{1,24}|\\s+")) { part.text; h(0.01pt) }
}
#let run(r) = if r.mark == "code" { code(r.text) } else if r.mark == "strong" { strong(r.text) } else if r.mark == "missing" { text(fill: bad, strong("[" + r.text + "]")) } else { r.text }
#let mark(m) = link(label("note-" + m.anchor), super(typographic: false, size: 0.66em, text(fill: colours.at(m.source), weight: "regular", m.text)))
// A narrow blank that does not break keeps the first mark with the last word.
#let marks(all) = if all.len() > 0 { text(size: 0.5em, "\u{202F}"); all.map(mark).join(h(0.16em)) }
#let sentence(s) = { for r in s.runs { run(r) }; marks(s.marks) }
#let said(all) = all.map(sentence).join([ ])

#let block-of(b) = {
  if b.kind == "paragraph" { par(said(b.sentences)) }
  else if b.kind == "definitions" {
    terms(tight: false, ..b.rows.map(row => terms.item(row.term, said(row.sentences))))
  }
  else if b.kind == "list" {
    if b.ordered { enum(tight: false, ..b.items.map(i => enum.item(said(i)))) } else { list(tight: false, ..b.items.map(i => list.item(said(i)))) }
  }
  else if b.kind == "table" {
    figure(
      kind: table,
      numbering: none,
      supplement: none,
      caption: { strong(b.caption); marks(b.captionMarks) },
      table(
        columns: b.weights.map(w => w * 1fr),
        align: left + top,
        table.header(..b.headers.map(h => table.cell(fill: rgb("#f1eee7"), strong(h)))),
        ..b.rows.map(row => row.enumerate().map(((i, c)) => if i == 0 and b.rowHeaders and b.shortHeads { strong(said(c)) } else { said(c) })).flatten(),
      ),
    )
  }
  else if b.kind == "box" {
    let colour = if b.tone == "note" { colours.setting } else if b.tone == "risk" { colours.declared } else { bad }
    block(
      width: 100%, inset: (left: 10pt, rest: 7pt), stroke: (left: 3pt + colour), breakable: b.items.len() > 3,
      {
        block(sticky: true, par(text(fill: colour, strong(b.head))))
        if b.items.len() == 1 { par(said(b.items.first())) } else { list(tight: false, ..b.items.map(i => list.item(said(i)))) }
      },
    )
  }
}

#let note-list(notes) = terms(
  hanging-indent: 2.6em, spacing: 0.5em,
  ..notes.map(n => terms.item([#text(fill: colours.at(n.source), n.mark)#label("note-" + n.anchor)], n.text)),
)

#let section-of(s) = {
  heading(level: s.level + 1, s.heading)
  for b in s.blocks { block-of(b) }
  for inner in s.sections { section-of(inner) }
}

#heading(level: 1, doc.title)
#if doc.subtitle != "" { par(text(fill: soft, doc.subtitle)) }
#terms(..doc.head.map(((term, value)) => terms.item(term, value)))
#if doc.draft != "" { block(stroke: 1pt + bad, inset: 7pt, width: 100%, par(text(fill: bad, strong(doc.draft)))) }
#for s in doc.sections { section-of(s) }

#heading(level: 2, doc.words.notes)
#par(doc.words.notesIntro)
#for g in doc.groups {
  heading(level: 3, g.heading)
  set text(size: if doc.compact { 8.5pt } else { 9pt })
  set par(leading: 0.5em)
  let half = if g.notes.len() > 5 { calc.ceil(g.notes.len() / 2) } else { g.notes.len() }
  grid(columns: (1fr, 1fr), column-gutter: 14pt, ..(g.notes.slice(0, half), g.notes.slice(half)).filter(part => part.len() > 0).map(note-list))
}
`.trim()
