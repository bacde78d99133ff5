// Offers known obstacles while somebody describes theirs. Without this script they are offered on submit.
for (const place of document.querySelectorAll('[data-similar]')) {
  const text = place.closest('form').elements.text
  let timer
  let asking
  let asked = ''

  const look = async () => {
    const words = text.value.trim()
    if (words === asked) return
    asked = words
    asking?.abort()
    if (words.length < 8) {
      place.replaceChildren()
      return
    }
    asking = new AbortController()
    const url = new URL(place.dataset.similar, document.baseURI)
    url.searchParams.set('text', words.slice(0, 1000))
    try {
      const answer = await fetch(url, { signal: asking.signal, redirect: 'error' })
      if (answer.ok) place.innerHTML = await answer.text()
    } catch {
      // signed out, or the line is down: the form says so when it is sent
    }
  }

  text.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(look, 400)
  })
}
