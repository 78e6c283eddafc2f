// What a reader would complain of, found in the page as drawn. Shadow roots are looked into.
(() => {
  const SLACK = 1.5
  const all = (root, found = []) => {
    for (const element of root.querySelectorAll('*')) {
      found.push(element)
      if (element.shadowRoot) all(element.shadowRoot, found)
    }
    return found
  }
  const above = (element) => element.parentElement ?? element.getRootNode().host ?? null
  const ancestors = (element) => {
    const found = []
    for (let at = element; at; at = at.assignedSlot ?? above(at)) found.push(at)
    return found
  }
  const shown = (element) =>
    element.checkVisibility({ contentVisibilityAuto: true, opacityProperty: true, visibilityProperty: true })
  // Words for a screen reader alone: a box of one pixel or one cut to nothing.
  const unseen = (chain) =>
    chain.some((one) => {
      const { clip, clipPath, position } = getComputedStyle(one)
      const small = one.clientWidth <= 1 && one.clientHeight <= 1
      return clipPath === 'inset(50%)' || (position === 'absolute' && (small || (clip !== 'auto' && clip !== '')))
    })
  const ownText = (element) => [...element.childNodes].filter((node) => node.nodeType === 3 && node.data.trim())
  const said = (text) => text.trim().replace(/\s+/g, ' ').slice(0, 60)
  const where = (chain) => {
    const named = chain.find((one) => /st-key-/.test(one.className) || one.dataset?.testid || one.id)
    const key = named && /st-key-[\w-]+/.exec(named.className)
    return named ? (key?.[0] ?? named.dataset.testid ?? named.id) : ''
  }
  const rects = (node) => {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].filter((box) => box.width && box.height)
  }
  const clips = (value) => value === 'hidden' || value === 'clip'
  const scrolls = (value) => value === 'auto' || value === 'scroll'

  // How many pixels of a text an ancestor cuts off, the nearest that scrolls aside: what it hides can be reached.
  const cutBy = (boxes, chain) => {
    const free = { x: true, y: true }
    for (const one of chain) {
      const style = getComputedStyle(one)
      if (style.display === 'contents' || style.display === 'inline' || one === document.documentElement) continue
      const frame = one.getBoundingClientRect()
      for (const axis of ['x', 'y']) {
        const kind = axis === 'x' ? style.overflowX : style.overflowY
        if (scrolls(kind)) free[axis] = false
        if (!free[axis] || !clips(kind)) continue
        const [low, high] = axis === 'x' ? ['left', 'right'] : ['top', 'bottom']
        const over = Math.max(...boxes.map((box) => Math.max(frame[low] - box[low], box[high] - frame[high])))
        // A line is higher than its letters: a cut of the empty part above and below is none.
        const air = axis === 'y' ? Math.max(...boxes.map((box) => box.height)) * 0.2 : 0
        if (over > SLACK + air) return { over: Math.round(over), axis, by: where([one, ...chain]) || one.tagName }
      }
    }
    return null
  }

  const cut = () => {
    const found = []
    for (const element of all(document.body)) {
      if (element.closest('svg') || element.closest('canvas') || !shown(element)) continue
      if (element.tagName === 'SCRIPT' || element.tagName === 'STYLE' || element.tagName === 'OPTION') continue
      const chain = ancestors(element)
      if (element.matches('input:not([type=range]):not([type=checkbox]):not([type=radio])')) {
        const more = element.scrollWidth - element.clientWidth
        if (element.value && more > SLACK && !unseen(chain)) {
          found.push({ text: said(element.value), over: more, axis: 'x', by: 'input', at: where(chain) })
        }
        continue
      }
      const nodes = ownText(element)
      if (!nodes.length || unseen(chain)) continue
      const boxes = nodes.flatMap(rects)
      if (!boxes.length) continue
      const trouble = cutBy(boxes, chain)
      if (trouble) found.push({ text: said(element.textContent), at: where(chain), ...trouble })
    }
    return found
  }

  const charts = () => all(document.body).filter((one) => one.matches?.('[data-testid=stVegaLiteChart]'))
  const words = (svg) =>
    [...svg.querySelectorAll('text')].filter((text) => {
      const style = getComputedStyle(text)
      const faint = ancestors(text).some((one) => Number(getComputedStyle(one).opacity) === 0)
      return text.textContent.trim() && style.display !== 'none' && !faint
    })

  const outside = () => {
    const found = []
    for (const chart of charts()) {
      for (const svg of chart.querySelectorAll('svg.marks')) {
        const frame = svg.getBoundingClientRect()
        for (const text of words(svg)) {
          const box = text.getBoundingClientRect()
          const over = Math.max(frame.left - box.left, box.right - frame.right, frame.top - box.top - 2, box.bottom - frame.bottom - 2)
          if (over > SLACK) found.push({ text: said(text.textContent), over: Math.round(over), at: where(ancestors(chart)) })
        }
      }
    }
    return found
  }

  // Two words of a chart on top of each other, by more than the air around their letters.
  const collisions = () => {
    const found = []
    for (const chart of charts()) {
      for (const svg of chart.querySelectorAll('svg.marks')) {
        const boxes = words(svg).map((text) => [said(text.textContent), text.getBoundingClientRect()])
        boxes.forEach(([one, a], at) => {
          for (const [other, b] of boxes.slice(at + 1)) {
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left)
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
            if (wide > 2 && high > 0.35 * Math.min(a.height, b.height)) found.push({ one, other, wide: Math.round(wide), high: Math.round(high), at: where(ancestors(chart)) })
          }
        })
      }
    }
    return found
  }

  const blank = () =>
    charts()
      .filter((chart) => {
        const svg = chart.querySelector('svg.marks')
        if (!svg) return true
        const box = svg.getBoundingClientRect()
        return box.width < 50 || box.height < 20 || !svg.querySelector('.mark-text text, .mark-symbol path, .mark-rect path, .mark-line path')
      })
      .map((chart) => where(ancestors(chart)))

  // Tables of Streamlit are drawn on a canvas: one colour all over means nothing was drawn.
  const empty = () =>
    all(document.body)
      .filter((one) => one.matches?.('[data-testid=stDataFrame]'))
      .filter((table) => {
        const canvas = table.querySelector('canvas')
        if (!canvas || !canvas.width || !canvas.height) return true
        const copy = new OffscreenCanvas(canvas.width, canvas.height)
        const pen = copy.getContext('2d')
        pen.drawImage(canvas, 0, 0)
        const pixels = new Uint32Array(pen.getImageData(0, 0, canvas.width, canvas.height).data.buffer)
        return pixels.every((pixel) => pixel === pixels[0])
      })
      .map((table) => where(ancestors(table)))

  // What comes a moment after the page: parts of Streamlit it loads when first used, drawings, the reach of frames.
  const loading = () => all(document.body).filter((one) => one.matches('[data-testid=stSkeleton]')).map((one) => where(ancestors(one)))
  const waiting = () => [...loading(), ...blank(), ...empty(), ...stuck()]

  const sideways = () => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth

  const REACHED = 'a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])'
  const reached = (one) => one.tabIndex >= 0 || all(one).some((inner) => inner.matches(REACHED))
  const stuck = () =>
    all(document.body)
      .filter((one) => {
        if (!shown(one) || one.closest('svg')) return false
        const style = getComputedStyle(one)
        const x = scrolls(style.overflowX) && one.scrollWidth > one.clientWidth + 1
        const y = scrolls(style.overflowY) && one.scrollHeight > one.clientHeight + 1
        if (!(x || y) || reached(one)) return false
        // A drawn table is walked through on its canvas, which stands over the part that scrolls.
        return !one.closest('[data-testid=stDataFrame]')?.querySelector('canvas[tabindex="0"]')
      })
      .map((one) => `${where(ancestors(one))} ${one.tagName}.${one.className}`)

  const hit = (x, y) => {
    let found = document.elementFromPoint(x, y)
    while (found?.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y)
      if (!inner || inner === found) break
      found = inner
    }
    return found
  }
  const control = (one) => one.closest('label, [role=radiogroup], [role=group], [data-testid=stDataFrame]') ?? one
  const named = (one) =>
    said(one.getAttribute('aria-label') || one.textContent || one.value || one.name || '') || one.className
  // Controls that cannot be brought to the screen, or that something else lies on.
  const beyond = () =>
    all(document.body)
      .filter((one) => one.matches(REACHED) && !one.disabled && shown(one) && !one.closest('svg') && !one.closest('canvas *'))
      .filter((one) => one.offsetWidth > 1 && one.offsetHeight > 1 && !unseen(ancestors(one)))
      .filter((one) => {
        one.scrollIntoView({ block: 'center', inline: 'center' })
        const box = one.getBoundingClientRect()
        const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2
        const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2
        const on = hit(x, y)
        return !on || !(ancestors(on).includes(one) || ancestors(on).includes(control(one)))
      })
      .map((one) => `${one.tagName} ${named(one)} ${where(ancestors(one))}`)

  // Longest movement of what is on the page, in seconds: of our own components and of the charts.
  const seconds = (value) => Math.max(...value.split(',').map((part) => parseFloat(part) * (part.includes('ms') ? 0.001 : 1)))
  const moving = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo)
    return Math.max(seconds(style.transitionDuration) + seconds(style.transitionDelay), seconds(style.animationDuration))
  }
  const HAIR = 0.01
  const movements = () => {
    const own = all(document.body).filter((one) => one.getRootNode() instanceof ShadowRoot || one.closest('[data-testid=stVegaLiteChart], #vg-tooltip-element'))
    const slow = own.filter((one) => [null, '::before', '::after'].some((pseudo) => moving(one, pseudo) > HAIR) || one.matches('animate, animateTransform, animateMotion'))
    return slow.map((one) => `${one.tagName}.${one.getAttribute('class')}`)
  }
  const parts = () => all(document.body).filter((one) => one.getRootNode() instanceof ShadowRoot).length

  const fonts = () => {
    const families = new Map()
    for (const element of all(document.body)) {
      if (!shown(element)) continue
      const text = ownText(element).map((node) => node.data).join('')
      const japanese = text.match(/[\u3040-\u30ff\u3400-\u9fff]/g)
      if (!japanese) continue
      const { fontFamily } = getComputedStyle(element)
      const kept = families.get(fontFamily) ?? new Set()
      japanese.forEach((letter) => kept.add(letter))
      families.set(fontFamily, kept)
    }
    return families
  }
  const SIZE = 24
  const bitmap = (pen, letter) => {
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, SIZE * 2, SIZE * 2)
    pen.fillStyle = '#000'
    pen.fillText(letter, SIZE / 2, SIZE * 1.4)
    return pen.getImageData(0, 0, SIZE * 2, SIZE * 2).data.join()
  }
  // Letters that come out as the box of a letter no font has, or as nothing, in the fonts of the page.
  const boxes = (letters, family) => {
    const pen = new OffscreenCanvas(SIZE * 2, SIZE * 2).getContext('2d', { willReadFrequently: true })
    pen.font = `${SIZE}px ${family}`
    // Never assigned by Unicode, so that no font has them.
    const missing = ['\u0378', '\u2fe0', ' '].map((letter) => bitmap(pen, letter))
    return letters.filter((letter) => missing.includes(bitmap(pen, letter)))
  }
  const tofu = () => [...fonts()].flatMap(([family, letters]) => boxes([...letters], family))
  const japanese = () => [...fonts()].reduce((sum, [, letters]) => sum + letters.size, 0)

  window.probe = { cut, outside, collisions, blank, empty, stuck, loading, waiting, sideways, beyond, movements, parts, tofu, boxes, japanese, charts: () => charts().length }
})()
