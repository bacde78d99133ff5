package dashboard

import (
	"math/big"
	"strconv"
	"time"

	"rollinportal/internal/event"
	"rollinportal/internal/survey"
)

// PillarMeans says how a pillar's figure comes about.
const PillarMeans = "Eine Säule setzt sich aus Teilen zusammen. Jeder Teil ist ein Anteil: Zähler geteilt durch Nenner. " +
	"Der Wert der Säule ist das Mittel ihrer Teile, abgerundet; alle Teile zählen gleich viel. " +
	"Ein Teil ohne Nenner zählt nicht mit."

// PillarTasksMean says which steps the part "Aufgaben" of a pillar counts.
const PillarTasksMean = "Gezählt werden die Aufgaben der Musterprojektvorlage, die zu einer Säule gehören: die des Landes einmal je Leistung, " +
	"Basisaufgaben einmal je Einheit, alle anderen einmal je Anbindung. Was entfällt, zählt nicht mit. " +
	"DVDV-Einträge, Zertifikate, E-Payment und Leitfäden sind Aufgaben und zugleich ein eigener Teil: Ohne sie kommt kein Antrag an."

// PillarLeavesOut says what belongs to a pillar and is not counted, and why.
const PillarLeavesOut = "Ob Berichte rechtzeitig bei den Gremien sind, zählt in Säule 4 nicht mit: Jedes Gremium ruft seinen Bericht selbst ab, für jeden Stichtag. " +
	"Einen Versand mit Termin, der pünktlich oder zu spät sein könnte, gibt es nicht."

// PillarNames are the names of the four pillars.
var PillarNames = map[int]string{1: "Strukturen und Rollen", 2: "Unterstützung der Kommunen", 3: "Informationen und Werkzeuge", 4: "Zusammenarbeit und Austausch"}

// Pillar is one of the four pillars: what it is counted from, its steps, and what is due next.
type Pillar struct {
	No       int       `json:"no"`
	Done     int       `json:"done"`
	Active   int       `json:"active"`
	Relevant int       `json:"relevant"`
	Overdue  int       `json:"overdue"`
	Next     *NextStep `json:"next" db:"-"`   // nil if nothing is due any more
	Before   *Share    `json:"before" db:"-"` // its steps on the day that a Summary is compared with; nil: nobody wrote them down
}

// NextStep is the next step that falls due, from today on.
type NextStep struct {
	Title string    `json:"title"`
	DueOn time.Time `json:"due_on"`
}

// Share returns how much of the pillar's steps is done.
func (p Pillar) Share() Share { return Share{Part: p.Done, Whole: p.Relevant} }

// Fact is a part of a pillar: what is counted, and out of what. The page of definitions says of it what Of computes.
type Fact struct {
	Key    string // in addresses
	Pillar int
	Name   string
	Part   string // what is counted
	Whole  string // out of what

	of func(*Picture) Share
}

// Of computes the part; nothing out of nothing where the reader does not know.
func (f Fact) Of(p *Picture) Share { return f.of(p) }

// The keys of the steps that are a part of their own. The index step_of_facts has these words.
const (
	DVDVStep        = "k_dvdv"
	CertificateStep = "k_cert"
	PaymentStep     = "k_payment"
	GuideStep       = "l_guide"
)

const allBodies = "Alle Landkreise und kreisfreien Städte"

