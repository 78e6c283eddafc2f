// What the page itself lacks: its language, a place in the tab order for tables and panels that scroll in a frame,
// a word in the reader's language where a file could not be made, and a run of its own where the server has started
// again: the new session knows nothing until the page has run, and would lose the reader's first change.

const APP = '[data-testid="stApp"]'
const FRAMES = '[data-testid="stTable"] div, [role="dialog"] div'
const BROKEN = '[data-testid="stDownloadButtonError"]'
const PAUSE = 150

let watching = false
let waiting = 0
let lost = false
let again = () => {}
let failed = () => {}
// Streamlit's own line is English and gone after five seconds; each is told once.
const told = new WeakSet()

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

const complain = () => {
  const fresh = [...document.querySelectorAll(BROKEN)].filter((line) => !told.has(line))
  fresh.forEach((line) => told.add(line))
  if (fresh.length) failed()
}

const later = () => {
  clearTimeout(waiting)
  waiting = setTimeout(() => {
    reach()
    complain()
  }, PAUSE)
}

const connection = () => {
  const connected = document.querySelector(APP)?.dataset.testConnectionState === "CONNECTED"
  if (connected && lost) again()
  lost = !connected
}

const watch = () => {
  watching = true
  new MutationObserver(later).observe(document.body, { childList: true, subtree: true })
  window.addEventListener("resize", later)
  const app = document.querySelector(APP)
  if (app) new MutationObserver(connection).observe(app, { attributeFilter: ["data-test-connection-state"] })
}

export default function ({ data, setTriggerValue }) {
  document.documentElement.lang = data.lang
  again = () => setTriggerValue("again", performance.now())
  failed = () => setTriggerValue("failed", performance.now())
  later()
  if (!watching) watch()
}
