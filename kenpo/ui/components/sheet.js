// Draws a table of sentences. Every text is set as text, never as HTML; what changes is underlined.

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".kenpo")
  if (!root || !data) return
  const table = make("table")
  table.lang = data.lang
  table.setAttribute("aria-label", data.caption)
  const head = table.appendChild(make("thead")).appendChild(make("tr"))
  const numbers = data.columns.map((_, at) => data.rows.some((row) => row[at].number))
  data.columns.forEach((name, at) => {
    const cell = head.appendChild(make("th", numbers[at] ? "number" : "", name))
    cell.scope = "col"
  })
  const body = table.appendChild(make("tbody"))
  for (const row of data.rows) {
    const line = body.appendChild(make("tr"))
    row.forEach((cell, at) => {
      const box = line.appendChild(make("td", numbers[at] ? "number" : ""))
      for (const [text, marked] of cell.parts) box.appendChild(make(marked ? "u" : "span", "", text))
    })
  }
  const frame = make("div", "frame")
  frame.tabIndex = 0
  frame.setAttribute("role", "region")
  frame.setAttribute("aria-label", data.caption)
  frame.appendChild(table)
  root.replaceChildren(frame)
}
