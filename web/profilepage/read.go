package profilepage

import (
	"errors"
	"io"
	"net/http"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/profile"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// ReadCertificate fills the form from a certificate that was pasted or chosen. Nothing is saved; what is no public
// certificate is forgotten at once.
func (p Pages) ReadCertificate(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	at, err := placeOf(r)
	if err != nil {
		return err
	}
	if at.kind != profile.Certificate {
		return fault.Missing()
	}
	found, err := p.Profiles.Edit(r.Context(), who, at.body)
	if err != nil {
		return err
	}
	f, err := at.form(found)
	if err != nil {
		return err
	}
	content, err := certificateOf(w, r)
	if err != nil {
		return err
	}
	details, err := profile.ReadCertificate(content)
	if err != nil {
		var wrong page.Errors
		if err := wrong.Merge(err); err != nil {
			return err
		}
		return p.renderForm(w, r, who, http.StatusUnprocessableEntity, found, at, newEditView(found, f, at.spec, wrong))
	}
	for _, field := range at.spec.Fields {
		if value, read := details[field.Name]; read {
			f.Details[field.Name] = asTyped(field, value)
		}
	}
	v := newEditView(found, f, at.spec, nil)
	v.Late = ui.AlertProps{Tone: ui.Info, Heading: "Das Zertifikat ist gelesen, aber noch nicht gespeichert", Text: "Ergänzen Sie unten, was fehlt, und speichern Sie."}
	v.Read.Open = false
	return p.renderForm(w, r, who, http.StatusOK, found, at, v)
}

// certificateOf returns the file of a request, or else the text. Both stay in memory and end with the request.
func certificateOf(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	body := r.Body
	r.Body = http.MaxBytesReader(w, body, page.MaxForm)
	err := r.ParseMultipartForm(page.MaxForm)
	switch _, tooLarge := errors.AsType[*http.MaxBytesError](err); {
	case tooLarge:
		page.ReadOn(body)
		return make([]byte, profile.MaxCertificate+1), nil
	case errors.Is(err, http.ErrNotMultipart):
	case err != nil:
		return nil, fault.Wrap(fault.Invalid, "Die Datei kam nicht vollständig an. Versuchen Sie es noch einmal.", err)
	}
	file, _, err := r.FormFile("file")
	if err != nil {
		return []byte(r.PostFormValue("pem")), nil
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, profile.MaxCertificate+1))
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, "Die Datei kam nicht vollständig an. Versuchen Sie es noch einmal.", err)
	}
	if len(content) == 0 { // no file was chosen
		return []byte(r.PostFormValue("pem")), nil
	}
	return content, nil
}
