package decision

import (
	"strconv"

	"rollinportal/internal/economics"
	"rollinportal/internal/paper"
	"rollinportal/internal/workday"
)

// figureSection is the Wirtschaftlichkeitsbetrachtung with every figure, its source, and how the results come about.
func figureSection(a Assessment) paper.Section {
	s := paper.Section{Heading: "Wirtschaftlichkeitsbetrachtung"}
	if a.Frame.Years == 0 {
		s.Texts = []string{"Auf Zahlen wurde verzichtet. Die Begründung steht bei der Prüfung der Wirtschaftlichkeit."}
		return s
	}
	s.Parts = append(s.Parts, framePart(a.Frame))
	for _, which := range economics.Alternatives {
		if o := a.Option(which); o.Filled() {
			s.Parts = append(s.Parts, optionPart(o))
		}
	}
	figures := a.Figures()
	if r := figures.Compute(); len(r.Figures) > 0 {
		s.Parts = append(s.Parts, resultPart(figures, r), sensitivityPart(r), formulaPart(figures, r))
	}
	return s
}

func framePart(f Frame) paper.Section {
	return paper.Section{Heading: "Grundlagen", Facts: []paper.Fact{
		{Term: "Zeitraum", Value: span(f.Frame) + ", " + strconv.Itoa(f.Years) + " Jahre"},
		{Term: "Zinssatz", Value: economics.Percent(f.RateBP), Source: f.RateSource},
		{Term: "Fälle je Jahr", Value: economics.Number(f.Cases), Source: f.CasesSource},
		{Term: "Kosten einer Arbeitsstunde", Value: economics.Euro(f.HourCents), Source: f.HourSource},
		{Term: "Preisbindung bis", Value: orNone(workday.WrittenIf(f.PriceUntil))},
		{Term: "Danach zahlt", Value: orNone(f.PayerAfter)},
		{Term: "Zuletzt gespeichert", Value: by(f.At, f.Name)},
	}}
}

func optionPart(o Option) paper.Section {
	t := paper.Table{Caption: "Beträge: " + o.Alternative.Word(), Head: []string{"Betrag", "Art", "Träger", "Quelle", "Gültig bis", "Euro"}, Figures: 1}
	for _, i := range o.Items {
		t.Rows = append(t.Rows, []string{i.Label, i.Kind.Word(), i.Payer.Word(), i.Source, orNone(workday.WrittenIf(i.ValidUntil)), economics.Euro(i.Cents)})
	}
	s := paper.Section{Heading: o.Alternative.Word(), Facts: []paper.Fact{
		{Term: "Minuten je Fall", Value: economics.Number(o.Minutes), Source: o.MinutesSource},
		{Term: "Zuletzt gespeichert", Value: by(o.At, o.Name)},
	}}
	if len(t.Rows) > 0 {
		s.Tables = []paper.Table{t}
	}
	return s
}

func resultPart(a economics.Assessment, r economics.Result) paper.Section {
	sums := paper.Table{Caption: "Vergleich der Alternativen", Head: []string{"Alternative", "Einmalig", "Je Jahr", "Bearbeitung je Jahr", "Nominal", "Barwert", "Kapitalwert"}, Figures: 6}
	payers := paper.Table{Caption: "Barwert nach Träger", Head: []string{"Alternative"}, Figures: len(economics.Payers)}
	for _, p := range economics.Payers {
		payers.Head = append(payers.Head, p.Word())
	}
	path := paper.Table{Caption: "Abgezinster Vorteil gegenüber „" + economics.AsIs.Word() + "“", Head: []string{"Zeitpunkt"}}
	path.Rows = append(path.Rows, []string{"Beginn"})
	for n := range a.Years {
		path.Rows = append(path.Rows, []string{"Ende " + strconv.Itoa(a.FirstYear+n)})
	}
	paid := paper.Section{Heading: "Ergebnis"}
	for _, f := range r.Figures {
		name := f.Alternative.Word()
		gain := economics.Euro(f.CapitalValue)
		if f.Alternative == economics.AsIs {
			gain = "–" // it is what the others are compared to
		}
		sums.Rows = append(sums.Rows, []string{name, economics.Euro(f.Once), economics.Euro(f.Yearly), economics.Euro(f.Effort), economics.Euro(f.Nominal), economics.Euro(f.PresentValue), gain})
		row := []string{name}
		for _, p := range economics.Payers {
			row = append(row, economics.Euro(f.ByPayer[p]))
		}
		payers.Rows = append(payers.Rows, row)
		if f.Alternative == economics.AsIs {
			continue
		}
		path.Head = append(path.Head, name)
		path.Figures++
		for n, now := range f.Advantages {
			path.Rows[n] = append(path.Rows[n], economics.Euro(now))
		}
		paid.Facts = append(paid.Facts, paper.Fact{Term: name + " rechnet sich", Value: breakEven(f.BreakEven)})
	}
	paid.Tables = []paper.Table{sums, payers, path}
	return paid
}

