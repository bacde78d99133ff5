// Lets the arrow keys walk a large table: one stop for Tab, then cell by cell. Without this script every link and box is
// a stop of its own, and everything works as well.
for (const table of document.querySelectorAll('[data-grid]')) {
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.cells.length > 1)
  const target = (cell) => cell?.querySelector('a, input')
  const walkable = rows.flatMap((row) => [...row.cells].map(target)).filter(Boolean)
  if (walkable.length === 0) continue

  const own = (to) => {
    for (const other of walkable) other.tabIndex = other === to ? 0 : -1
  }
  own(walkable[0])

  // next looks from a place in a direction for the next cell that leads somewhere.
  const next = (row, column, down, right) => {
    for (let y = row + down, x = column + right; y >= 0 && y < rows.length && x >= 0 && x < rows[y].cells.length; y += down, x += right) {
      const found = target(rows[y].cells[x])
      if (found) return found
    }
  }
  const ends = (row) => [...rows[row].cells].map(target).filter(Boolean)

  table.addEventListener('keydown', (event) => {
    if (event.altKey || event.metaKey || event.shiftKey) return
    const cell = event.target.closest('tbody td, tbody th')
    if (!cell || !walkable.includes(event.target)) return
    const row = rows.indexOf(cell.parentElement)
    const column = cell.cellIndex
    const to = {
      ArrowUp: () => next(row, column, -1, 0),
      ArrowDown: () => next(row, column, 1, 0),
      ArrowLeft: () => next(row, column, 0, -1),
      ArrowRight: () => next(row, column, 0, 1),
      Home: () => (event.ctrlKey ? walkable[0] : ends(row)[0]),
      End: () => (event.ctrlKey ? walkable.at(-1) : ends(row).at(-1)),
    }[event.key]
    if (!to) return
    event.preventDefault()
    to()?.focus()
  })
  table.addEventListener('focusin', (event) => {
    if (walkable.includes(event.target)) own(event.target)
  })

  const bodies = table.tHead.rows[1].cells
  const words = (cell) => cell.querySelector('.kern-sr-only')?.textContent ?? cell.textContent

  // Each cell says whose it is: not every screen reader tells heads while arrow keys move the focus. Boxes say so themselves.
  for (const cell of table.querySelectorAll('td.hm:not(:has(input))')) {
    cell.querySelector('.kern-sr-only').textContent = `${words(bodies[cell.cellIndex - 1])}, ${cell.parentElement.cells[0].textContent.trim()}: ${words(cell)}`
  }

  // Below the table stands in full what the eye sees as a sign, while the focus or the mouse is on a cell. Its line stays when it is
  // empty: whoever has pressed the mouse on a box must not see the box move.
  const says = table.closest('section')?.querySelector('[data-grid-says]')
  const say = (event) => {
    const cell = event.target.closest('tbody td.hm')
    if (!cell && event.type === 'mouseover') return
    says.textContent = cell ? words(cell) : ''
    says.hidden = false
  }
  if (says) {
    table.addEventListener('focusin', say)
    table.addEventListener('mouseover', say)
  }

  // How many cells are ticked is told when it changes. Whole rows are counted by their cells, each once.
  const told = table.closest('form')?.querySelector('[data-grid-ticked]')
  const ticked = () => {
    const boxes = rows.flatMap((row) => [...row.querySelectorAll('td input')].filter((box) => box.checked || row.querySelector('th input')?.checked))
    told.textContent = boxes.length === 1 ? '1 Zelle angekreuzt' : `${boxes.length} Zellen angekreuzt`
  }
  if (told) table.addEventListener('change', ticked)
}
