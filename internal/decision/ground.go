package decision

import "slices"

// Ground is the coded reason of a decision: one word that can be counted. The text beside it says the rest.
type Ground string

// Grounds lists the codes that an outcome may lean on, the usual one first; Revoked has its own.
var Grounds = map[State][]Ground{
	Approved:               {"economic", "suitable", "mandated"},
	ApprovedWithConditions: {"economic", "suitable", "mandated"},
	Rejected:               {"uneconomic", "unsuitable", "own_solution", "few_cases", "legal"},
	Deferred:               {"price_open", "incomplete", "provider_late", "budget"},
	Revoked:                {"provider_ended", "price_changed", "legal", "budget", "better_solution"},
}

var groundWords = map[Ground]string{
	"economic": "Wirtschaftlicher als die Alternativen", "suitable": "Fachlich und technisch geeignet", "mandated": "Rechtlich oder durch Beschluss geboten",
	"uneconomic": "Nicht wirtschaftlich", "unsuitable": "Fachlich oder technisch nicht geeignet", "own_solution": "Eigene Lösung vorhanden oder besser",
	"few_cases": "Zu wenige Fälle", "legal": "Rechtliche Gründe", "price_open": "Preis nicht verbindlich", "incomplete": "Unterlagen unvollständig",
	"provider_late": "Dienst noch nicht nachnutzbar", "budget": "Haushaltsmittel fehlen", "provider_ended": "Anbieter stellt den Dienst ein",
	"price_changed": "Preis wesentlich geändert", "better_solution": "Bessere Lösung gefunden",
}

// Word is the code as people read it; "" for decisions from before there were codes.
func (g Ground) Word() string { return groundWords[g] }

func (g Ground) fits(outcome State) bool { return slices.Contains(Grounds[outcome], g) }