func sensitivityPart(r economics.Result) paper.Section {
	t := paper.Table{Caption: "Kapitalwert der Nachnutzung, wenn eine Annahme sich ändert", Head: []string{"Annahme", "Kapitalwert"}, Figures: 1}
	names := map[economics.Varied]string{economics.Cases: "Fälle je Jahr", economics.Price: "Kosten der Nachnutzung"}
	for _, s := range r.Sensitivity {
		name := "Wie berechnet"
		if s.Varied != economics.Nothing {
			name = names[s.Varied] + " " + signed(s.Percent) + " %"
		}
		t.Rows = append(t.Rows, []string{name, economics.Euro(s.CapitalValue)})
	}
	return paper.Section{Heading: "Empfindlichkeit", Tables: []paper.Table{t}}
}

// formulaPart says how the figures come about, with those of Nachnutzung filled in.
func formulaPart(a economics.Assessment, r economics.Result) paper.Section {
	f, before, o, n := r.Figures[0], r.Figures[len(r.Figures)-1], a.Option(economics.Reuse), strconv.Itoa(a.Years)
	return paper.Section{Heading: "Rechenweg", Texts: []string{"Beispiele für die Alternative „" + economics.Reuse.Word() + "“."}, Facts: facts(
		"Bearbeitung je Jahr", "Fälle × Minuten ÷ 60 × Kosten je Stunde: "+economics.Number(a.Cases)+" × "+economics.Number(o.Minutes)+" ÷ 60 × "+economics.Euro(a.HourCents)+" = "+economics.Euro(f.Effort),
		"Nominal", "einmalig + "+n+" × (je Jahr + Bearbeitung): "+economics.Euro(f.Once)+" + "+n+" × ("+economics.Euro(f.Yearly)+" + "+economics.Euro(f.Effort)+") = "+economics.Euro(f.Nominal),
		"Barwert", "einmalig + Summe über die Jahre t = 1 bis "+n+" von (je Jahr + Bearbeitung) ÷ (1 + "+economics.Percent(a.RateBP)+")^t = "+economics.Euro(f.PresentValue),
		"Kapitalwert", "Barwert „"+economics.AsIs.Word()+"“ − Barwert der Alternative: "+economics.Euro(before.PresentValue)+" − "+economics.Euro(f.PresentValue)+" = "+economics.Euro(f.CapitalValue),
		"Zeitpunkte", "Einmaliges fällt zu Beginn an, Laufendes am Ende jedes Jahres.",
		"Rechnet sich", "Das erste Jahr, nach dem der abgezinste Vorteil die Kosten deckt und bis zum Ende gedeckt hält.",
		"Träger", "Beträge nach ihrem Träger, Bearbeitung bei den Kommunen.",
		"Rundung", "Gerechnet wird mit genauen Brüchen, gerundet einmal am Ende, kaufmännisch auf Cent.")}
}

func breakEven(year int) string {
	switch year {
	case economics.Never:
		return "nicht im Zeitraum"
	case 0:
		return "von Beginn an"
	}
	return "nach Jahr " + strconv.Itoa(year)
}

func signed(percent int) string {
	if percent < 0 {
		return "−" + strconv.Itoa(-percent)
	}
	return "+" + strconv.Itoa(percent)
}

func orNone(text string) string {
	if text == "" {
		return "nicht angegeben"
	}
	return text
}
