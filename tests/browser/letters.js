// Every text of a page as one string, shadow roots and what is read aloud with it: what a reader sees or hears;
// and every address on it that is not of the page's own server.

(() => {
  const SPOKEN = ["aria-label", "aria-description", "title", "alt", "placeholder"]
  const UNSEEN = "style, script, noscript"
  const FIELDS = "input, textarea"
  // Streamlit's own, not one of a component in its shadow.
  const native = (field) => field.matches(FIELDS) && field.getRootNode() === document
  const said = []
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return said.push(node.data)
    if (node.nodeType === Node.ELEMENT_NODE) {
      if (node.matches(UNSEEN)) return
      if (node.matches(FIELDS)) said.push(`\n${node.value}\n`)
      for (const name of SPOKEN) {
        if (node.hasAttribute(name) && !(native(node) && name === "aria-label")) said.push(`\n${node.getAttribute(name)}\n`)
      }
    }
    if (node.shadowRoot) walk(node.shadowRoot)
    node.childNodes.forEach(walk)
  }
  window.letters = () => {
    said.length = 0
    walk(document.body)
    return said.join("")
  }

  const OWN = ["data:", "blob:"]
  const leads = (address) => {
    const to = new URL(address, location.href)
    return to.origin !== location.origin && !OWN.includes(to.protocol)
  }
  const every = (root) => [...root.querySelectorAll("*")].flatMap((one) => [one, ...(one.shadowRoot ? every(one.shadowRoot) : [])])
  window.fields = () => [...document.querySelectorAll(FIELDS)].map((field) => field.ariaLabel ?? "")
  window.elsewhere = () =>
    every(document).flatMap((one) =>
      ["href", "src", "srcset", "xlink:href", "action", "poster"]
        .map((name) => one.getAttribute(name))
        .filter((address) => address && leads(address))
    )
})()
