package page

import (
	"mime"
	"net/http"
)

// Attach announces a file of a type and a name: always to be saved, and never taken for another type.
func Attach(w http.ResponseWriter, kind, name string) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("X-Content-Type-Options", "nosniff")
}
