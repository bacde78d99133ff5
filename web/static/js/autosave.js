// Keeps a draft of a form while somebody fills it in. Without this script the button "Entwurf speichern" does the same.
for (const place of document.querySelectorAll('[data-autosave]')) {
  const form = place.closest('form')
  const [name, value] = place.dataset.autosave.split('=')
  const pause = 10_000
  let timer
  let sending

  const typed = () => new URLSearchParams([...new FormData(form)].filter(([field]) => field !== 'version')).toString()
  let kept = typed()
  const tell = (text) => { place.textContent = text }

  const save = async (keepalive) => {
    const now = typed()
    if (now === kept) return
    const body = new URLSearchParams(new FormData(form))
    body.append(name, value)
    try {
      const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual', keepalive })
      if (answer.type === 'opaqueredirect') {
        kept = now
        form.elements.version.value = Number(form.elements.version.value) + 1
        tell(`Entwurf gespeichert um ${new Date().toLocaleTimeString('de-DE', { hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Berlin' })}`)
      } else if (answer.status === 409) {
        form.removeEventListener('input', wait)
        tell('Jemand anders hat diesen Abschnitt geändert. Speichern Sie, dann sehen Sie beide Stände.')
      } else {
        tell('Der Entwurf ist noch nicht gespeichert.')
      }
    } catch {
      tell('Der Entwurf ist noch nicht gespeichert. Die Verbindung fehlt.')
    }
  }

  const begin = (keepalive) => {
    clearTimeout(timer)
    sending ??= save(keepalive).finally(() => { sending = undefined })
  }
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(begin, pause, false)
  }

  form.addEventListener('input', wait)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') begin(true)
  })
  // What is sent by hand stands on the version that the draft has made.
  form.addEventListener('submit', (event) => {
    clearTimeout(timer)
    if (!sending) {
      kept = typed()
      return
    }
    event.preventDefault()
    sending.then(() => form.requestSubmit(event.submitter))
  })
}
