package dashboard

import "time"

// PillarMeans says how a pillar's figure comes about.
const PillarMeans = "Gezählt werden die Aufgaben der Musterprojektvorlage, die zu einer Säule gehören: die des Landes einmal je Leistung, " +
	"Basisaufgaben einmal je Einheit, alle anderen einmal je Anbindung. Was entfällt, zählt nicht mit. " +
	"Der Anteil ist: erledigte Aufgaben geteilt durch alle Aufgaben, abgerundet. Alle Aufgaben zählen gleich viel."

// Pillar is one of the four pillars: its steps, and what is due next.
type Pillar struct {
	No       int       `json:"no"`
	Done     int       `json:"done"`
	Active   int       `json:"active"`
	Relevant int       `json:"relevant"`
	Overdue  int       `json:"overdue"`
	Next     *NextStep `json:"next" db:"-"` // nil if nothing is due any more
}

// NextStep is the next step that falls due, from today on.
type NextStep struct {
	Title string    `json:"title"`
	DueOn time.Time `json:"due_on"`
	Count int       `json:"count"` // how many are due that day
}

// Share returns how much of the pillar is done.
func (p Pillar) Share() Share { return Share{p.Done, p.Relevant} }
