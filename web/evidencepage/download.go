package evidencepage

import (
	"mime"
	"net/http"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/web/page"
)

// Download hands out a file: always to be saved, never to be shown as a page of the portal.
func (p Pages) Download(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := fileID(r)
	if err != nil {
		return err
	}
	file, err := p.Evidence.Find(r.Context(), who, id)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", file.Kind.Type())
	h.Set("Content-Length", strconv.FormatInt(file.Size, 10))
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": file.Name}))
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("X-Content-Type-Options", "nosniff")
	if r.Method == http.MethodHead {
		return nil
	}
	if err := p.Evidence.Copy(r.Context(), who, file, patient{w, http.NewResponseController(w)}); err != nil {
		page.BreakOff(r, err)
	}
	return nil
}

// patient gives each piece of a file the time that a slow line needs for it.
type patient struct {
	http.ResponseWriter
	clock *http.ResponseController
}

func (p patient) Write(piece []byte) (int, error) {
	_ = p.clock.SetWriteDeadline(time.Now().Add(answering))
	return p.ResponseWriter.Write(piece)
}
