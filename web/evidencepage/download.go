package evidencepage

import (
	"io"
	"net/http"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/evidence"
	"rollinportal/web/page"
)

// Download hands out a file.
func (p Pages) Download(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "nachweis")
	if err != nil {
		return err
	}
	file, err := p.Evidence.Find(r.Context(), who, id)
	if err != nil {
		return err
	}
	return handOut(w, r, file, func(to io.Writer) error { return p.Evidence.Copy(r.Context(), who, file, to) })
}

// DownloadShared hands out a file that a body released with an experience.
func (p Pages) DownloadShared(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	id, err := page.ID(r, "nachweis")
	if err != nil {
		return err
	}
	experience, err := page.ID(r, "erfahrung")
	if err != nil {
		return err
	}
	file, err := p.Evidence.FindShared(r.Context(), who, experience, id)
	if err != nil {
		return err
	}
	return handOut(w, r, file, func(to io.Writer) error { return p.Evidence.CopyShared(r.Context(), who, experience, file, to) })
}

// handOut sends a file: always to be saved, never to be shown as a page of the portal.
func handOut(w http.ResponseWriter, r *http.Request, file evidence.Download, write func(io.Writer) error) error {
	page.Attach(w, file.Kind.Type(), file.Name)
	w.Header().Set("Content-Length", strconv.FormatInt(file.Size, 10))
	w.Header().Set("Content-Security-Policy", page.FilePolicy)
	if r.Method == http.MethodHead {
		return nil
	}
	if err := write(patient{w, http.NewResponseController(w)}); err != nil {
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
