package assessmentpage

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/internal/fault"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// The buttons of the form of an alternative: each sends the whole form and says what to do with it.
const (
	stepField = "schritt"
	addOne    = "hinzufuegen"
	removeOne = "entfernen-" // and the number of the amount
	toDraft   = "entwurf"
	toDrop    = "verwerfen"
)

var (
	frameFields  = []string{"version", stepField, "first_year", "years", "rate", "rate_source", "cases", "cases_source", "hour", "hour_source", "price_until", "payer_after"}
	optionFields = []string{"version", stepField, "minutes", "minutes_source", "label" + page.Many, "kind" + page.Many, "payer" + page.Many, "amount" + page.Many, "source" + page.Many, "valid" + page.Many}
)

// frameForm is what people typed, as they typed it.
type frameForm struct {
	Version                                                                                          int64
	FirstYear, Years, Rate, RateSource, Cases, CasesSource, Hour, HourSource, PriceUntil, PayerAfter string
}

func readFrame(sent page.Form) (frameForm, error) {
	version, err := sent.Version()
	return frameOf(sent, version), err
}

func frameOf(sent page.Form, version int64) frameForm {
	return frameForm{
		version, sent.Text("first_year"), sent.Text("years"), sent.Text("rate"), sent.Text("rate_source"), sent.Text("cases"), sent.Text("cases_source"),
		sent.Text("hour"), sent.Text("hour_source"), sent.Text("price_until"), sent.Text("payer_after"),
	}
}

// frameFormOf fills the form with what somebody has begun, with what is saved, or with what the catalogue knows.
func frameFormOf(saved decision.Frame, d decision.Shown) frameForm {
	if saved.Draft != nil {
		return frameOf(page.FormOf(saved.Draft.Typed), saved.Version)
	}
	if saved.Years == 0 {
		f := frameForm{Version: saved.Version, FirstYear: strconv.Itoa(d.Today.Year() + 1), Years: "5"}
		if d.PriceUntil != nil {
			f.PriceUntil = ui.Date(*d.PriceUntil)
		}
		return f
	}
	return frameForm{
		Version: saved.Version, FirstYear: strconv.Itoa(saved.FirstYear), Years: strconv.Itoa(saved.Years), Rate: percent(saved.RateBP), RateSource: saved.RateSource,
		Cases: ui.Number(saved.Cases), CasesSource: saved.CasesSource, Hour: amount(saved.HourCents), HourSource: saved.HourSource,
		PriceUntil: dateOf(saved.PriceUntil), PayerAfter: saved.PayerAfter,
	}
}

// unread says which fields could not be read, and why. The room complains about them as well; this says it better.
type unread map[string]string

// complain is the room's complaints and what could not be read, in words about what was typed.
func (u unread) complain(checked error) error {
	var wrong page.Errors
	if err := wrong.Merge(checked); checked != nil && err != nil {
		return err
	}
	for i, f := range wrong {
		if text := u[f.Name]; text != "" {
			wrong[i].Text = text
		}
	}
	for _, field := range slices.Sorted(maps.Keys(u)) {
		if wrong.For(field) == "" {
			wrong.Add(field, u[field])
		}
	}
	return fault.Wrong(wrong).Err()
}

// impossible is a value that no figure may have: the room refuses it.
const impossible = -1

// money reads an amount; nothing typed is nothing.
func (u unread) money(field, text string) int64 { return u.number(field, text, ui.ParseMoney) }

func (u unread) whole(field, text string) int64 { return u.number(field, text, ui.ParseNumber) }

func (u unread) number(field, text string, parse func(string) (int64, error)) int64 {
	if text == "" {
		return 0
	}
	if strings.HasPrefix(text, "-") || strings.HasPrefix(text, "−") {
		return impossible
	}
	n, err := parse(text)
	if err != nil {
		u[field] = err.Error()
		return impossible
	}
	return n
}

func (u unread) date(field, text string) *time.Time {
	if text == "" {
		return nil
	}
	day, err := ui.ParseDate(text)
	if err != nil {
		u[field] = err.Error()
		return nil
	}
	return &day
}

func (f frameForm) frame() (economics.Frame, unread) {
	u := unread{}
	found := economics.Frame{
		FirstYear: int(u.whole("first_year", f.FirstYear)), Years: int(u.whole("years", f.Years)), RateBP: u.money("rate", strings.TrimSuffix(f.Rate, "%")),
		RateSource: f.RateSource, Cases: u.whole("cases", f.Cases), CasesSource: f.CasesSource, HourCents: u.money("hour", f.Hour), HourSource: f.HourSource,
		PriceUntil: u.date("price_until", f.PriceUntil), PayerAfter: f.PayerAfter,
	}
	if f.Rate != "" && u["rate"] != "" {
		u["rate"] = "Geben Sie den Zinssatz in Prozent ein, zum Beispiel 2,5."
	}
	return found, u
}

// optionForm is what people typed about an alternative.
type optionForm struct {
	Version                int64
	Which                  economics.Alternative
	Step                   string
	Minutes, MinutesSource string
	Items                  []itemForm
}

