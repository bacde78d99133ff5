// Tells how many characters are left in a text that nears its limit. Nothing is cut off: without this script, what is too
// long comes back with a sentence.
for (const text of document.querySelectorAll('[data-most]')) {
  const most = Number(text.dataset.most)
  const place = document.createElement('p')
  place.className = 'app-count'
  place.setAttribute('aria-live', 'polite')
  text.after(place)
  let timer

  const tell = () => {
    const left = most - [...text.value].length
    const near = left <= most / 10
    place.textContent = !near ? '' : left < 0 ? `${-left} Zeichen zu viel` : `Noch ${left} Zeichen frei`
    place.classList.toggle('app-count--over', left < 0)
  }

  text.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(tell, 500)
  })
  tell()
}
