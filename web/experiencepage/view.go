package experiencepage

import (
	"slices"

	"rollinportal/internal/access"
	"rollinportal/internal/experience"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type listView struct {
	Groups []groupView
	Empty  ui.EmptyProps
}

// groupView is what one body released of one service.
type groupView struct {
	ID, Heading   string
	Body, Service string // for the button that takes it over; "" if there is none
	Taken         string
	Items         []itemView
}

type itemView struct {
	Title, When, Note string
	Files             []ui.Link
	Withdraw          ui.ButtonProps
}

func newListView(q page.Query, found []experience.Experience, who access.Actor) listView {
	v := listView{Empty: ui.EmptyProps{Text: "Noch hat keine Einheit eine Erfahrung freigegeben."}}
	if q.Filtered() {
		v.Empty = ui.EmptyProps{Text: "Hierzu hat keine Einheit eine Erfahrung freigegeben.", ResetURL: q.Reset()}
	}
	for len(found) > 0 {
		n := 1
		for n < len(found) && found[n].BodyKey == found[0].BodyKey && found[n].ServiceSlug == found[0].ServiceSlug {
			n++
		}
		v.Groups = append(v.Groups, newGroup(found[:n], who))
		found = found[n:]
	}
	return v
}

func newGroup(found []experience.Experience, who access.Actor) groupView {
	first := found[0]
	g := groupView{ID: "von-" + first.BodyKey + "-" + first.ServiceSlug, Heading: first.ServiceName + " · " + first.BodyName}
	some := false
	for _, x := range found {
		g.Items = append(g.Items, newItem(x, who))
		some = some || !x.Taken
	}
	switch {
	case first.Own || !who.Can(access.PeerTake):
	case some:
		g.Body, g.Service = first.BodyKey, first.ServiceSlug
	default:
		g.Taken = "Diese Hinweise stehen schon an Ihren Aufgaben."
	}
	return g
}

func newItem(x experience.Experience, who access.Actor) itemView {
	item := itemView{Title: title(x), When: "freigegeben am " + ui.Date(x.ReleasedAt), Note: x.Note}
	for _, f := range x.Files {
		item.Files = append(item.Files, ui.Link{Text: f.Name, URL: link.SharedFile(x.ID, f.ID)})
	}
	if x.Own && who.Can(access.PeerShare) {
		item.Withdraw = ui.ButtonProps{Text: "Freigabe zurücknehmen: " + title(x), URL: link.WithdrawExperience(x.ID)}
	}
	return item
}

func title(x experience.Experience) string {
	if x.StepTitle == "" {
		return "Zum ganzen Weg"
	}
	return x.StepTitle
}

type shareView struct {
	Errors   []ui.FieldError
	URL      string
	ID, Step string
	Note     ui.Field
	Files    ui.Field
	Chosen   []onboarding.File
	Preview  bool // how others will read it, to be confirmed
	Body     string
	Released []itemView
	Back     ui.Link
}

func newShareView(at experience.Place, f form, wrong page.Errors) shareView {
	c := at.Checklist
	v := shareView{
		Errors: wrong.Summary(), URL: link.Share(c.BodyKey, c.ServiceSlug, ""), ID: f.ID, Step: at.StepKey, Body: c.BodyName,
		Note: ui.Field{
			Name: "note", Label: "Was hilft anderen?", Value: f.Note, Rows: 6, MaxLength: experience.MaxNote, Error: wrong.For("note"),
			Hint: "Wie sind Sie vorgegangen? Was hätten Sie gern vorher gewusst? Keine Namen von Personen.",
		},
		Files: ui.Field{Name: "files", Label: "Welche Nachweise dürfen andere lesen?", Optional: true, Hint: "Nur angekreuzte Dateien werden sichtbar."},
		Back:  ui.Link{Text: "Zur Checkliste", URL: link.Checklist(c.BodyKey, c.ServiceSlug)},
	}
	for _, file := range at.Files {
		chosen := slices.Contains(f.Files, file.ID.String())
		v.Files.Options = append(v.Files.Options, ui.Option{Value: file.ID.String(), Text: file.Name, Hint: "hochgeladen am " + ui.Date(file.UploadedAt), Checked: chosen})
		if chosen {
			v.Chosen = append(v.Chosen, file)
		}
	}
	for _, x := range at.Released {
		item := newItem(x, access.Actor{})
		item.Withdraw = ui.ButtonProps{Text: "Freigabe vom " + ui.Date(x.ReleasedAt) + " zurücknehmen", URL: link.WithdrawExperience(x.ID)}
		v.Released = append(v.Released, item)
	}
	return v
}