type itemForm struct{ Label, Kind, Payer, Amount, Source, Valid string }

// empty reports whether nothing was typed; the two selects always say something.
func (i itemForm) empty() bool {
	return i.Label == "" && i.Amount == "" && i.Source == "" && i.Valid == ""
}

func readOption(sent page.Form, which economics.Alternative) (optionForm, error) {
	version, err := sent.Version()
	return optionOf(sent, which, version), err
}

func optionOf(sent page.Form, which economics.Alternative, version int64) optionForm {
	f := optionForm{Version: version, Which: which, Step: sent.Text(stepField), Minutes: sent.Text("minutes"), MinutesSource: sent.Text("minutes_source")}
	kinds, payers, amounts, sources, valid := sent.All("kind"), sent.All("payer"), sent.All("amount"), sent.All("source"), sent.All("valid")
	for i, label := range sent.All("label") {
		f.Items = append(f.Items, itemForm{strings.TrimSpace(label), at(kinds, i), at(payers, i), at(amounts, i), at(sources, i), at(valid, i)})
	}
	return f
}

func at(values []string, i int) string {
	if i >= len(values) {
		return ""
	}
	return strings.TrimSpace(values[i])
}

// optionFormOf fills the form with what somebody has begun, with what is saved, or with the prices of the catalogue.
func optionFormOf(saved decision.Option, d decision.Shown) optionForm {
	if saved.Draft != nil {
		return optionOf(page.FormOf(saved.Draft.Typed), saved.Alternative, saved.Version)
	}
	f := optionForm{Version: saved.Version, Which: saved.Alternative, MinutesSource: saved.MinutesSource}
	if saved.At != nil {
		f.Minutes = ui.Number(saved.Minutes)
	}
	for _, i := range saved.Items {
		f.Items = append(f.Items, itemForm{i.Label, string(i.Kind), string(i.Payer), amount(i.Cents), i.Source, dateOf(i.ValidUntil)})
	}
	if saved.At == nil && saved.Alternative == economics.Reuse {
		f.Items = pricesOf(d)
	}
	return f
}

// pricesOf are the provider's prices as the catalogue has them: a beginning, to be checked.
func pricesOf(d decision.Shown) []itemForm {
	source := "Leistungskatalog"
	if d.CheckedOn != nil {
		source += ", geprüft am " + ui.Date(*d.CheckedOn)
	}
	var found []itemForm
	if d.PriceOnce != nil && d.Competent > 0 {
		label := "Anbindung von " + ui.Count(d.Competent, "Einheit", "Einheiten")
		found = append(found, itemForm{label, string(economics.CostOnce), string(economics.Land), amount(*d.PriceOnce * int64(d.Competent)), source, dateOf(d.PriceUntil)})
	}
	if d.PriceYearly != nil {
		found = append(found, itemForm{"Nutzungsentgelt", string(economics.CostYearly), string(economics.Land), amount(*d.PriceYearly), source, dateOf(d.PriceUntil)})
	}
	return found
}

// edited adds or removes an amount, as the button asked for.
func (f optionForm) edited() (optionForm, bool) {
	if f.Step == addOne {
		f.Items = append(f.Items, itemForm{})
		return f, true
	}
	no, ok := strings.CutPrefix(f.Step, removeOne)
	if !ok {
		return f, false
	}
	if i, err := strconv.Atoi(no); err == nil && i >= 1 && i <= len(f.Items) {
		f.Items = append(f.Items[:i-1:i-1], f.Items[i:]...)
	}
	return f, true
}

// filled leaves out the amounts in which nothing was typed.
func (f optionForm) filled() optionForm {
	var kept []itemForm
	for _, i := range f.Items {
		if !i.empty() {
			kept = append(kept, i)
		}
	}
	f.Items = kept
	return f
}

func (f optionForm) option() (economics.Option, unread) {
	u := unread{}
	found := economics.Option{Alternative: f.Which, Minutes: u.whole("minutes", f.Minutes), MinutesSource: f.MinutesSource}
	for i, item := range f.Items {
		found.Items = append(found.Items, economics.Item{
			Label: item.Label, Kind: economics.Kind(item.Kind), Payer: economics.Payer(item.Payer), Source: item.Source,
			Cents: u.money(numbered("amount", i), item.Amount), ValidUntil: u.date(numbered("valid", i), item.Valid),
		})
	}
	return found, u
}

// numbered is the field of an amount, counted from 0, as the room calls it: "label-1".
func numbered(field string, i int) string { return field + "-" + strconv.Itoa(i+1) }

func dateOf(t *time.Time) string {
	if t == nil {
		return ""
	}
	return ui.Date(*t)
}

// amount writes cents as people type them: "1.250,50".
func amount(cents int64) string { return strings.TrimSuffix(ui.Euro(cents), "\u00a0€") }

// percent writes hundredths of a percent: "2,5".
func percent(bp int64) string {
	text := amount(bp)
	if strings.Contains(text, ",") {
		text = strings.TrimSuffix(text, "0")
	}
	return text
}
