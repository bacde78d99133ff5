package profilepage

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/profile"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type showView struct {
	Late    ui.AlertProps
	Expiry  ui.AlertProps // of the certificate that ends first
	Confirm confirmView
	Groups  []groupView
}

// confirmView asks whether everything still holds. URL is empty for those who only read.
type confirmView struct{ Text, URL, Version string }

// groupView is a panel of facts that belong together.
type groupView struct {
	ID, Heading string
	Sections    []sectionView
}

// sectionView lists the facts of one kind.
type sectionView struct {
	ID, Heading string
	Note        string // what the facts prove
	Warning     ui.AlertProps
	Entries     []entryView
	Empty       string
	Add         ui.Link
}

// entryView is one fact.
type entryView struct {
	Title     string
	Status    ui.StatusProps
	Facts     ui.FactsProps
	Confirmed string
	Edit      ui.Link
}

// groups are the panels of the page and what stands in them.
var groups = []struct {
	heading string
	kinds   []profile.Kind
}{
	{"Kontakt", []profile.Kind{profile.Contact, profile.Mailbox}},
	{"Zertifikate", []profile.Kind{profile.Certificate}},
	{"Poststelle", []profile.Kind{profile.PostOffice, profile.Configuration}},
	{"Technik", []profile.Kind{profile.DMS, profile.Variant, profile.Payment}},
	{"Fachverfahren", []profile.Kind{profile.Backend}},
	{"Adressen für Anträge", []profile.Kind{profile.DVDV, profile.Destination}},
	{"Website", []profile.Kind{profile.Links}},
}

func newShowView(p *profile.Profile, who access.Actor) showView {
	v := showView{Expiry: expiry(p, who), Confirm: confirm(p, who)}
	for i, g := range groups {
		group := groupView{ID: "gruppe-" + strconv.Itoa(i+1), Heading: g.heading}
		for _, kind := range g.kinds {
			if sees(who, kind) {
				group.Sections = append(group.Sections, section(p, kind, who, len(g.kinds) > 1))
			}
		}
		if len(group.Sections) > 0 {
			v.Groups = append(v.Groups, group)
		}
	}
	return v
}

// sees reports whether facts of a kind can be among what the reader is shown.
func sees(who access.Actor, kind profile.Kind) bool {
	return who.Role != access.Provider || slices.Contains(profile.ForProviders, kind)
}

func edits(p *profile.Profile, who access.Actor) bool {
	return who.Org.ID == p.BodyID && who.Can(access.ProfileEdit)
}

// confirm says how old the oldest fact is.
func confirm(p *profile.Profile, who access.Actor) confirmView {
	if len(p.Facts) == 0 {
		if edits(p, who) {
			return confirmView{Text: "Noch steht hier nichts. Beginnen Sie mit der Ansprechperson. Jede Angabe erledigt Aufgaben in allen Ihren Checklisten."}
		}
		return confirmView{Text: "Hier steht noch nichts, was Sie sehen können."}
	}
	oldest := slices.MinFunc(p.Facts, func(a, b profile.Fact) int { return a.ConfirmedAt.Compare(b.ConfirmedAt) }).ConfirmedAt
	v := confirmView{Text: "Alle Angaben sind seit dem " + ui.LongDate(oldest) + " oder später bestätigt."}
	if edits(p, who) {
		v.Text += " Stimmt noch alles?"
		v.URL, v.Version = link.ConfirmProfile(p.BodyKey), strconv.FormatInt(p.Version, 10)
	}
	return v
}

// expiry warns of the certificate that ends first among those that nobody has renewed.
func expiry(p *profile.Profile, who access.Actor) ui.AlertProps {
	var first *profile.Fact
	for _, f := range p.Of(profile.Certificate) {
		if expires(p, f) && (first == nil || f.Day(profile.ValidTo).Before(*first.Day(profile.ValidTo))) {
			first = &f
		}
	}
	if first == nil {
		return ui.AlertProps{}
	}
	a := ui.AlertProps{
		Tone: ui.Warning, Heading: page.Expiry("Zertifikat", *first.Day(profile.ValidTo), p.Today).Text,
		Text: "Davon hängen " + ui.Count(p.Uses["k_cert"], "Anbindung", "Anbindungen") + " ab. Beantragen Sie rechtzeitig ein neues Zertifikat und tragen Sie es hier ein.",
	}
	if edits(p, who) {
		a.Links = []ui.Link{{Text: "Neues Zertifikat eintragen", URL: link.Fact(p.BodyKey, string(profile.Certificate), first.ID.String())}}
	}
	return a
}

// expires reports whether a certificate ends soon, or has ended, and none of the same purpose lasts longer.
func expires(p *profile.Profile, f profile.Fact) bool {
	end := f.Day(profile.ValidTo)
	if f.Kind != profile.Certificate || end == nil || end.After(onboarding.Notice(p.Today)) {
		return false
	}
	return !slices.ContainsFunc(p.Of(profile.Certificate), func(other profile.Fact) bool {
		last := other.Day(profile.ValidTo)
		return other.Get(profile.Purpose) == f.Get(profile.Purpose) && last != nil && last.After(*end)
	})
}

