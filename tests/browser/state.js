// What a page shows: the part that is the same in every language, and all of its words.
() => {
  const all = (root, found = []) => {
    for (const element of root.querySelectorAll('*')) {
      found.push(element)
      if (element.shadowRoot) all(element.shadowRoot, found)
    }
    return found
  }
  const elements = all(document.body)
  const every = (selector) => elements.filter((one) => one.matches(selector))
  const main = document.querySelector('[data-testid=stMain]')
  const own = every('.st-key-top *')
  const marks = every('svg.marks .mark-symbol path, svg.marks .mark-line path, svg.marks .mark-rect path')
  const link = [...new URLSearchParams(location.search)].filter(([name]) => name !== 'lang').sort()
  const shadows = elements.filter((one) => one.shadowRoot).map((one) => one.shadowRoot.textContent.trim())
  return {
    same: {
      page: location.pathname,
      link,
      cells: every('td.cell').map((cell) => [cell.dataset.measure, cell.dataset.branch, cell.className].join(' ')),
      fields: every('tr.row input').map((input) => input.value),
      pressed: every('[data-testid=stButtonGroup] button')
        .filter((button) => !own.includes(button))
        .map((button) => button.getAttribute('aria-pressed') ?? button.getAttribute('aria-checked')),
      marks: marks.map((mark) => `${mark.getAttribute('fill')} ${mark.getAttribute('stroke')}`).sort(),
    },
    words: [main.innerText, ...shadows, ...every('canvas').map((canvas) => canvas.textContent)],
  }
}
