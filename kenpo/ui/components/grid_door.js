// Hands every drawing to the program loaded beside it, or keeps it until that is there.
export default function (component) {
  globalThis.kenpoGrid ??= { waiting: [] }
  const { draw, waiting } = globalThis.kenpoGrid
  if (draw) draw(component)
  else waiting.push(component)
}