func section(p *profile.Profile, kind profile.Kind, who access.Actor, named bool) sectionView {
	spec, _ := kind.Spec()
	v := sectionView{ID: link.Section(string(kind)), Note: proves(p, kind)}
	if named {
		v.Heading = words[kind].heading
	}
	for _, f := range p.Of(kind) {
		v.Entries = append(v.Entries, entry(p, f, spec, who))
	}
	if kind == profile.Configuration {
		v.Warning = limitWarning(p.Limit())
	}
	if len(v.Entries) == 0 {
		v.Empty = "Noch nicht angegeben."
	}
	if edits(p, who) && (!spec.Single || len(v.Entries) == 0) {
		v.Add = ui.Link{Text: words[kind].add, URL: link.Fact(p.BodyKey, string(kind), link.New)}
	}
	return v
}

// proves says in how many onboardings facts of a kind count.
func proves(p *profile.Profile, kind profile.Kind) string {
	most := 0
	for _, key := range profile.StepsFor(kind) {
		most = max(most, p.Uses[key])
	}
	if most == 0 {
		return ""
	}
	return "zählt in " + ui.Count(most, "Anbindung", "Anbindungen")
}

func limitWarning(l profile.Limit) ui.AlertProps {
	used := strconv.Itoa(l.Used) + " von " + strconv.Itoa(l.Of) + " Konfigurationen sind belegt"
	switch {
	case l.Full():
		return ui.AlertProps{Tone: ui.Danger, Heading: used, Level: 3, Text: "Mehr kann ProGov Basic nicht. Wechseln Sie auf die Enterprise Version, oder entfernen Sie eine Konfiguration, die Sie nicht mehr brauchen."}
	case l.Near():
		return ui.AlertProps{Tone: ui.Warning, Heading: used, Level: 3, Text: "ProGov Basic hat noch Platz für eine. Planen Sie jetzt den Wechsel auf die Enterprise Version."}
	}
	return ui.AlertProps{}
}

func entry(p *profile.Profile, f profile.Fact, spec profile.Spec, who access.Actor) entryView {
	v := entryView{Title: title(f, spec), Facts: ui.FactsProps{Columns: true}, Confirmed: confirmed(f)}
	if end := f.Day(profile.ValidTo); f.Kind == profile.Certificate && end != nil {
		v.Status = ui.StatusProps{Kind: ui.Done, Text: "gültig"}
		if !end.After(onboarding.Notice(p.Today)) {
			v.Status = page.Expiry("Zertifikat", *end, p.Today)
		}
	}
	if f.Kind == profile.Contact && f.Released {
		v.Status = ui.StatusProps{Kind: ui.Open, Text: "für andere Kommunen sichtbar"}
	}
	for _, field := range spec.Fields {
		if value := f.Get(field.Name); value != "" && field.Name != titleOf[f.Kind] {
			v.Facts.Items = append(v.Facts.Items, fact(field, value))
		}
	}
	if f.Kind != profile.Backend && f.ServiceName != "" {
		v.Facts.Items = append(v.Facts.Items, ui.Fact{Term: "Leistung", Value: f.ServiceName})
	}
	if edits(p, who) {
		v.Edit = ui.Link{Text: "Ändern", Note: ": " + v.Title, URL: link.Fact(p.BodyKey, string(f.Kind), f.ID.String())}
	}
	return v
}

// titleOf names the detail that a fact is called by; the others stand below it.
var titleOf = map[profile.Kind]string{
	profile.Contact: profile.Name, profile.Mailbox: profile.Email, profile.PostOffice: profile.Product, profile.Configuration: profile.Name,
	profile.Variant: profile.Product, profile.Payment: profile.Product, profile.DMS: profile.Product, profile.Certificate: profile.Purpose, profile.DVDV: "key",
	profile.Destination: "destination",
}

func title(f profile.Fact, spec profile.Spec) string {
	switch name := titleOf[f.Kind]; {
	case f.Kind == profile.Backend:
		return f.ServiceName
	case name == "":
		return spec.Word
	default:
		return strings.ReplaceAll(f.Get(name), "\n", ", ")
	}
}

func fact(field profile.Field, value string) ui.Fact {
	found := ui.Fact{Term: field.Word, Value: strings.ReplaceAll(value, "\n", ", ")}
	switch {
	case field.Day:
		if d, err := time.Parse(time.DateOnly, value); err == nil {
			found.Value = ui.Date(d)
		}
	case field.Name == profile.Email:
		found.URL = "mailto:" + value
	case field.Name == profile.Phone:
		found.URL = "tel:" + strings.NewReplacer(" ", "", "-", "", "/", "", "(", "", ")", "").Replace(value)
	case strings.HasPrefix(value, "https://"):
		found.URL = value
	}
	return found
}

func confirmed(f profile.Fact) string {
	text := "bestätigt am " + ui.Date(f.ConfirmedAt)
	if f.ConfirmedBy != "" {
		text += " von " + f.ConfirmedBy
	}
	return text
}
