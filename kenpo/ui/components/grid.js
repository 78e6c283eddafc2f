// Draws the What-if grid and sends what the reader sets. Positions and steps of a handle are the only sums made
// here; every figure shown comes from Python. Every text is set as text, never as HTML.

const grids = new WeakMap()
// What is drawn as a whole is kept under its name; while targets move only what differs from it is sent.
const bases = new Map()
const MOST_BASES = 8
const EVERY = 100
const QUIET = 500

const share = (track, at) => (track.high > track.low ? (at - track.low) / (track.high - track.low) : 0.5)

const place = (element, track, at) => {
  const inside = share(track, at)
  element.hidden = inside < 0 || inside > 1
  element.style.left = `${100 * inside}%`
}

const plainNumber = (text) => {
  const half = text.normalize("NFKC").replace(/[,\s%]/g, "")
  return /^\d+(\.\d+)?$/.test(half) ? half : null
}

const headRow = (data) => {
  const row = make("tr")
  for (const key of ["measure", "last", "current", "new", "change", "people", "realism", "preset"]) {
    const cell = row.appendChild(make("th", key, data.headers[key]))
    cell.scope = "col"
    if (key === "new") cell.colSpan = 2
  }
  return row
}

const buildTrack = (row) => {
  const box = make("div", "track")
  const scale = box.appendChild(make("div", "scale"))
  const parts = { box }
  for (const name of ["band", "line", "bar", "nation", "best", "last", "target"]) {
    parts[name] = scale.appendChild(make("span", name))
    parts[name].setAttribute("aria-hidden", "true")
  }
  parts.range = box.appendChild(make("input"))
  parts.range.type = "range"
  parts.range.setAttribute("aria-label", row.about_track)
  parts.low = box.appendChild(make("span", "end low"))
  parts.high = box.appendChild(make("span", "end high"))
  return parts
}

const buildRow = (row, labels) => {
  const line = make("tr", "row")
  line.dataset.measure = row.id
  const head = line.appendChild(make("th", "measure"))
  head.scope = "row"
  const open = head.appendChild(make("button", "open"))
  open.type = "button"
  open.title = row.full
  open.setAttribute("aria-label", row.about_open)
  open.appendChild(make("span", "name", row.name))
  if (row.remark) head.appendChild(make("span", "remark", row.remark))
  const figure = (name) => {
    const cell = line.appendChild(make("td", name))
    cell.dataset.label = labels[name] ?? ""
    return { cell, value: cell.appendChild(make("span", "value")), note: cell.appendChild(make("span", "note")) }
  }
  const parts = { line, open, last: figure("last"), current: figure("current") }
  parts.track = buildTrack(row)
  line.appendChild(make("td", "new")).appendChild(parts.track.box)
  const typed = line.appendChild(make("td", "typed"))
  parts.number = typed.appendChild(make("input"))
  parts.number.type = "text"
  parts.number.inputMode = "decimal"
  parts.number.autocomplete = "off"
  parts.number.setAttribute("aria-label", row.about_number)
  typed.appendChild(make("span", "unit", row.unit))
  parts.error = typed.appendChild(make("div", "error"))
  parts.error.id = `error-${row.id}`
  parts.error.setAttribute("role", "alert")
  parts.number.setAttribute("aria-describedby", parts.error.id)
  parts.change = figure("change")
  parts.people = figure("people")
  parts.realism = figure("realism")
  parts.preset = line.appendChild(make("td", "preset")).appendChild(make("select"))
  parts.preset.setAttribute("aria-label", row.about_preset)
  return parts
}

// A target without a figure: there is nothing to move.
const wordedRow = (row) => {
  const line = make("tr", "row worded")
  const head = line.appendChild(make("th", "measure", row.name))
  head.scope = "row"
  head.title = row.full
  line.appendChild(make("td", "last"))
  line.appendChild(make("td", "current")).appendChild(make("span", "value", row.current))
  const why = line.appendChild(make("td", "new", row.why))
  why.colSpan = 6
  return line
}

const drawTrack = (parts, row) => {
  const { track } = row
  const marks = track.marks
  parts.range.min = track.low
  parts.range.max = track.high
  parts.range.step = 10 ** -row.grain
  for (const name of ["nation", "best", "last", "target"]) {
    if (marks[name] === undefined) parts[name].hidden = true
    else place(parts[name], track, marks[name])
  }
  parts.band.hidden = !track.band
  if (track.band) {
    const [from, to] = track.band.map((at) => Math.min(1, Math.max(0, share(track, at))))
    parts.band.style.left = `${100 * from}%`
    parts.band.style.width = `${100 * (to - from)}%`
  }
  parts.low.textContent = track.low_label
  parts.high.textContent = track.high_label
}

