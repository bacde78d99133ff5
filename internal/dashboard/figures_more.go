package dashboard

import "rollinportal/internal/figure"

// Step is a step of the funnel: who has come to a stage or further.
type Step struct {
	Figure
	Stage Stage
}

func step(stage Stage, key, name, part string) Step {
	return Step{Figure{Meaning: figure.Meaning{
		Key: key, Name: name, Definition: "Von der Zusage zum Betrieb: Jede Stufe enthält die folgenden.", Part: part, Whole: LiveOnboardings.Whole,
		Apart: "Pausierte, abgelehnte und beendete Anbindungen stehen nur im Nenner.", Source: "domain.md 1.15",
	}, Of: func(p *Picture) Share { return p.Reached(stage) }}, stage}
}

// Funnel lists the stages that people ask for: promised, being connected, ready, live.
var Funnel = []Step{
	step(Preparing, "stufe-zugesagt", "Zugesagt", "Anbindungen, deren Einheit zugesagt hat, und alle, die weiter sind"),
	step(Connecting, "stufe-in-anbindung", "In Anbindung", "Anbindungen in „In Anbindung“ und alle, die weiter sind"),
	step(GoingLive, "stufe-bereit", "Bereit für Go-live", "Anbindungen in „Bereit für Go-live“ und alle, die weiter sind"),
	step(Live, "stufe-produktiv", "Produktiv", "Anbindungen im Stand „Produktiv“ oder „Regelbetrieb“"),
}

// What the panels of the Lagebild count besides.
var (
	LateByAge = Figure{Meaning: figure.Meaning{
		Key: "ueberfaellig-nach-dauer", Name: "Überfällige Aufgaben nach Dauer", Definition: "Dieselben Aufgaben, geordnet nach den Tagen seit ihrer Frist: bis 14, bis 30, bis 60 und mehr.",
		Part: "Überfällige Aufgaben je Zeitraum", Apart: "Tage, an denen eine Aufgabe bei anderen lag, zählen mit; die Liste nennt sie.", Source: "domain.md 6.3",
	}, Of: func(p *Picture) Share {
		sum := Share{}
		for _, n := range p.Late {
			sum.Part += n
		}
		return sum
	}}
	OpenObstacles = Figure{Meaning: figure.Meaning{
		Key: "offene-huerden", Name: "Offene Hürden", Definition: "Gemeldete Hürden, die noch niemand gelöst, hingenommen oder abgelehnt hat, nach Art.",
		Part: "Offene Hürden, die Sie sehen", Apart: "Zusammengeführte Hürden zählen einmal.", Source: "domain.md 1.13",
	}, Of: func(p *Picture) Share { return Share{Part: p.Obstacles.Sum()} }}
	EndingSoon = Figure{Meaning: figure.Meaning{
		Key: "fristen-90-tage", Name: "Was in 90 Tagen endet", Definition: "Beschlüsse, Preisbindungen, Verträge und Förderungen, deren letzter Tag in den nächsten 90 Tagen liegt.",
		Part: "Beschlüsse, Preisbindungen, Verträge und Förderungen", Apart: "Zurückgezogene Einträge zählen nicht mit.", Source: "domain.md 1.7",
	}, Of: func(p *Picture) Share { return Share{Part: p.Deadlines} }}
	EndingOnboardings = Figure{Meaning: figure.Meaning{
		Key: "zertifikat-laeuft-ab", Name: "Anbindungen mit ablaufendem Zertifikat", Definition: "Anbindungen, deren Basisaufgabe sich auf ein Zertifikat stützt, das bald abläuft oder abgelaufen ist.",
		Part: "Anbindungen, die sich darauf stützen", Apart: "Wo eine andere Stelle zuständig ist, zählt nicht mit.", Source: "domain.md 1.10",
	}, Of: func(p *Picture) Share { return Share{Part: p.Ending()} }}
)

// Panels lists the figures of the panels.
var Panels = []Figure{Funnel[0].Figure, Funnel[1].Figure, Funnel[2].Figure, Funnel[3].Figure, LateByAge, OpenObstacles, EndingSoon, EndingOnboardings}

// Where a service is live.
var (
	CoverageByBodies = figure.Figure[Coverage]{Meaning: figure.Meaning{
		Key: "abdeckung-einheiten", Name: "Abdeckung nach Einheiten", Definition: "Je Leistung im Roll-in.",
		Part: "Einheiten, in denen die Leistung produktiv ist", Whole: "Einheiten mit einer Anbindung dieser Leistung",
		Apart: "Wo eine andere Stelle zuständig ist, zählt nicht mit.", Source: "domain.md 6.3",
	}, Of: func(c Coverage) Share { return c.Bodies }}
	CoverageByPeople = figure.Figure[Coverage]{Meaning: figure.Meaning{
		Key: "abdeckung-einwohner", Name: "Abdeckung nach Einwohnern", Definition: "Je Leistung im Roll-in, nach der Einwohnerzahl der Stammdaten.",
		Part: "Einwohner der Einheiten, in denen die Leistung produktiv ist", Whole: "Einwohner aller Einheiten mit einer Anbindung dieser Leistung",
		Apart: "Fehlt die Zahl für eine Einheit, ist der Anteil nicht angegeben.", Source: "domain.md 4.1",
	}, Of: func(c Coverage) Share { return c.People }}
)

