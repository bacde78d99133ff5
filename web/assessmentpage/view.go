package assessmentpage

import (
	"cmp"
	"math/bits"
	"slices"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/economics"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

type showView struct {
	Missing     []ui.Link // the sections without which nothing can be compared
	Sentence    string
	Bars        []bar
	Rows        []resultRow
	Payers      []payerRow
	Years       []string // heads of the table of years
	Paths       []pathRow
	Sensitivity []bar
	Reading     string // what the sensitivity says, in a sentence
	Notes       []string
	Frame       ui.FactsProps
	FrameURL    string
	Options     []optionPanel
	Formulas    []ui.Fact
}

// bar is drawn in thousandths of the width; the text says the same.
type bar struct {
	Name, Value string
	X, Width    string
	Zero        string // where nothing is
	Best        bool
}

type resultRow struct {
	Name, Once, Yearly, Effort, Nominal, Present, Capital, BreakEven string
	Best                                                             bool
}

type payerRow struct {
	Name   string
	Shares []string // by economics.Payers
}

type pathRow struct {
	Name   string
	Values []string
}

type optionPanel struct {
	ID, Name, URL, Act string
	Minutes            ui.FactsProps
	Items              []itemRow
	Empty              string
}

type itemRow struct{ Label, Kind, Payer, Amount, Source, Valid string }

func newShowView(d decision.Shown, who access.Actor) showView {
	a := d.Assessment()
	may := d.May(who, decision.ToReview)
	v := showView{Frame: ui.FactsProps{Items: frameFacts(a.Frame)}, Notes: notes(a, d.Today)}
	if may {
		v.FrameURL = link.AssessmentPart(d.ID, framePath)
	}
	for _, which := range economics.Alternatives {
		v.Options = append(v.Options, newOptionPanel(a.Option(which), d, may))
	}
	for _, m := range a.Missing() {
		url := ""
		if may {
			url = link.AssessmentPart(d.ID, partOf(m.Name))
		}
		v.Missing = append(v.Missing, ui.Link{Text: m.Text, URL: url})
	}
	figures := a.Figures()
	if r := figures.Compute(); len(r.Figures) > 0 {
		v.result(figures, r)
	}
	return v
}

// partOf is the form of a section that the room names.
func partOf(section string) string {
	if path := pathOf(economics.Alternative(section)); path != "" {
		return path
	}
	return framePath
}

func stateOf(a decision.Assessment) ui.StatusProps {
	if len(a.Missing()) > 0 {
		return ui.StatusProps{Kind: ui.Open, Text: "Unvollständig"}
	}
	return ui.StatusProps{Kind: ui.Done, Text: "Berechnet"}
}

func (v *showView) result(a economics.Assessment, r economics.Result) {
	least := slices.MinFunc(r.Figures, func(a, b economics.Figures) int { return cmp.Compare(a.PresentValue, b.PresentValue) }).PresentValue
	most := int64(1)
	for _, f := range r.Figures {
		most = max(most, f.PresentValue)
	}
	v.Sentence = ui.CapitalValue(r.Figures[0].CapitalValue, a.Years)
	for _, f := range r.Figures {
		best := f.PresentValue == least
		v.Bars = append(v.Bars, bar{Name: f.Alternative.Word(), Value: euro(f.PresentValue), X: "0", Width: thousandths(max(0, f.PresentValue), most), Best: best})
		v.Rows = append(v.Rows, newResultRow(f, best))
		row := payerRow{Name: f.Alternative.Word()}
		for _, p := range economics.Payers {
			row.Shares = append(row.Shares, euro(f.ByPayer[p]))
		}
		v.Payers = append(v.Payers, row)
		if f.Alternative != economics.AsIs {
			path := pathRow{Name: f.Alternative.Word()}
			for _, now := range f.Advantages {
				path.Values = append(path.Values, euro(now))
			}
			v.Paths = append(v.Paths, path)
		}
	}
	v.Years = []string{"Beginn"}
	for n := range a.Years {
		v.Years = append(v.Years, "Ende "+strconv.Itoa(a.FirstYear+n))
	}
	v.Sensitivity, v.Reading = sensitivity(r.Sensitivity)
	v.Formulas = formulas(a, r)
}

func newResultRow(f economics.Figures, best bool) resultRow {
	row := resultRow{
		Name: f.Alternative.Word(), Once: euro(f.Once), Yearly: euro(f.Yearly), Effort: euro(f.Effort), Nominal: euro(f.Nominal),
		Present: euro(f.PresentValue), Capital: euro(f.CapitalValue), BreakEven: breakEven(f), Best: best,
	}
	if f.Alternative == economics.AsIs {
		row.Capital, row.BreakEven = ui.NotApplicable, ui.NotApplicable
	}
	return row
}

func breakEven(f economics.Figures) string {
	switch f.BreakEven {
	case economics.Never:
		return "nicht im Zeitraum"
	case 0:
		return "von Beginn an"
	}
	return "nach Jahr " + strconv.Itoa(f.BreakEven)
}

func sensitivity(scenarios []economics.Scenario) (bars []bar, reading string) {
	low, high := int64(0), int64(1)
	lost := 0
	for _, s := range scenarios {
		low, high = min(low, s.CapitalValue), max(high, s.CapitalValue)
		if s.CapitalValue < 0 {
			lost++
		}
	}
	for _, s := range scenarios {
		from, to := min(0, s.CapitalValue), max(0, s.CapitalValue)
		bars = append(bars, bar{
			Name: scenarioName(s), Value: euro(s.CapitalValue), X: thousandths(from-low, high-low), Width: thousandths(to-from, high-low),
			Zero: thousandths(-low, high-low), Best: s.CapitalValue >= 0,
		})
	}
	switch lost {
	case 0:
		return bars, "Die Nachnutzung bleibt in allen fünf Rechnungen mindestens so günstig wie bisher."
	case len(scenarios):
		return bars, "Die Nachnutzung bleibt in allen fünf Rechnungen teurer als bisher."
	}
	return bars, "In " + strconv.Itoa(lost) + " von 5 Rechnungen ist die Nachnutzung teurer als bisher. Das Ergebnis hängt an diesen Annahmen."
}

func scenarioName(s economics.Scenario) string {
	sign := map[bool]string{true: "+", false: "−"}[s.Percent > 0]
	percent := sign + strconv.Itoa(max(s.Percent, -s.Percent)) + "\u00a0%"
	switch s.Varied {
	case economics.Cases:
		return "Fälle " + percent
	case economics.Price:
		return "Kosten der Nachnutzung " + percent
	}
	return "Wie berechnet"
}

// notes are what a careful reader would ask next.
func notes(a decision.Assessment, today time.Time) []string {
	var found []string
	end := time.Date(a.Frame.FirstYear+a.Frame.Years-1, time.December, 31, 0, 0, 0, 0, time.UTC)
	if until := a.Frame.PriceUntil; until != nil && until.Before(end) {
		found = append(found, "Die Preisbindung endet am "+ui.LongDate(*until)+", vor dem Ende des Zeitraums. Danach zahlt: "+a.Frame.PayerAfter+".")
	}
	old := 0
	for _, o := range a.Options {
		for _, i := range o.Items {
			if i.ValidUntil != nil && i.ValidUntil.Before(today) {
				old++
			}
		}
	}
	if old == 1 {
		found = append(found, "Ein Betrag gilt nach seiner Quelle nicht mehr. Prüfen Sie ihn.")
	} else if old > 1 {
		found = append(found, ui.Number(int64(old))+" Beträge gelten nach ihren Quellen nicht mehr. Prüfen Sie sie.")
	}
	return found
}

func frameFacts(f decision.Frame) []ui.Fact {
	if f.Years == 0 {
		return nil
	}
	with := func(value, source string) string {
		if source == "" {
			return value
		}
		return value + " (Quelle: " + source + ")"
	}
	found := []ui.Fact{
		{Term: "Zeitraum", Value: strconv.Itoa(f.FirstYear) + " bis " + strconv.Itoa(f.FirstYear+f.Years-1) + ", " + strconv.Itoa(f.Years) + " Jahre"},
		{Term: "Zinssatz", Value: with(percent(f.RateBP)+"\u00a0%", f.RateSource)},
		{Term: "Fälle im Jahr", Value: with(ui.Number(f.Cases), f.CasesSource)},
		{Term: "Kosten einer Arbeitsstunde", Value: with(euro(f.HourCents), f.HourSource)},
		{Term: "Preisbindung bis", Value: dateOf(f.PriceUntil)},
		{Term: "Danach zahlt", Value: f.PayerAfter},
	}
	if f.At != nil {
		found = append(found, ui.Fact{Term: "Gespeichert", Value: savedBy(f.Saved)})
	}
	return found
}

func savedBy(s decision.Saved) string {
	if s.Name == "" {
		return ui.Date(*s.At)
	}
	return ui.Date(*s.At) + ", " + s.Name
}

func newOptionPanel(o decision.Option, d decision.Shown, may bool) optionPanel {
	v := optionPanel{ID: "alternative-" + pathOf(o.Alternative), Name: o.Alternative.Word(), Act: "Beträge ändern", Empty: "Noch keine Beträge."}
	if may {
		v.URL = link.AssessmentPart(d.ID, pathOf(o.Alternative))
	}
	if !o.Filled() {
		v.Act = "Beträge eintragen"
		return v
	}
	minutes := ui.Number(o.Minutes) + " Minuten"
	if o.MinutesSource != "" {
		minutes += " (Quelle: " + o.MinutesSource + ")"
	}
	v.Minutes.Items = []ui.Fact{{Term: "Bearbeitung je Fall", Value: minutes}}
	if o.At != nil {
		v.Minutes.Items = append(v.Minutes.Items, ui.Fact{Term: "Gespeichert", Value: savedBy(o.Saved)})
	}
	for _, i := range o.Items {
		row := itemRow{i.Label, i.Kind.Word(), i.Payer.Word(), euro(i.Cents), i.Source, ui.NotApplicable}
		if i.ValidUntil != nil {
			row.Valid = ui.Date(*i.ValidUntil)
			if i.ValidUntil.Before(d.Today) {
				row.Valid += ", abgelaufen"
			}
		}
		v.Items = append(v.Items, row)
	}
	return v
}

// formulas say how the figures come about, with the figures of Nachnutzung filled in.
func formulas(a economics.Assessment, r economics.Result) []ui.Fact {
	f, before := r.Figures[0], r.Figures[len(r.Figures)-1]
	o := a.Option(economics.Reuse)
	n := strconv.Itoa(a.Years)
	return []ui.Fact{
		{Term: "Bearbeitung je Jahr", Value: "Fälle × Minuten ÷ 60 × Kosten je Stunde. Nachnutzung: " + ui.Number(a.Cases) + " × " + ui.Number(o.Minutes) + " ÷ 60 × " + euro(a.HourCents) + " = " + euro(f.Effort)},
		{Term: "Nominal", Value: "einmalig + " + n + " × (laufend + Bearbeitung). Nachnutzung: " + euro(f.Once) + " + " + n + " × (" + euro(f.Yearly) + " + " + euro(f.Effort) + ") = " + euro(f.Nominal)},
		{Term: "Barwert", Value: "einmalig + Summe über die Jahre t = 1 bis " + n + " von (laufend + Bearbeitung) ÷ (1 + " + percent(a.RateBP) + "\u00a0%)^t. Einmaliges fällt zu Beginn an, Laufendes am Ende jedes Jahres. Nachnutzung: " + euro(f.PresentValue)},
		{Term: "Kapitalwert", Value: "Barwert „Weiter wie bisher“ − Barwert der Alternative. Nachnutzung: " + euro(before.PresentValue) + " − " + euro(f.PresentValue) + " = " + euro(f.CapitalValue)},
		{Term: "Rechnet sich", Value: "das erste Jahr, nach dem der abgezinste Vorteil die Kosten deckt und bis zum Ende gedeckt hält"},
		{Term: "Wer trägt was", Value: "Beträge nach ihrem Träger, Bearbeitung bei den Kommunen"},
		{Term: "Rundung", Value: "Gerechnet wird mit genauen Brüchen. Gerundet wird einmal, am Ende, kaufmännisch auf Cent."},
	}
}

func euro(cents int64) string { return ui.RoundEuro(cents) }

// thousandths is a part of a whole for the width of a bar; neither is negative.
func thousandths(part, whole int64) string {
	high, low := bits.Mul64(uint64(part), 1000)
	n, _ := bits.Div64(high, low, uint64(whole))
	return strconv.FormatUint(n, 10)
}