const drawBar = (parts, row, value) => {
  const from = row.track.marks.target
  parts.bar.hidden = value === "" || from === undefined
  if (parts.bar.hidden) return
  const ends = [from, Number(value)].map((at) => Math.min(1, Math.max(0, share(row.track, at)))).sort((a, b) => a - b)
  parts.bar.style.left = `${100 * ends[0]}%`
  parts.bar.style.width = `${100 * (ends[1] - ends[0])}%`
}

const setValue = (parts, row, value) => {
  const ghost = row.track.marks.last ?? row.track.marks.best ?? (row.track.low + row.track.high) / 2
  parts.range.value = value === "" ? ghost : value
  parts.track.box.classList.toggle("unset", value === "")
  parts.number.value = value
  drawBar(parts.track, row, value)
}

const complain = (parts, text) => {
  if (parts.error.textContent === text) return
  parts.error.textContent = text
  parts.number.setAttribute("aria-invalid", text ? "true" : "false")
}

const say = (part, text) => {
  if (part.textContent !== text) part.textContent = text
}

const words = (part, value, note) => {
  say(part.value, value)
  say(part.note, note ?? "")
}

const drawFacts = (parts, row, data, ask) => {
  parts.open.setAttribute("aria-expanded", row.open ? "true" : "false")
  const said = JSON.stringify(row.facts)
  if (parts.saidFacts === said) return
  parts.saidFacts = said
  parts.facts?.remove()
  parts.facts = null
  if (!row.open) return
  parts.facts = make("tr", "facts")
  const cell = parts.facts.appendChild(make("td"))
  cell.colSpan = 9
  const list = cell.appendChild(make("dl"))
  for (const [label, text] of row.facts) {
    list.appendChild(make("dt", "", label))
    list.appendChild(make("dd", "", text))
  }
  const all = cell.appendChild(make("button", "figures", data.all_figures))
  all.type = "button"
  all.onclick = () => ask(row.id)
  parts.line.after(parts.facts)
}

const drawPresets = (parts, row) => {
  const said = JSON.stringify(row.presets)
  if (parts.saidPresets === said) return
  parts.saidPresets = said
  const first = make("option", "", "⋯")
  first.value = ""
  parts.preset.replaceChildren(
    first,
    ...row.presets.map((preset) => {
      const option = make("option", "", preset.label)
      option.value = preset.id
      option.disabled = preset.value === null
      return option
    }),
  )
}

const drawRow = (grid, row, data) => {
  const parts = grid.parts.get(row.id)
  // A row the base still holds as it was drawn last stays as it is.
  if (parts.drawn === row && grid.rev === data.rev) return
  parts.row = parts.drawn = row
  words(parts.last, row.last.value, row.last.year)
  words(parts.current, row.current.value, row.current.year)
  parts.current.cell.classList.toggle("worded", row.current.worded)
  words(parts.change, row.change)
  words(parts.people, row.people || row.why, row.more)
  parts.people.cell.classList.toggle("none", !row.people)
  words(parts.realism, row.realism.text)
  parts.realism.cell.classList.toggle("strong", row.realism.strong)
  parts.realism.cell.dataset.mark = row.realism.mark
  parts.line.classList.toggle("moved", row.moved)
  parts.range.setAttribute("aria-valuetext", row.said)
  drawTrack(parts.track, row)
  drawPresets(parts, row)
  drawFacts(parts, row, data, grid.ask)
  const fresh = grid.rev !== data.rev || (grid.busy !== row.id && data.echo >= grid.count)
  if (!fresh) return
  if (grid.root.getRootNode().activeElement !== parts.number || parts.number.value === parts.shown || grid.rev !== data.rev) {
    setValue(parts, row, row.value)
    parts.shown = row.value
    complain(parts, row.refused)
  }
}

const buildCards = (box, cards) => {
  const said = cards.map(() => {
    const card = box.appendChild(make("div", "card"))
    return ["label", "figure", "delta", "note"].map((name) => card.appendChild(make("span", name)))
  })
  box.setAttribute("role", "group")
  return said
}

const drawHead = (grid, data) => {
  say(grid.title, data.title)
  if (grid.context.textContent === data.context.map(([text]) => text).join("")) return
  grid.context.replaceChildren(...data.context.map(([text, strong]) => make(strong ? "strong" : "span", "", text)))
}

