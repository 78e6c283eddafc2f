// What every component of ours needs. Joined in front of each of them.

const make = (tag, className, text) => {
  const element = document.createElement(tag)
  if (className) element.className = className
  if (text) element.textContent = text
  return element
}

const isDark = (host) => {
  const color = getComputedStyle(host).getPropertyValue("--st-background-color").trim()
  const hex = /^#([0-9a-f]{6})$/i.exec(color)
  if (!hex) return false
  const [r, g, b] = [0, 2, 4].map((at) => parseInt(hex[1].slice(at, at + 2), 16))
  return 0.299 * r + 0.587 * g + 0.114 * b < 128
}
