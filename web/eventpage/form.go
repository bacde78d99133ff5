package eventpage

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"rollinportal/internal/event"
	"rollinportal/internal/workday"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// form is what the Land typed about an event, as it typed it.
type form struct {
	ID, Version, Kind, SeriesNo, Title, Goal, Audience string
	Day, Begins, Ends, Place, Address                  string
	Seats, RegisterUntil, Materials, Result            string
	Services                                           []string
}

var fields = []string{
	"id", "version", "kind", "series_no", "title", "goal", "audience", "day", "begins", "ends", "place", "address", "seats", "register_until", "materials", "result", "services" + page.Many,
}

func readForm(sent page.Form) form {
	return form{
		ID: sent.Text("id"), Version: sent.Text("version"), Kind: sent.Text("kind"), SeriesNo: sent.Text("series_no"), Title: sent.Text("title"),
		Goal: sent.Text("goal"), Audience: sent.Text("audience"), Day: sent.Text("day"), Begins: sent.Text("begins"), Ends: sent.Text("ends"),
		Place: sent.Text("place"), Address: sent.Text("address"), Seats: sent.Text("seats"), RegisterUntil: sent.Text("register_until"),
		Materials: sent.Text("materials"), Result: sent.Text("result"), Services: slices.Clone(sent.All("services")),
	}
}

// formOf is the form of an event before anything is changed.
func formOf(e event.Shown) form {
	f := form{
		ID: e.ID.String(), Version: strconv.FormatInt(e.Version, 10), Kind: string(e.Kind), Title: e.Title, Goal: e.Goal, Audience: e.Audience,
		Day: e.StartsAt.In(workday.Berlin).Format("02.01.2006"), Begins: clock(e.StartsAt), Ends: clock(e.EndsAt), Place: e.Place, Address: e.Address, Result: e.Result,
	}
	if e.SeriesNo != nil {
		f.SeriesNo = strconv.Itoa(*e.SeriesNo)
	}
	if e.Seats != nil {
		f.Seats = strconv.Itoa(*e.Seats)
	}
	if e.RegisterUntil != nil {
		f.RegisterUntil = ui.Date(*e.RegisterUntil)
	}
	for _, m := range e.Materials {
		f.Materials += m.Title + " " + m.URL + "\n"
	}
	for _, s := range e.Services {
		f.Services = append(f.Services, s.Slug)
	}
	return f
}

func clock(t time.Time) string { return t.In(workday.Berlin).Format("15:04") }

// input reads the form; wrong is what cannot be read at all.
func (f form) input() (in event.Input, wrong page.Errors) {
	in = event.Input{
		Kind: event.Kind(f.Kind), Title: f.Title, Goal: f.Goal, Audience: f.Audience, Place: f.Place, Address: f.Address, Result: f.Result,
		Services: f.Services, Materials: readLinks(f.Materials),
	}
	in.SeriesNo = count(f.SeriesNo, "series_no", &wrong)
	in.Seats = count(f.Seats, "seats", &wrong)
	if f.RegisterUntil != "" {
		until, err := ui.ParseDate(f.RegisterUntil)
		if err != nil {
			wrong.Add("register_until", err.Error())
		}
		in.RegisterUntil = &until
	}
	day, err := ui.ParseDate(f.Day)
	if err != nil {
		wrong.Add("day", err.Error())
	}
	in.StartsAt = moment(day, f.Begins, "begins", &wrong)
	in.EndsAt = moment(day, f.Ends, "ends", &wrong)
	return in, wrong
}

// count reads a number that may be left out.
func count(text, field string, wrong *page.Errors) *int {
	if text == "" {
		return nil
	}
	n, err := strconv.Atoi(strings.TrimSuffix(text, "."))
	if err != nil {
		wrong.Add(field, "Geben Sie eine Zahl ein, zum Beispiel 12.")
	}
	return &n
}

// clockTime is 9, 9:30, 09.30 or 9:30 Uhr.
var clockTime = regexp.MustCompile(`^([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?(?:\s*Uhr)?$`)

// moment is a time of day in Germany on a day.
func moment(day time.Time, text, field string, wrong *page.Errors) time.Time {
	m := clockTime.FindStringSubmatch(text)
	if m == nil {
		wrong.Add(field, "Geben Sie eine Uhrzeit ein, zum Beispiel 9:30.")
		return time.Time{}
	}
	hour, _ := strconv.Atoi(m[1])
	minute, _ := strconv.Atoi(m[2])
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, workday.Berlin)
}

// readLinks reads a link on each line, with a name before it. What is no link stays for the room to refuse.
func readLinks(text string) []event.Link {
	var found []event.Link
	for line := range strings.Lines(text) {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		last := len(words) - 1
		found = append(found, event.Link{Title: strings.Join(words[:last], " "), URL: words[last]})
	}
	return found
}

func (f form) rows(now event.Shown) []ui.ConflictRow {
	theirs := formOf(now)
	return []ui.ConflictRow{
		{Field: "Name", Mine: f.Title, Theirs: theirs.Title},
		{Field: "Nummer", Mine: f.SeriesNo, Theirs: theirs.SeriesNo},
		{Field: "Worum es geht", Mine: f.Goal, Theirs: theirs.Goal},
		{Field: "Für wen", Mine: f.Audience, Theirs: theirs.Audience},
		{Field: "Tag", Mine: f.Day, Theirs: theirs.Day},
		{Field: "Beginn", Mine: f.Begins, Theirs: theirs.Begins},
		{Field: "Ende", Mine: f.Ends, Theirs: theirs.Ends},
		{Field: "Ort", Mine: f.Place, Theirs: theirs.Place},
		{Field: "Link", Mine: f.Address, Theirs: theirs.Address},
		{Field: "Plätze", Mine: f.Seats, Theirs: theirs.Seats},
		{Field: "Anmeldung bis", Mine: f.RegisterUntil, Theirs: theirs.RegisterUntil},
		{Field: "Unterlagen", Mine: f.Materials, Theirs: strings.TrimSpace(theirs.Materials)},
		{Field: "Ergebnis", Mine: f.Result, Theirs: theirs.Result},
	}
}
