package pilotpage

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/pilot"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what was typed on the page, whichever of its forms was sent.
type form struct {
	ID                     string // of the call
	Text, ClosesOn, Places string
	Sentence               string
	Selected               []string          // keys of bodies
	Reasons, Versions      map[string]string // by key
}

func (f form) draft() (pilot.Draft, page.Errors) {
	var wrong page.Errors
	id, err := uuid.Parse(f.ID)
	if err != nil {
		wrong.Add("", "Dem Formular fehlt eine Angabe. Laden Sie die Seite neu.")
	}
	day, err := ui.ParseDate(f.ClosesOn)
	if err != nil {
		wrong.Add("closes_on", err.Error())
	}
	places, err := strconv.Atoi(f.Places)
	if err != nil {
		wrong.Add("places", "Geben Sie eine ganze Zahl ein, zum Beispiel 3.")
	}
	return pilot.Draft{ID: id, Text: f.Text, ClosesOn: day, Places: places}, wrong
}

// choiceFields are the fields of the Land's choice.
func choiceFields(p *pilot.Page) []string {
	fields := []string{"id", "selected" + page.Many}
	for _, a := range p.Applications {
		fields = append(fields, "reason_"+a.Key, "version_"+a.Key)
	}
	return fields
}

func readChoices(sent page.Form) form {
	f := form{ID: sent.Text("id"), Selected: sent.All("selected"), Reasons: map[string]string{}, Versions: map[string]string{}}
	for _, name := range sent.Names() {
		switch kind, key, _ := strings.Cut(name, "_"); kind {
		case "reason":
			f.Reasons[key] = sent.Text(name)
		case "version":
			f.Versions[key] = sent.Text(name)
		}
	}
	return f
}

func (f form) choices() []pilot.Choice {
	var found []pilot.Choice
	for key, text := range f.Versions {
		version, _ := strconv.ParseInt(text, 10, 64) // what is no number is no version that there is
		found = append(found, pilot.Choice{Key: key, Version: version, Selected: slices.Contains(f.Selected, key), Reason: f.Reasons[key]})
	}
	return found
}
