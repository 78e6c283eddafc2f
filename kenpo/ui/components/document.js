// What the page itself lacks: its language, and a place in the tab order for tables and panels that scroll in a frame.

const FRAMES = '[data-testid="stTable"] div, [role="dialog"] div'
const PAUSE = 150

let watch = null
let waiting = 0

const scrolls = (frame) => {
  const { overflowX, overflowY } = getComputedStyle(frame)
  const wide = overflowX === "auto" && frame.scrollWidth > frame.clientWidth + 1
  return wide || (overflowY === "auto" && frame.scrollHeight > frame.clientHeight + 1)
}

const reach = () => {
  for (const frame of document.querySelectorAll(FRAMES)) {
    if (frame.tabIndex < 0 && scrolls(frame)) frame.tabIndex = 0
  }
}

const later = () => {
  clearTimeout(waiting)
  waiting = setTimeout(reach, PAUSE)
}

export default function ({ data }) {
  document.documentElement.lang = data.lang
  later()
  if (watch) return
  watch = new MutationObserver(later)
  watch.observe(document.body, { childList: true, subtree: true })
  window.addEventListener("resize", later)
}
