/**
 * The one Typst source of every PDF. It holds no text of a form: all of it comes as data and is printed as strings.
 * Lengths that `pdf-data.ts` reckons with come from there too.
 */
export const PDF_TEMPLATE = `
#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: auto)
#set text(
  font: ("Noto Serif SC", "Noto Serif JP", "DejaVu Sans Mono", "New Computer Modern Math"), fallback: false,
  lang: "zh", region: "cn", size: 10.5pt, hyphenate: false, ligatures: false, cjk-latin-spacing: none,
  top-edge: 0.88em, bottom-edge: -0.12em, overhang: false,
)
#set par(leading: 0.35em, spacing: 0.35em, justify: false, linebreaks: "simple")
#let stroke-of-rules = 0.5pt + black

#let line-of(line) = if type(line) == str { text(line) } else { line.map(part => text(part)).join(h(0.001pt)) }
#let lines-of(lines) = if lines.len() == 1 { line-of(lines.first()) } else { lines.map(line-of).join(linebreak()) }

#let cell-of(c, form) = {
  let content = lines-of(c.lines)
  if "size" in c { content = text(size: c.size * 1pt, content) }
  if "narrow" in c { content = box(width: c.narrow * 1pt, content) }
  if "whole" in c { content = block(breakable: false, content) }
  let sides = if "open" in c { (stroke: ((c.open): none)) } else { (:) }
  table.cell(
    x: c.x, y: c.y, colspan: c.colspan, rowspan: c.rowspan, breakable: c.breakable,
    align: (if c.align == "left" { left } else if c.align == "right" { right } else { center }) + horizon,
    ..sides,
    content,
  )
}

#let part-of(part, form) = {
  let body = part.body.map(c => cell-of(c, form))
  let head = part.head.map(c => cell-of(c, form))
  block(width: 100%, above: 0pt, below: 0pt, table(
    columns: form.widths.map(width => width * 1fr),
    inset: (x: form.insetX * 1pt, y: form.insetY * 1pt),
    stroke: stroke-of-rules,
    ..if head.len() > 0 { (table.header(..head),) } else { () },
    ..body,
  ))
}
#let table-of(form) = {
  set text(size: form.size * 1pt)
  if form.whole { block(breakable: false, width: 100%, above: 0pt, below: 0pt, { for part in form.parts { part-of(part, form) } }) }
  else { for part in form.parts { part-of(part, form) } }
}

#let form-of(b) = {
  for (index, lines) in b.caption.enumerate() {
    if index == b.titleLine {
      show heading: it => block(width: 100%, sticky: true, above: 0.8em, below: 0.6em, align(center, text(size: 18pt, weight: "bold", lines-of(lines))))
      heading(level: 1, lines-of(b.name))
    } else {
      block(width: 100%, sticky: true, above: 0.5em, below: 0.5em, align(if index < b.titleLine { left } else { center }, lines-of(lines)))
    }
  }
  if b.caption.len() > 0 { v(0.3em, weak: true) }
  table-of(b.table)
  for lines in b.foot { block(width: 100%, above: 0.6em, below: 0pt, text(size: 9pt, lines-of(lines))) }
}

#let body-size = 14pt
#let heading-of(b) = {
  let size = (16pt, 15pt, 14pt).at(b.level - 1)
  show heading: it => block(width: 100%, sticky: true, above: 1.1em, below: 0.7em, align(left, text(size: size, weight: "bold", lines-of(b.text))))
  heading(level: b.level, lines-of(b.text))
}
#let paragraph-of(b) = {
  let aligned = if b.align == "center" { center } else if b.align == "right" { right } else { left }
  set text(size: if b.small { 10.5pt } else { body-size })
  set par(leading: 0.75em, justify: b.align == "left", first-line-indent: (amount: if b.indent { 2em } else { 0em }, all: true))
  block(width: 100%, above: 0.75em, below: 0.75em, align(aligned, par(lines-of(b.text))))
}
#let list-of(b) = {
  set text(size: if b.small { 10.5pt } else { body-size })
  set par(leading: 0.75em)
  for (index, item) in b.items.enumerate() {
    block(width: 100%, inset: (left: 2em), above: 0.75em, below: 0.75em, grid(
      columns: (if b.ordered { 2.4em } else { 1.2em }, 1fr),
      if b.ordered { str(index + 1) + "." } else { "•" }, lines-of(item),
    ))
  }
}
#let captioned(caption, content) = {
  v(0.8em, weak: true)
  if caption != none {
    block(width: 100%, sticky: true, above: 0.8em, below: 0.5em, align(center, text(size: 12pt, weight: "bold", lines-of(caption))))
  }
  content
  v(0.8em, weak: true)
}
#let chart-of(b) = {
  let title = align(center, text(size: 12pt, weight: "bold", lines-of(b.title)))
  if b.tableFirst {
    block(width: 100%, sticky: true, above: 0.8em, below: 0.5em, title)
    table-of(b.table)
  }
  block(width: 100%, breakable: false, above: 0.8em, below: 0.6em, {
    if not b.tableFirst { title; v(0.6em, weak: true) }
    if b.svg != none { image(bytes(b.svg), format: "svg", width: 100%, alt: b.alt) }
    block(width: 100%, above: 0.6em, below: 0pt, { set par(leading: 0.5em); text(size: 10.5pt, lines-of(b.description)) })
  })
  if not b.tableFirst { table-of(b.table) }
  v(0.8em, weak: true)
}
#let block-of(b) = {
  if b.kind == "form" { form-of(b) }
  else if b.kind == "heading" { heading-of(b) }
  else if b.kind == "paragraph" { paragraph-of(b) }
  else if b.kind == "list" { list-of(b) }
  else if b.kind == "table" { captioned(b.caption, table-of(b.table)) }
  else if b.kind == "chart" { chart-of(b) }
  else if b.kind == "page-break" { pagebreak(weak: true) }
  else if b.kind == "probe" { text(b.text) }
}

#let contents-of() = context {
  v(1.2em)
  align(center, text(size: 18pt, weight: "bold", "目录"))
  v(0.6em)
  for (index, entry) in query(heading.where(level: 1)).enumerate() {
    block(width: 100%, breakable: false, above: 0.7em, below: 0.7em, link(entry.location(), text(size: 12pt, grid(
      columns: (2.4em, 1fr, 2.4em),
      str(index + 1) + ".",
      { entry.body; h(0.4em); box(width: 1fr, repeat(".", gap: 0.15em)) },
      align(right + bottom, str(counter(page).at(entry.location()).first())),
    ))))
  }
}

#set page(
  paper: "a4", margin: data.margin * 1pt, flipped: data.sections.first().flipped,
  footer: context if counter(page).final().first() > 1 { align(center, text(size: 10.5pt, "— " + counter(page).display() + " —")) },
)
#for line in data.titles.slice(0, calc.min(1, data.titles.len())) { block(width: 100%, above: 1em, below: 1em, align(center, text(size: 20pt, weight: "bold", lines-of(line)))) }
#for line in data.titles.slice(calc.min(1, data.titles.len())) { block(width: 100%, above: 0.5em, below: 0.5em, align(center, text(size: 12pt, lines-of(line)))) }
#if data.contents { contents-of(); pagebreak(weak: true) }
#for (index, section) in data.sections.enumerate() {
  if index == 0 { for b in section.blocks { block-of(b) } }
  else { set page(flipped: section.flipped); for b in section.blocks { block-of(b) } }
}
`;