const buildBars = (box, data) => {
  if (!data.bars.length) return []
  box.appendChild(make("h2", "", data.changes))
  const list = box.appendChild(make("ul"))
  return data.bars.map((bar) => {
    const line = list.appendChild(make("li"))
    line.appendChild(make("span", "name", bar.name))
    const scale = line.appendChild(make("span", "length"))
    return { bar: scale.appendChild(make("span", "bar")), label: scale.appendChild(make("span", "label")) }
  })
}

// Fewer people go to the left of a line at a quarter of the width, more to the right.
const drawBars = (grid, bars) => {
  bars.forEach((bar, at) => {
    const { bar: drawn, label } = grid.bars[at]
    const [left, width] = bar.share < 0 ? [25 + 25 * bar.share, -25 * bar.share] : [25, 50 * bar.share]
    drawn.style.left = `${left}%`
    drawn.style.width = `${width}%`
    label.style.left = `${Math.max(25, left + width)}%`
    say(label, bar.change_label)
  })
}

const drawCards = (grid, cards) => {
  cards.forEach((card, at) => {
    const texts = [card.label, card.value, card.delta, card.note]
    texts.forEach((text, place) => say(grid.cards[at][place], text))
  })
}

const sender = (grid) => {
  let last = 0
  let later = null
  const now = (moved, done) => {
    clearTimeout(later)
    later = null
    last = performance.now()
    grid.count += 1
    const { rev, count, base } = grid
    grid.send("targets", { rev, count, values: { ...grid.values }, moved, done, frame: base })
  }
  // A key press is sent at once if the one before is answered, a drag ten times a second.
  return (moved, done, pressed) => {
    if (done || (pressed && grid.echo >= grid.count)) return now(moved, done)
    if (later) return undefined
    const wait = EVERY - (performance.now() - last)
    if (wait <= 0) return now(moved, false)
    later = setTimeout(() => now(moved, false), wait)
    return undefined
  }
}

const wire = (grid, parts) => {
  const id = parts.row.id
  const show = () => {
    complain(parts, "")
    parts.shown = grid.values[id] ?? ""
    setValue(parts, parts.row, parts.shown)
  }
  const put = (value, done, pressed = false) => {
    if (value === "") delete grid.values[id]
    else grid.values[id] = value
    grid.busy = done ? null : id
    grid.tell(id, done, pressed)
    if (done) show()
    // Streamlit sends by a timer and a picture goes before timers: behind it, drawing does not hold the message back.
    else setTimeout(show)
  }
  // A burst of key presses is one step back: it is committed when the keys rest or the field is left.
  let resting = null
  const rest = () => {
    clearTimeout(resting)
    resting = setTimeout(settle, QUIET)
  }
  const settle = () => {
    if (resting === null) return
    clearTimeout(resting)
    resting = null
    grid.busy = null
    grid.tell(id, true)
  }
  const clamped = (value) => {
    const row = parts.row
    const at = Math.min(row.high, Math.max(row.low, value))
    return at.toFixed(row.grain)
  }
  const step = (event) => {
    const up = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 10, PageDown: -10 }[event.key]
    const sideways = event.key === "ArrowLeft" || event.key === "ArrowRight"
    if (!up || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.target === parts.number && sideways) return
    event.preventDefault()
    const row = parts.row
    const by = event.shiftKey ? 10 ** -row.grain : row.step
    const from = Number(grid.values[id] ?? parts.range.value)
    put(clamped(from + up * by), false, true)
    rest()
  }
  parts.range.addEventListener("keydown", step)
  parts.number.addEventListener("keydown", (event) => {
    if (event.key === "Enter") typed()
    else if (event.key === "Escape") {
      complain(parts, "")
      parts.number.value = parts.shown ?? ""
    } else step(event)
  })
  parts.range.addEventListener("blur", settle)
  parts.range.addEventListener("input", () => {
    put(clamped(Number(parts.range.value)), false)
  })
  parts.range.addEventListener("change", () => {
    if (grid.busy !== id || resting !== null) return
    grid.busy = null
    grid.tell(id, true)
  })
  const typed = () => {
    if (resting !== null) return settle()
    const row = parts.row
    if (parts.number.value === (parts.shown ?? "")) return complain(parts, "")
    const value = parts.number.value.trim() === "" ? "" : plainNumber(parts.number.value)
    if (value === null || (value !== "" && (Number(value) < row.low || Number(value) > row.high))) {
      return complain(parts, row.allowed)
    }
    const [whole, fine = ""] = value.split(".")
    if (fine.replace(/0+$/, "").length > row.decimals) return complain(parts, row.allowed_decimals)
    // 60.0000 of a measure with one decimal is 60.0.
    const kept = fine.slice(0, row.decimals)
    return put(kept ? `${whole}.${kept}` : whole, true)
  }
  parts.number.addEventListener("change", typed)
  parts.number.addEventListener("blur", typed)
  parts.preset.addEventListener("change", () => {
    const preset = parts.row.presets.find((one) => one.id === parts.preset.value)
    parts.preset.value = ""
    if (!preset || preset.value === null) return
    put(preset.value, true)
  })
  parts.open.addEventListener("click", () => grid.send("open", parts.row.open ? "" : id))
}

