package privacy

import (
	"fmt"
	"time"

	"rollinportal/internal/fault"
)

// Kind is a kind of personal data with a period of its own.
type Kind string

// DeletedFiles are the bytes of files that somebody deleted; package evidence removes them.
const DeletedFiles Kind = "file"

// Rule says of a kind when its period begins and how long it is. The proposals follow the Löschkonzept; Least is longer
// than nothing, so that a mistake can be mended, and Most is what a Land can justify.
type Rule struct {
	Kind                  Kind
	Title, Starts, Way    string
	Proposal, Least, Most int // days; Least = Most: not for a Land to set
}

// Fixed reports whether the period is the same for every Land.
func (r Rule) Fixed() bool { return r.Least == r.Most }

// Rules lists all kinds that the daily round forgets.
var Rules = []Rule{
	{"person", "Personen: Name, Adresse und Konto", "letzter Zugang beendet", "ersetzt durch „Sachbearbeitung“ und die Stelle", 365, 90, 1095},
	{"notice", "Mitteilungen", "entstanden", "gelöscht", 365, 30, 1095},
	{"mail", "E-Mails an Personen", "entstanden, zugestellt oder abgelehnt", "gelöscht", 90, 30, 365},
	{"invitation", "Einladungen", "angenommen, zurückgezogen oder abgelaufen", "gelöscht", 180, 30, 365},
	{"barrier", "Gemeldete Barrieren", "gemeldet", "gelöscht", 365, 90, 1095},
	{"draft", "Geplante Roll-ins, die nicht begonnen haben", "zuletzt geändert", "gelöscht", 365, 90, 1095},
	{DeletedFiles, "Gelöschte Nachweise", "von Menschen gelöscht", "Inhalt entfernt, der Verlauf nennt die Datei weiter", 30, 30, 365},
	{"session", "Sitzungen", "seit einem Tag beendet oder abgelaufen", "gelöscht", 1, 1, 1},
	{"attempt", "Begonnene Anmeldungen", "seit einem Tag abgelaufen", "gelöscht", 1, 1, 1},
	{"calendar", "Kalenderadressen", "Zugang beendet", "gelöscht", 0, 0, 0},
}

// ruleOf returns the rule of a kind.
func ruleOf(k Kind) Rule {
	for _, r := range Rules {
		if r.Kind == k {
			return r
		}
	}
	panic("no rule for " + string(k)) // kinds are constants of this package
}

// Period is a rule with what holds in a Land.
type Period struct {
	Rule
	Days int
}

// Choice is how long a Land wants to keep a kind, with what the form showed.
type Choice struct {
	Kind      Kind
	Days, Was int
}

func wrong(choices []Choice) error {
	var found fault.Wrong
	for _, c := range choices {
		if r := ruleOf(c.Kind); c.Days < r.Least || c.Days > r.Most {
			found.Add(string(c.Kind), fmt.Sprintf("%s: Geben Sie eine Zahl zwischen %d und %d ein.", r.Title, r.Least, r.Most))
		}
	}
	return found.Err()
}

// before is the moment from which on a kind is kept.
func (p Period) before(now time.Time) time.Time { return now.AddDate(0, 0, -p.Days) }
