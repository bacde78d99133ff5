package listpage

import (
	"slices"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/onboarding"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// statusFilters are the statuses of tasks as the URL names them, and as the filter offers them.
var statusFilters = []struct {
	key, text string
	status    dashboard.Status
}{
	{"ueberfaellig", "Überfällig", dashboard.Overdue},
	{"offen", "Offen", dashboard.Open},
	{"in-arbeit", "In Arbeit", dashboard.Active},
	{"wartet", "Liegt bei anderen", dashboard.Waits},
	{"zur-pruefung", "Zur Prüfung", dashboard.InReview},
	{toCheck, "Von Ihnen zu prüfen", dashboard.ToCheck},
	{possible, "Jetzt möglich", dashboard.Possible},
	{held, "Noch nicht möglich", dashboard.Held},
	{"erledigt", "Erledigt", dashboard.Finished},
	{"entfaellt", "Entfällt", dashboard.Away},
	{"alle", "Alle, die nicht entfallen", dashboard.Relevant},
}

// toCheck is the filter that only those find who check what others submit.
const toCheck = "pruefen"

// possible and held tell apart what a provider can do and what waits for a task before it.
const (
	possible = "moeglich"
	held     = "noch-nicht"
)

// offered reports whether a reader finds a filter.
func offered(key string, who access.Actor) bool {
	switch key {
	case toCheck:
		return who.Can(access.ChecklistConfirm)
	case possible, held:
		return who.Role == access.Provider
	}
	return true
}

// toDo is what the list shows if nobody asks for something else.
const toDo = "Zu tun"

// statusOf returns the status of a filter and how to say it; what is to do for a key that the reader does not find.
func statusOf(key string, who access.Actor) (dashboard.Status, string) {
	for _, f := range statusFilters {
		if f.key == key && offered(key, who) {
			return f.status, f.text
		}
	}
	return dashboard.ToDo, toDo
}

// blocked is the filter for what an obstacle blocks: derived, and so across the stages.
const blocked = "blockiert"

// stateFilters are the stages of onboardings as the URL names them.
var stateFilters = []struct {
	key, text string
	holds     func(dashboard.Stage) bool
}{
	{"produktiv", "Produktiv", is(dashboard.Live)},
	{"in-arbeit", "In Arbeit", dashboard.Stage.InWork},
	{"nicht-begonnen", "Noch nicht begonnen", is(dashboard.NotBegun)},
	{"vorbereiten", "Phase 1, Vorbereiten", is(dashboard.Preparing)},
	{"anbinden", "Phase 2, Anbinden", is(dashboard.Connecting)},
	{"testen", "Phase 3, Testen", is(dashboard.Testing)},
	{"bereit", "Phase 4, Bereit für Go-live", is(dashboard.GoingLive)},
	{"unterwegs", "Noch nicht produktiv", ahead},
	{"ab-zugesagt", "Zugesagt oder weiter", beyond(dashboard.Preparing)},
	{"ab-anbindung", "In Anbindung oder weiter", beyond(dashboard.Connecting)},
	{"ab-bereit", "Bereit oder weiter", beyond(dashboard.GoingLive)},
	{blocked, "Blockiert", dashboard.Stage.Counts},
	{page.EndingFilter, "Zertifikat läuft ab", dashboard.Stage.Counts},
	{page.StaleFilter, "Nicht bestätigt", dashboard.Stage.Counts}, // for the Land
	{"pausiert", "Pausiert", is(dashboard.Resting)},
	{"abgelehnt", "Abgelehnt", is(dashboard.Declined)},
	{"ausser-betrieb", "Außer Betrieb", is(dashboard.Ended)},
	{"nicht-zustaendig", "Nicht zuständig", is(dashboard.NotCompetent)},
}

// ahead are the stages before the Produktivstart, and those that come back to them.
func ahead(s dashboard.Stage) bool {
	return s == dashboard.NotBegun || s.InWork() || s == dashboard.Resting
}

func is(stage dashboard.Stage) func(dashboard.Stage) bool {
	return func(other dashboard.Stage) bool { return other == stage }
}

func beyond(stage dashboard.Stage) func(dashboard.Stage) bool {
	return func(other dashboard.Stage) bool { return other.Reached(stage) }
}

// statesOf returns the states of a filter; none, and so all that count, for a key nobody knows.
func statesOf(key string) []onboarding.State {
	for _, f := range stateFilters {
		if f.key == key {
			return dashboard.StatesIn(f.holds)
		}
	}
	if s := onboarding.State(key); slices.Contains(onboarding.States, s) { // a roll-in counts each state
		return []onboarding.State{s}
	}
	return nil
}

var pillarOptions = []ui.Option{
	{Value: "1", Text: "1 " + page.PillarTitle(1)},
	{Value: "2", Text: "2 " + page.PillarTitle(2)},
	{Value: "3", Text: "3 " + page.PillarTitle(3)},
	{Value: "4", Text: "4 " + page.PillarTitle(4)},
}

var scopeOptions = []ui.Option{
	{Value: "kommune", Text: "Einheit und Leistung"}, {Value: "basis", Text: "Basis, einmal je Einheit"}, {Value: "land", Text: "Land, einmal je Leistung"},
}

var responsibleOptions = []ui.Option{
	{Value: "kommune", Text: "Kommune"},
	{Value: "it_dienstleister", Text: "IT-Dienstleister"},
	{Value: "land", Text: "Land"},
	{Value: "fachressort", Text: "Fachressort"},
	{Value: "efa_anbieter", Text: "EfA-Anbieter"},
}