// What is counted of a party that steps lie with.
var (
	WaitingSteps = figure.Figure[Party]{Meaning: figure.Meaning{
		Key: "wartet-aufgaben", Name: "Aufgaben, die bei einer Stelle liegen", Definition: "Offene Aufgaben laufender Anbindungen, die eine Einheit als „Liegt bei anderen“ gemeldet hat.",
		Part: "Aufgaben, die heute bei der Stelle liegen", Apart: "Zurückgeholte und erledigte Aufgaben zählen nicht mit.", Source: "domain.md 1.12",
	}, Of: func(p Party) Share { return Share{Part: p.Steps} }}
	WaitingBodies = figure.Figure[Party]{Meaning: figure.Meaning{
		Key: "wartet-einheiten", Name: "Einheiten, die auf eine Stelle warten", Definition: "Einheiten mit mindestens einer solchen Aufgabe.",
		Part: "Einheiten mit einer Aufgabe bei der Stelle", Apart: "Jede Einheit zählt einmal.", Source: "domain.md 1.12",
	}, Of: func(p Party) Share { return Share{Part: p.Bodies} }}
	WaitingMedian = figure.Figure[Party]{Meaning: figure.Meaning{
		Key: "wartet-median", Name: "Dauer im Median", Definition: "Der mittlere Wert: Die Hälfte der Aufgaben liegt kürzer dort, die Hälfte länger.",
		Part: "Tage seit dem gemeldeten Tag bis heute", Apart: "Aufgaben, die nicht mehr dort liegen, zählen nicht mit.", Source: "domain.md 1.12",
	}, Of: func(p Party) Share { return Share{Part: p.Median} }}
	WaitingLongest = figure.Figure[Party]{Meaning: figure.Meaning{
		Key: "wartet-laengste", Name: "Längste Dauer", Definition: "Wie lange die älteste dieser Aufgaben schon dort liegt.",
		Part: "Tage seit dem gemeldeten Tag bis heute", Apart: "Aufgaben, die nicht mehr dort liegen, zählen nicht mit.", Source: "domain.md 1.12",
	}, Of: func(p Party) Share { return Share{Part: p.Longest} }}
)

// What is counted of a body.
var (
	LiveInBody = figure.Figure[BodyRow]{Meaning: figure.Meaning{
		Key: "einheit-produktiv", Name: "Produktive Anbindungen einer Einheit", Definition: "Wie auf dem Lagebild, für eine Einheit.",
		Part: "Anbindungen der Einheit im Stand „Produktiv“ oder „Regelbetrieb“", Whole: "Alle Anbindungen der Einheit", Apart: LiveOnboardings.Apart, Source: LiveOnboardings.Source,
	}, Of: BodyRow.Share}
	InWorkInBody = figure.Figure[BodyRow]{Meaning: figure.Meaning{
		Key: "einheit-in-arbeit", Name: "Anbindungen einer Einheit in Arbeit", Definition: "Begonnen und noch nicht produktiv.",
		Part: "Anbindungen von „Zugesagt“ bis „Bereit für Go-live“", Apart: "Pausierte, abgelehnte und noch nicht begonnene zählen nicht dazu.", Source: LiveOnboardings.Source,
	}, Of: func(b BodyRow) Share { return Share{Part: b.InWork} }}
	LateInBody = figure.Figure[BodyRow]{Meaning: figure.Meaning{
		Key: "einheit-ueberfaellig", Name: "Überfällige Aufgaben einer Einheit", Definition: OverdueMeans,
		Part: "Überfällige Aufgaben der Einheit", Apart: OverdueTasks.Apart, Source: OverdueTasks.Source,
	}, Of: func(b BodyRow) Share { return Share{Part: b.Overdue} }}
)

// What is counted for whoever sees no names.
var (
	LiveInAll = figure.Figure[*Summary]{Meaning: LiveOnboardings.Meaning, Of: (*Summary).Live}
	AreaInAll = figure.Figure[*Summary]{Meaning: CoveredServices.Meaning, Of: func(s *Summary) Share {
		counts := s.Count()
		return Share{Part: counts[Area], Whole: counts[Area] + counts[RollingIn]}
	}}
)

// GroupsMean says what becomes of small numbers where somebody sees counts alone.
const GroupsMean = "Gremien und Verbände lesen Zahlen ohne Namen. Gruppen von einer oder zwei Anbindungen stünden für eine Einheit: " +
	"Sie sind mit anderen zusammengefasst oder heißen „unter 3“. Solche Zahlen führen zu keiner Liste."
