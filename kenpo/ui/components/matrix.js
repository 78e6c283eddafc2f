// Draws the Overview matrix. Every text is set as text, never as HTML; nothing is computed here.

const drawn = new WeakMap()

// With more columns than this the table scrolls in a frame of its own, header and names held fast.
const WIDE = 5

// The nation and the reader's own branch stay in sight while many columns scroll.
const sort = (column) => (column.national ? "national" : column.own ? "mine" : "")

const header = (data, dark) => {
  const head = make("thead")
  const row = head.appendChild(make("tr"))
  const corner = row.appendChild(make("th", "corner"))
  corner.scope = "col"
  corner.appendChild(make("span", "unseen", data.measure))
  for (const column of data.columns) {
    const cell = row.appendChild(make("th", sort(column)))
    cell.scope = "col"
    cell.style.width = `${80 / data.columns.length}%`
    const name = cell.appendChild(make("div", "name"))
    const dot = name.appendChild(make("span", "dot"))
    dot.style.background = (column.color ?? data.palette.rest)[dark ? 1 : 0]
    dot.setAttribute("aria-hidden", "true")
    name.appendChild(make("span", column.own ? "own" : "", column.name))
    cell.appendChild(make("div", "note", column.note))
  }
  return head
}

const pillar = (group, data) => {
  const row = make("tr", "pillar")
  const name = row.appendChild(make("th", "", group.label))
  name.scope = "rowgroup"
  group.counts.forEach((text, at) => {
    row.appendChild(make("td", sort(data.columns[at]), text))
  })
  return row
}

const figure = (cell, measure, column) => {
  const box = make("td", `cell ${cell.state} ${sort(column)}`)
  if (cell.dim) box.classList.add("dim")
  box.tabIndex = -1
  box.dataset.measure = measure.id
  box.dataset.branch = column.id
  box.setAttribute("aria-label", [column.name, measure.full, ...cell.about].join("。"))
  const grid = box.appendChild(make("div", cell.wide ? "grid wide" : "grid"))
  const word = grid.appendChild(make("span", "word"))
  const mark = word.appendChild(make("span", "mark", cell.mark))
  mark.setAttribute("aria-hidden", "true")
  word.appendChild(make("span", "", cell.word))
  if (cell.value) {
    const value = grid.appendChild(make("span", "value"))
    if (cell.when) value.appendChild(make("span", "when", cell.when))
    value.appendChild(make("span", "number", cell.value))
    if (cell.unit) value.appendChild(make("span", "unit", cell.unit))
  }
  if (cell.value && !cell.wide) {
    const gap = grid.appendChild(make("span", "gap", cell.gap || cell.aside))
    if (cell.gap_unit) gap.appendChild(make("span", "unit", cell.gap_unit))
  }
  if (cell.source) box.appendChild(make("div", "source", cell.source))
  return box
}

const body = (data) => {
  const part = make("tbody")
  for (const group of data.groups) {
    part.appendChild(pillar(group, data))
    for (const measure of group.rows) {
      const row = part.appendChild(make("tr"))
      const name = row.appendChild(make("th", "measure", measure.name))
      name.scope = "row"
      name.title = measure.full
      if (measure.remark) name.appendChild(make("span", "remark", `（${measure.remark}）`))
      measure.cells.forEach((cell, at) => row.appendChild(figure(cell, measure, data.columns[at])))
    }
  }
  return part
}

const tip = (root, bubble, cell, about) => {
  bubble.replaceChildren(...about.map((line, at) => make("div", at ? "" : "verdict", line)))
  bubble.hidden = false
  const outer = root.getBoundingClientRect()
  const inner = cell.getBoundingClientRect()
  const left = Math.min(inner.left - outer.left, outer.width - bubble.offsetWidth - 4)
  bubble.style.left = `${Math.max(0, left)}px`
  const below = inner.bottom + bubble.offsetHeight + 8 < window.innerHeight
  const top = below ? inner.bottom - outer.top + 3 : inner.top - outer.top - bubble.offsetHeight - 3
  bubble.style.top = `${top}px`
}

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }

