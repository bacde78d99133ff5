package onboarding

import (
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"rollinportal/internal/fault"
	"rollinportal/internal/webaddress"
)

const maxText = 2000

// tidy removes space around what was typed and writes the link's scheme small.
func (in StepInput) tidy() StepInput {
	in.Evidence, in.Reason, in.EvidenceURL = strings.TrimSpace(in.Evidence), strings.TrimSpace(in.Reason), strings.TrimSpace(in.EvidenceURL)
	if u, err := url.Parse(in.EvidenceURL); err == nil && in.EvidenceURL != "" {
		in.EvidenceURL = u.String()
	}
	return in
}

// wrong returns every field that a move does not accept.
func (in StepInput) wrong(m move, s Step, today time.Time) fault.Wrong {
	wrong := append(checkText("evidence", in.Evidence), checkText("reason", in.Reason)...)
	switch link := in.EvidenceURL; {
	case CarriesSecret(link):
		wrong.Add("evidence_url", "Entfernen Sie die Zugangsdaten aus dem Link.")
	case link != "":
		wrong.Add("evidence_url", webaddress.Wrong(link))
	}
	wrong.If(m.asks(reason) && in.Reason == "", "reason", "Nennen Sie einen Grund.")
	wrong.If(m.asks(evidence) && s.Evidence != "" && in.Evidence == "" && in.EvidenceURL == "" && !s.Proven, "evidence", "Geben Sie den Nachweis an, als Text, als Link oder als Datei. Gefragt ist: "+s.Evidence+".")
	if m.asks(evidence) && s.Dated {
		wrong = append(wrong, in.wrongDay(s, today)...)
	}
	return wrong
}

// wrongDay asks until when evidence holds that expires: the day that was typed, or that of a file.
func (in StepInput) wrongDay(s Step, today time.Time) fault.Wrong {
	until := in.ValidUntil
	if until == nil {
		until = s.filesHoldUntil()
	}
	switch {
	case until == nil:
		return fault.Wrong{{Name: "valid_until", Text: "Geben Sie an, bis wann der Nachweis gilt, zum Beispiel 30.04.2029."}}
	case !until.After(today):
		return fault.Wrong{{Name: "valid_until", Text: "Dieser Tag ist vorbei. Geben Sie einen Nachweis an, der noch gilt."}}
	}
	return nil
}

func checkText(field, text string) fault.Wrong {
	switch {
	case utf8.RuneCountInString(text) > maxText:
		return fault.Wrong{{Name: field, Text: "Kürzen Sie den Text auf höchstens 2.000 Zeichen."}}
	case CarriesSecret(text):
		return fault.Wrong{{Name: field, Text: "Entfernen Sie Passwörter und private Schlüssel. Sie gehören nicht in das Portal."}}
	}
	return nil
}

// secret matches what must never be stored: private keys, passwords, client secrets (domain.md, decision 8).
var secret = regexp.MustCompile(`(?i)-----BEGIN [A-Z ]*PRIVATE KEY-----|\b(?:passwort|password|kennwort|client[-_ ]?secret|api[-_ ]?key)\s*[:=]\s*\S`)

// CarriesSecret reports whether a text holds what must never be stored.
func CarriesSecret(text string) bool { return secret.MatchString(text) }
