package survey

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/workday"
)

// settle says what becomes of a response; ErrRepeated for a second click.
func (r Response) settle(round Round, j Judgement) (Response, error) {
	j.Reason = strings.TrimSpace(j.Reason)
	to := Returned
	if j.Accept {
		to, j.Reason = Accepted, ""
	}
	switch {
	case r.State == to && r.Version == j.Version+1 && r.Reason == j.Reason:
		return r, postgres.ErrRepeated
	case r.State != Submitted || r.Version != j.Version:
		return r, errStale
	case !j.Accept && round.State != Open:
		return r, errClosed
	case !j.Accept && j.Reason == "":
		return r, fault.InField("reason", "Schreiben Sie, was fehlt oder nicht stimmt. Die Kommune liest den Satz.")
	case utf8.RuneCountInString(j.Reason) > 500:
		return r, fault.InField("reason", "Kürzen Sie den Text auf höchstens 500 Zeichen.")
	case round.State != Open && round.State != Closed:
		return r, errClosed
	}
	r.State, r.Reason = to, j.Reason
	return r, nil
}

// details are what a form changes about a round, in words.
func details(before Round, in Input) []audit.Change {
	return slices.Concat(
		audit.Diff("Name", before.Title, in.Title), audit.Diff("Text", before.Note, in.Note),
		audit.Diff("Antwort bis", workday.WrittenIf(&before.ClosesOn), workday.Written(in.ClosesOn)))
}

func entry(tx *postgres.Tx, id uuid.UUID, name, action string, changes []audit.Change) audit.Entry {
	return audit.Entry{Org: tx.Org(), Action: action, Kind: "survey_round", Record: id, Title: title(name), Visibility: audit.Land, Changes: changes}
}

// title is what a round is called where it stands among other things.
func title(name string) string { return "Umfrage " + name }

func names(list []Response) string {
	words := make([]string, len(list))
	for i, r := range list {
		words[i] = r.Name
	}
	return strings.Join(words, ", ")
}