// The parts of the pillars besides their steps.
var (
	RolesNamed = Fact{
		Key: "rollen", Pillar: 1, Name: "Rollen benannt", Part: "Einheiten, deren Profil Koordination und Stellvertretung nennt", Whole: allBodies,
		of: func(p *Picture) Share { return p.bodiesWith(func(b Body) *bool { return b.Roles }) },
	}
	TimelyDecisions = Fact{
		Key: "termintreue", Pillar: 1, Name: "Entscheidungen im Termin", Part: "Entscheidungen, die bis zum erbetenen Termin gefallen sind",
		Whole: "Entscheidungen mit erbetenem Termin, die gefallen sind oder deren Termin vorbei ist",
		of:    func(p *Picture) Share { return p.timely },
	}
	DVDVEntries = Fact{
		Key: "dvdv", Pillar: 2, Name: "DVDV-Einträge", Part: "Erledigte Aufgaben „DVDV-Eintrag veranlassen“", Whole: "Alle diese Aufgaben, die nicht entfallen",
		of: func(p *Picture) Share { return p.byStep[DVDVStep] },
	}
	Certificates = Fact{
		Key: "zertifikate", Pillar: 2, Name: "Zertifikate", Part: "Einheiten mit gültigem Zertifikat: erledigte Basisaufgabe „Zertifikat beantragen“", Whole: "Einheiten, die ein Zertifikat brauchen",
		of: func(p *Picture) Share { return p.byStep[CertificateStep] },
	}
	BaseServices = Fact{
		Key: "basisdienste", Pillar: 2, Name: "Basisdienst E-Payment", Part: "Erledigte Basisaufgaben „E-Payment einrichten“", Whole: "Einheiten, die E-Payment brauchen",
		of: func(p *Picture) Share { return p.byStep[PaymentStep] },
	}
	FundedServices = Fact{
		Key: "finanzierung", Pillar: 2, Name: "Finanzierung", Part: "Leistungen im Roll-in, für die heute eine Förderung läuft", Whole: "Alle Leistungen im Roll-in",
		of: func(p *Picture) Share { return p.servicesWith(func(l Line) bool { return l.Funded }) },
	}
	CompleteServices = Fact{
		Key: "steckbriefe", Pillar: 3, Name: "Steckbriefe vollständig", Whole: "Alle Leistungen im Roll-in",
		Part: "Leistungen im Roll-in, deren Steckbrief OZG-ID, LeiKa-Schlüssel, Themenfeld, Fachressort, Betreiber, Transportweg, Quelle und Prüfdatum nennt",
		of:   func(p *Picture) Share { return p.servicesWith(func(l Line) bool { return l.Complete }) },
	}
	Guides = Fact{
		Key: "leitfaeden", Pillar: 3, Name: "Leitfäden", Part: "Erledigte Aufgaben „Informationsschreiben und technischer Leitfaden“", Whole: "Alle diese Aufgaben, die nicht entfallen",
		of: func(p *Picture) Share { return p.byStep[GuideStep] },
	}
	Surveys = Fact{
		Key: "umfragen", Pillar: 3, Name: "Umfragen aktuell", Whole: "Einheiten, die schon zu einer Umfrage eingeladen waren",
		Part: "Einheiten, deren letzte Antwort angenommen oder unverändert bestätigt und höchstens " + strconv.Itoa(survey.Fresh) + " Monate alt ist",
		of:   func(p *Picture) Share { return p.bodiesWith(func(b Body) *bool { return b.Current }) },
	}
	AnsweredQuestions = Fact{
		Key: "fragen", Pillar: 4, Name: "Fragen beantwortet", Part: "Fragen der Einheiten, die beantwortet oder abgeschlossen sind", Whole: "Alle Fragen, die Sie sehen",
		of: func(p *Picture) Share { return p.answered },
	}
	SharedExperience = Fact{
		Key: "erfahrungen", Pillar: 4, Name: "Erfahrungen geteilt", Part: "Einheiten, die mindestens eine Erfahrung freigegeben haben", Whole: allBodies,
		of: func(p *Picture) Share { return p.bodiesWith(func(b Body) *bool { return &b.Shares }) },
	}
	Participation = Fact{
		Key: "teilnahme", Pillar: 4, Name: "Teilnahme an Terminen", Whole: allBodies,
		Part: "Einheiten, die in den letzten " + strconv.Itoa(event.Recent) + " Monaten an einem Termin teilgenommen haben",
		of:   func(p *Picture) Share { return p.bodiesWith(func(b Body) *bool { return b.Attends }) },
	}
)

// Facts lists the parts of the pillars: of each its steps first.
var Facts = []Fact{
	tasksOf(1), RolesNamed, TimelyDecisions,
	tasksOf(2), DVDVEntries, Certificates, BaseServices, FundedServices,
	tasksOf(3), CompleteServices, Guides, Surveys,
	tasksOf(4), AnsweredQuestions, SharedExperience, Participation,
}

// TasksKey is the key of the part that counts the steps of a pillar.
const TasksKey = "aufgaben"

func tasksOf(pillar int) Fact {
	return Fact{
		Key: TasksKey, Pillar: pillar, Name: "Aufgaben", Part: "Erledigte Aufgaben der Säule", Whole: "Alle Aufgaben der Säule, die nicht entfallen",
		of: func(p *Picture) Share { return p.Pillars[pillar-1].Share() },
	}
}

// FactsOf returns the parts of a pillar.
func FactsOf(pillar int) []Fact {
	var found []Fact
	for _, f := range Facts {
		if f.Pillar == pillar {
			found = append(found, f)
		}
	}
	return found
}

// Score is the value of a pillar in percent: the mean of its parts, rounded down, and of how many parts it is the mean.
func (p *Picture) Score(pillar int) (percent, parts int) {
	var shares []Share
	for _, f := range FactsOf(pillar) {
		shares = append(shares, f.Of(p))
	}
	return mean(shares)
}

// mean returns the mean of all shares that have a whole. It reckons in fractions: 100 % means that nothing is left.
func mean(shares []Share) (percent, of int) {
	sum := new(big.Rat)
	for _, s := range shares {
		if s.Whole > 0 {
			sum.Add(sum, big.NewRat(int64(s.Part), int64(s.Whole)))
			of++
		}
	}
	if of == 0 {
		return 0, 0
	}
	sum.Mul(sum, big.NewRat(100, int64(of)))
	return int(new(big.Int).Quo(sum.Num(), sum.Denom()).Int64()), of
}

// bodiesWith counts the bodies for which something holds; nothing out of nothing where the reader may not know.
func (p *Picture) bodiesWith(holds func(Body) *bool) Share {
	var sum Share
	for _, b := range p.Bodies {
		if known := holds(b); known != nil {
			sum.Whole++
			if *known {
				sum.Part++
			}
		}
	}
	return sum
}

// servicesWith counts the services in roll-in for which something holds.
func (p *Picture) servicesWith(holds func(Line) bool) Share {
	var sum Share
	for _, l := range p.RolledIn() {
		sum.Whole++
		if holds(l) {
			sum.Part++
		}
	}
	return sum
}