const wire = (root, table, data, send) => {
  const rows = [...table.querySelectorAll("tbody tr:not(.pillar)")].map((row) => [...row.querySelectorAll(".cell")])
  const abouts = data.groups.flatMap((group) => group.rows.map((row) => row.cells.map((cell) => cell.about)))
  const bubble = root.appendChild(make("div", "bubble"))
  bubble.setAttribute("role", "tooltip")
  bubble.hidden = true
  const place = (cell) => {
    const row = rows.findIndex((cells) => cells.includes(cell))
    return row < 0 ? null : [row, rows[row].indexOf(cell)]
  }
  const show = (cell) => {
    const at = place(cell)
    if (at) tip(root, bubble, cell, abouts[at[0]][at[1]])
  }
  const hide = () => { bubble.hidden = true }
  const cellOf = (event) => event.target.closest?.(".cell")
  const focus = (row, column) => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, row))]?.[column]
    if (!target) return
    table.querySelector('.cell[tabindex="0"]')?.setAttribute("tabindex", "-1")
    target.tabIndex = 0
    target.focus()
    target.scrollIntoView({ block: "nearest", inline: "nearest" })
  }
  const open = (cell) => {
    hide()
    send({ measure: cell.dataset.measure, branch: cell.dataset.branch })
  }
  if (rows[0]?.[0]) rows[0][0].tabIndex = 0
  table.onmouseover = (event) => { const cell = cellOf(event); cell ? show(cell) : hide() }
  table.onmouseleave = hide
  // The table is made anew with every drawing, so its listeners go with it. No onfocusin property exists.
  table.addEventListener("focusin", (event) => {
    const cell = cellOf(event)
    if (cell?.matches(":focus-visible")) show(cell)
  })
  table.addEventListener("focusout", hide)
  table.onclick = (event) => { const cell = cellOf(event); if (cell) open(cell) }
  table.onkeydown = (event) => {
    const cell = cellOf(event)
    if (!cell) return
    const [row, column] = place(cell)
    const width = rows[row].length
    if (steps[event.key]) {
      focus(row + steps[event.key][0], Math.max(0, Math.min(width - 1, column + steps[event.key][1])))
    } else if (event.key === "Home" || event.key === "End") {
      const far = event.key === "End"
      focus(event.ctrlKey ? (far ? rows.length - 1 : 0) : row, far ? width - 1 : 0)
    } else if (event.key === "Enter" || event.key === " ") {
      open(cell)
    } else if (event.key === "Escape") {
      hide()
    } else {
      return
    }
    event.preventDefault()
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const root = parentElement.querySelector(".kenpo")
  if (!root || !data) return
  const dark = isDark(parentElement.host ?? root)
  const said = JSON.stringify([data, dark])
  const before = drawn.get(root)
  if (before?.said === said) return
  drawn.set(root, { said })

  root.dataset.dark = dark
  for (const [name, pair] of Object.entries(data.palette)) {
    root.style.setProperty(`--kenpo-${name}`, pair[dark ? 1 : 0])
  }
  const table = make("table")
  table.setAttribute("role", "grid")
  table.setAttribute("aria-label", `${data.caption}。${data.hint}`)
  table.lang = data.lang
  table.append(header(data, dark), body(data))
  const frame = make("div", data.columns.length > WIDE ? "frame many" : "frame")
  frame.appendChild(table)
  root.replaceChildren(frame)
  // A cell reached by key comes to rest beside what is held fast, not behind it.
  for (const [name, held] of [["names", ".corner"], ["own", ".mine"], ["nation", ".national"]]) {
    frame.style.setProperty(`--kenpo-${name}`, `${table.querySelector(`thead ${held}`)?.offsetWidth ?? 0}px`)
  }
  frame.style.setProperty("--kenpo-head", `${table.tHead.offsetHeight}px`)
  wire(root, table, data, (cell) => setTriggerValue("open", cell))
}
