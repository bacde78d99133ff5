package catalogpage

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/fault"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

const (
	stepField = "schritt"
	toRemove  = "entfernen"
)

// Fact shows the form for what a source says; the address may name the fact and the source.
func (p Pages) Fact(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	found, err := p.Catalog.ShowFacts(r.Context(), who, chi.URLParam(r, "leistung"))
	if err != nil {
		return err
	}
	f := factForm{Fact: r.URL.Query().Get("angabe"), Source: r.URL.Query().Get("quelle"), Version: "0"}
	if saved, known := factOf(found, f); known {
		f = factForm{f.Fact, f.Source, saved.Value, ui.Date(saved.CheckedOn), saved.Address, strconv.FormatInt(saved.Version, 10)}
	}
	return p.renderFact(w, r, who, http.StatusOK, found, f, nil)
}

// SaveFact enters what a source says, or takes it away; what somebody else entered meanwhile stands beside it.
func (p Pages) SaveFact(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	slug := chi.URLParam(r, "leistung")
	sent, err := page.ReadForm(w, r, "fact", "source", "value", "checked_on", "address", "version", stepField)
	if err != nil {
		return err
	}
	f := factForm{sent.Text("fact"), sent.Text("source"), sent.Text("value"), sent.Text("checked_on"), sent.Text("address"), sent.Text("version")}
	version, err := strconv.ParseInt(f.Version, 10, 64)
	if err != nil || version < 0 {
		return fault.New(fault.Invalid, "Dem Formular fehlt der Stand, auf dem es beruht. Laden Sie die Seite neu.")
	}
	entered, wrong := f.fact(version)
	var cause error
	switch {
	case sent.Text(stepField) == toRemove:
		wrong, cause = nil, p.Catalog.WithdrawFact(r.Context(), who, slug, entered.Kind, entered.Source, version)
	case len(wrong) == 0:
		cause = p.Catalog.SetFact(r.Context(), who, slug, entered)
	}
	if cause == nil && len(wrong) == 0 {
		return page.Redirect(w, r, link.Service(slug), page.Saved)
	}
	status, err := wrong.Status(cause)
	if err != nil {
		return err
	}
	found, err := p.Catalog.ShowFacts(r.Context(), who, slug)
	switch {
	case err != nil:
		return err
	case status == http.StatusUnprocessableEntity:
		return p.renderFact(w, r, who, status, found, f, wrong)
	}
	now, _ := factOf(found, f)
	return p.Shell.RenderClash(w, r, who, page.Clash{
		Page: factHead(found), Action: link.Facts(slug), Current: link.Service(slug), Form: sent, Version: now.Version,
		Rows: []ui.ConflictRow{
			{Field: "Angabe", Mine: f.Value, Theirs: now.Value},
			{Field: "Geprüft am", Mine: f.CheckedOn, Theirs: ui.Date(now.CheckedOn)},
			{Field: "Adresse", Mine: f.Address, Theirs: now.Address},
		},
	})
}

func factOf(s catalog.Listed, f factForm) (catalog.Fact, bool) {
	i := slices.IndexFunc(s.Facts, func(o catalog.Fact) bool { return string(o.Kind) == f.Fact && string(o.Source) == f.Source })
	if i < 0 {
		return catalog.Fact{}, false
	}
	return s.Facts[i], true
}

// factForm is what people typed, as they typed it.
type factForm struct{ Fact, Source, Value, CheckedOn, Address, Version string }

// fact reads the form. Amounts and days are written in one way, so that the same is no contradiction.
func (f factForm) fact(version int64) (catalog.Fact, page.Errors) {
	var wrong page.Errors
	read := catalog.Fact{Kind: catalog.FactKind(f.Fact), Source: catalog.Source(f.Source), Value: f.Value, Address: f.Address, Version: version}
	switch read.Kind.Shape() {
	case catalog.Money:
		if cents := money(&wrong, "value", f.Value); cents != nil {
			read.Value = ui.EuroExact(*cents)
		}
	case catalog.Day:
		if on := date(&wrong, "value", f.Value); on != nil {
			read.Value = ui.Date(*on)
		}
	case catalog.Words:
	}
	on, err := ui.ParseDate(f.CheckedOn)
	if err != nil {
		wrong.Add("checked_on", err.Error())
	}
	read.CheckedOn = on
	return read, wrong
}

type factView struct {
	Errors                                    []ui.FieldError
	URL, Version, Back                        string
	Known                                     bool // it stands there already: fact and source stay, and it may go
	Name                                      string
	Kind, From, Value, CheckedOn, AddressLink ui.Field
}

func newFactView(s catalog.Listed, f factForm, wrong page.Errors) factView {
	_, known := factOf(s, f)
	v := factView{
		Errors: wrong.Summary(), URL: link.Facts(s.Slug), Version: f.Version, Back: link.Service(s.Slug), Known: known && f.Version != "0",
		Name:        catalog.FactKind(f.Fact).Word() + " laut " + catalog.Source(f.Source).Word(),
		Kind:        ui.Field{Name: "fact", Label: "Worum geht es?", Value: f.Fact, Error: wrong.For("fact"), Empty: "Bitte wählen"},
		From:        ui.Field{Name: "source", Label: "Quelle", Value: f.Source, Error: wrong.For("source"), Empty: "Bitte wählen"},
		Value:       ui.Field{Name: "value", Label: "Was sagt die Quelle?", Value: f.Value, Error: wrong.For("value"), MaxLength: 300, Hint: "Beträge in Euro, Tage wie 31.12.2027."},
		CheckedOn:   ui.Field{Name: "checked_on", Label: "Geprüft am", Value: f.CheckedOn, Error: wrong.For("checked_on")},
		AddressLink: ui.Field{Name: "address", Label: "Adresse", Value: f.Address, Error: wrong.For("address"), Optional: true, Type: "url", MaxLength: 500, Hint: "Wo das steht, zum Beispiel https://fit-store.example/dienst"},
	}
	for _, k := range catalog.FactKinds {
		v.Kind.Options = append(v.Kind.Options, ui.Option{Value: string(k), Text: k.Word()})
	}
	for _, s := range catalog.Sources {
		v.From.Options = append(v.From.Options, ui.Option{Value: string(s), Text: s.Word()})
	}
	return v
}

func factHead(s catalog.Listed) ui.Page {
	return ui.Page{
		Heading: "Angabe einer Quelle", Meta: s.Name, Narrow: true,
		Crumbs: []ui.Link{{Text: "Leistungen", URL: link.Services}, {Text: s.Name, URL: link.Service(s.Slug)}, {Text: "Angabe einer Quelle"}},
	}
}

func (p Pages) renderFact(w http.ResponseWriter, r *http.Request, who access.Actor, status int, s catalog.Listed, f factForm, wrong page.Errors) error {
	head := factHead(s)
	return p.Shell.Render(w, r, who, status, head, fact(newFactView(s, f, wrong)))
}
