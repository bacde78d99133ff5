package evidencepage

import (
	"errors"
	"math"
	"strconv"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/evidence"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/paper"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// panelView is what the page of a step shows of its files.
type panelView struct {
	Heading string
	Note    string
	Files   []fileView
	Form    uploadForm
	Open    bool // the form is open at once
}

// fileView is the newest version of a file with those before it.
type fileView struct {
	Name, URL  string
	Meta       string
	Status     ui.StatusProps
	More       string // what its details are called
	SHA256     string
	Remove     ui.ButtonProps
	Older      []fileView
	OlderTitle string
}

// uploadForm asks for a file.
type uploadForm struct {
	URL        string
	File       ui.Field
	ValidUntil ui.Field
}

type uploadView struct {
	Errors []ui.FieldError
	Late   ui.AlertProps
	Idle   string // why there is no form
	Form   uploadForm
	Back   ui.Link
}

func newPanelView(t onboarding.Task, who access.Actor) panelView {
	v := panelView{Heading: "Dateien als Nachweis"}
	seen := 0
	for _, f := range t.Files {
		if !evidence.Sees(who, t.Step, f) {
			continue
		}
		seen++
		v.add(newFileView(t, who, f))
	}
	if seen > 0 {
		v.Note = ui.Count(seen, "Datei", "Dateien")
	}
	if who.Can(access.EvidenceUpload) && evidence.Refusal(who, t.Checklist, t.Step) == nil {
		v.Form = newUploadForm(t, form{})
		v.Open = seen == 0 && !t.State.Finished()
	}
	return v
}

// add lists a file; its versions come newest first, and those before it stand under it.
func (v *panelView) add(f fileView) {
	if last := len(v.Files) - 1; last >= 0 && v.Files[last].Name == f.Name {
		v.Files[last].Older = append(v.Files[last].Older, f)
		v.Files[last].OlderTitle = ui.Count(len(v.Files[last].Older), "frühere Fassung", "frühere Fassungen") + " von " + f.Name
		return
	}
	v.Files = append(v.Files, f)
}

func newFileView(t onboarding.Task, who access.Actor, f onboarding.File) fileView {
	v := plainView(fileOf(f), link.File(f.ID))
	if f.ValidUntil != nil {
		v.Meta += " · gültig bis " + ui.Date(*f.ValidUntil)
	}
	if f.Expired(t.Checklist.Today) {
		v.Status = ui.StatusProps{Kind: ui.Overdue, Text: "Abgelaufen"}
	}
	if who.Can(access.EvidenceDelete) && evidence.Kept(who, t.Checklist, t.Step, f) == nil {
		v.removable(fileOf(f), link.RemoveFile(t.Checklist.BodyKey, t.Checklist.ServiceSlug, t.Key, f.ID))
	}
	return v
}

// fileOf is what a file of a step has in common with every file.
func fileOf(f onboarding.File) paper.File {
	return paper.File{ID: f.ID, Name: f.Name, Version: f.Version, Kind: f.Kind, Size: f.Size, SHA256: f.SHA256, UploadedAt: f.UploadedAt}
}

func plainView(f paper.File, url string) fileView {
	return fileView{Name: f.Name, URL: url, Meta: meta(f), SHA256: f.SHA256, More: "Prüfsumme " + f.SHA256[:8] + "… von " + title(f)}
}

// removable adds the button that deletes the file.
func (v *fileView) removable(f paper.File, url string) {
	v.More = "Prüfsumme " + f.SHA256[:8] + "… und Löschen von " + title(f)
	v.Remove = ui.ButtonProps{Text: title(f) + " löschen", URL: url}
}

// title names a file so that its versions differ.
func title(f paper.File) string {
	if f.Version == 1 {
		return f.Name
	}
	return f.Name + ", Fassung " + strconv.Itoa(f.Version)
}

func meta(f paper.File) string {
	parts := []string{strings.ToUpper(f.Kind) + ", " + size(f.Size)}
	if f.Version > 1 {
		parts = append(parts, "Fassung "+strconv.Itoa(f.Version))
	}
	parts = append(parts, "hochgeladen am "+ui.Date(f.UploadedAt))
	return strings.Join(parts, " · ")
}

// size rounds to what people compare: "312 KB", "1,4 MB". What is not nothing is at least 1 KB.
func size(bytes int64) string {
	const kilo, mega = 1 << 10, 1 << 20
	if bytes < mega {
		return ui.Number(max(1, (bytes+kilo/2)/kilo)) + "\u00a0KB"
	}
	tenths := int64(math.Round(float64(bytes) / mega * 10))
	if tenths%10 == 0 {
		return ui.Number(tenths/10) + "\u00a0MB"
	}
	return ui.Number(tenths/10) + "," + strconv.FormatInt(tenths%10, 10) + "\u00a0MB"
}

func newUploadForm(t onboarding.Task, f form) uploadForm {
	return uploadForm{
		URL:  link.AddFile(t.Checklist.BodyKey, t.Checklist.ServiceSlug, t.Key),
		File: fileField(f),
		ValidUntil: ui.Field{
			Name: "valid_until", Label: "Gültig bis", Value: f.ValidUntil, Optional: !t.Dated, Error: f.wrong.For("valid_until"),
			Hint: dayHint(t),
		},
	}
}

func fileField(f form) ui.Field {
	return ui.Field{
		Name: "file", Label: "Datei", Error: f.wrong.For("file"),
		Accept: ".pdf,.png,.jpg,.jpeg,.odt,.docx,.xlsx,application/pdf,image/png,image/jpeg",
		Hint:   "PDF, Foto (JPEG, PNG), ODT, DOCX oder XLSX, höchstens 20 MB. Keine privaten Schlüssel, keine Passwörter.",
	}
}

func dayHint(t onboarding.Task) string {
	if t.Dated {
		return "Dieser Nachweis läuft ab. Zum Beispiel 30.04.2029"
	}
	return "Nur bei Nachweisen, die ablaufen, zum Beispiel 30.04.2027"
}

func newUploadView(t onboarding.Task, who access.Actor, f form) uploadView {
	v := uploadView{
		Errors: f.wrong.Summary(),
		Back:   ui.Link{Text: "Zur Aufgabe", URL: link.Step(t.Checklist.BodyKey, t.Checklist.ServiceSlug, t.Key)},
	}
	if refused, ok := errors.AsType[*fault.Fault](evidence.Refusal(who, t.Checklist, t.Step)); ok {
		v.Idle, v.Errors = refused.Text, nil
		return v
	}
	v.Form = newUploadForm(t, f)
	return v
}