const outline = (data) => JSON.stringify([data.caption, data.lang, data.rows.map((row) => row.id)])

const paint = (root, palette, dark) => {
  root.dataset.dark = dark
  for (const [name, pair] of Object.entries(palette)) root.style.setProperty(`--kenpo-${name}`, pair[dark ? 1 : 0])
}

const build = (root, data) => {
  const table = make("table")
  table.lang = data.lang
  table.setAttribute("aria-label", data.caption)
  const columns = table.appendChild(make("colgroup"))
  for (const name of ["measure", "last", "current", "track", "typed", "change", "people", "realism", "preset"]) {
    columns.appendChild(make("col", name))
  }
  table.appendChild(make("thead")).appendChild(headRow(data))
  const body = table.appendChild(make("tbody"))
  const grid = { root, parts: new Map(), values: {}, rev: null, count: data.echo, echo: data.echo, busy: null }
  grid.tell = sender(grid)
  for (const row of data.rows) {
    const parts = buildRow(row, data.headers)
    parts.row = row
    parts.range = parts.track.range
    body.appendChild(parts.line)
    grid.parts.set(row.id, parts)
    wire(grid, parts)
  }
  for (const row of data.worded) body.appendChild(wordedRow(row))
  const head = make("div", "head")
  grid.title = head.appendChild(make("h1"))
  grid.context = head.appendChild(make("p", "context"))
  const cards = make("div", "cards")
  grid.cards = buildCards(cards, data.cards)
  const bars = make("div", "bars")
  grid.bars = buildBars(bars, data)
  root.replaceChildren(head, cards, table, make("p", "legend", data.legend), bars)
  return grid
}

const whole = (data) => {
  if (!data.changed) {
    bases.delete(data.frame)
    bases.set(data.frame, data)
    if (bases.size > MOST_BASES) bases.delete(bases.keys().next().value)
    return data
  }
  const base = bases.get(data.frame)
  if (!base) return null
  const mended = (part) => base[part].map((one, at) => (data[part][at] ? { ...one, ...data[part][at] } : one))
  return { ...base, ...data, cards: mended("cards"), bars: mended("bars"), rows: mended("rows") }
}

const draw = (component) => {
  const { parentElement, setStateValue, setTriggerValue } = component
  const root = parentElement.querySelector(".kenpo")
  const data = component.data && whole(component.data)
  if (!root || !data) return
  const dark = isDark(parentElement.host ?? root)
  if (root.dataset.dark !== String(dark)) paint(root, data.palette, dark)
  let grid = grids.get(root)
  if (!grid || (!component.data.changed && grid.frame !== outline(data))) {
    grid = build(root, data)
    grid.frame = outline(data)
    grids.set(root, grid)
  }
  grid.send = setStateValue
  grid.ask = (id) => setTriggerValue("figures", id)
  if (grid.rev !== data.rev) {
    grid.values = Object.fromEntries(data.rows.filter((row) => row.set).map((row) => [row.id, row.value]))
    grid.busy = null
  }
  drawHead(grid, data)
  drawCards(grid, data.cards)
  drawBars(grid, data.bars)
  for (const row of data.rows) drawRow(grid, row, data)
  grid.rev = data.rev
  grid.echo = data.echo
  grid.base = data.frame
  // A run of the whole page would take back what is not yet sent: it is asked for when the move has been drawn.
  if (data.stale && grid.asked !== data.echo) {
    grid.asked = data.echo
    setStateValue("drawn", data.echo)
  }
}

// Loaded once a page, outside the part that follows a drag: the grid itself is sent without its program and style.
export default function ({ data }) {
  const style = new CSSStyleSheet()
  style.replaceSync(data.css)
  const waiting = globalThis.kenpoGrid?.waiting ?? []
  globalThis.kenpoGrid = {
    draw: (component) => {
      const { parentElement } = component
      if (!parentElement.adoptedStyleSheets?.includes(style)) parentElement.adoptedStyleSheets = [style]
      draw(component)
    },
  }
  waiting.forEach((component) => globalThis.kenpoGrid.draw(component))
}
