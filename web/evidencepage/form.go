package evidencepage

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"rollinportal/internal/evidence"
	"rollinportal/internal/fault"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

const (
	maxRequest = 21 << 20 // a file and what the form needs around it

	slowest    = 50_000 // bytes a second: a line that carries as much may finish
	receiving  = maxRequest / slowest * time.Second
	answering  = 60 * time.Second
	maxDateLen = 100
)

// form is an upload as it was sent.
type form struct {
	file       *evidence.Upload
	ValidUntil string
	until      *time.Time
	wrong      page.Errors
	give       func()
}

func (f form) close() {
	if f.give != nil {
		f.give()
	}
	if f.file != nil {
		_ = f.file.Close()
	}
}

var errUnknownField = fault.New(fault.Invalid, "Das Formular enthält ein unbekanntes Feld. Laden Sie die Seite neu und füllen Sie sie noch einmal aus.")

// readForm reads an upload while it arrives: ParseMultipartForm would keep it in memory. The server's time limits are
// made for forms; here a slow line gets the time that it needs.
func readForm(w http.ResponseWriter, r *http.Request, fields ...string) (form, error) {
	clock, now := http.NewResponseController(w), time.Now()
	_ = clock.SetReadDeadline(now.Add(receiving + answering))
	_ = clock.SetWriteDeadline(now.Add(receiving + 2*answering))
	defer func() { _ = clock.SetWriteDeadline(time.Now().Add(answering)) }()
	body := r.Body
	r.Body = http.MaxBytesReader(w, body, maxRequest)
	var f form
	parts, err := r.MultipartReader()
	if err == nil {
		err = f.read(parts, fields)
	}
	switch _, tooLarge := errors.AsType[*http.MaxBytesError](err); {
	case tooLarge:
		page.ReadOn(body)
		_ = f.wrong.Merge(evidence.TooLarge())
	case errors.Is(err, http.ErrNotMultipart):
	case err != nil:
		f.close()
		return form{}, brokenOff(err)
	}
	if f.file == nil && f.wrong.For("file") == "" {
		_ = f.wrong.Merge(evidence.Missing())
	}
	return f, nil
}

// read goes through the parts of a request. A part that the form does not have, or has twice, ends it.
func (f *form) read(parts *multipart.Reader, fields []string) error {
	seen := map[string]bool{}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := part.FormName()
		if seen[name] || !slices.Contains(fields, name) {
			return errUnknownField
		}
		seen[name] = true
		switch name {
		case "file":
			f.file, err = evidence.Receive(part, part.FileName())
			err = f.wrong.Merge(err)
		case "valid_until":
			err = f.readDate(part)
		}
		if err != nil {
			return err
		}
	}
}

func (f *form) readDate(part io.Reader) error {
	text, err := io.ReadAll(io.LimitReader(part, maxDateLen))
	if err != nil {
		return err
	}
	f.ValidUntil = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(string(text), "\x00", ""), ""))
	if f.ValidUntil == "" {
		return nil
	}
	day, err := ui.ParseDate(f.ValidUntil)
	if err != nil {
		f.wrong.Add("valid_until", err.Error())
		return nil
	}
	f.until = &day
	return nil
}

// brokenOff says why a request could not be read to its end.
func brokenOff(err error) error {
	if fault.KindOf(err) != fault.Internal {
		return err
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return fault.Wrap(fault.Invalid, "Das Hochladen hat zu lange gedauert. Versuchen Sie es über eine schnellere Verbindung, oder verkleinern Sie die Datei.", err)
	}
	return fault.Wrap(fault.Invalid, "Die Datei kam nicht vollständig an. Laden Sie sie noch einmal hoch.", err)
}
