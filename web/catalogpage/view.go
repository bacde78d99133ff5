package catalogpage

import (
	"slices"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/economics"
	"rollinportal/internal/funding"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type listView struct {
	Meta    string
	Filter  ui.FilterProps
	Sorts   []ui.SortHeaderProps
	Rows    []rowView
	Empty   ui.EmptyProps
	Pages   ui.PaginationProps
	Heading string
	Why     string // ID of the sentence that says why whoever reads sums has no lists
	Last    string // head of the last column: a town sees its own state, others how many are live
}

type rowView struct {
	Name, URL, Topic, Ministry string
	Live                       ui.FractionProps
	Own                        string // in place of Live: how the reader's body stands, or that there is nothing to tell
	State                      ui.StatusProps
	Draft, Focus               bool
}

func newListView(q page.Query, found []catalog.Listed, choices catalog.Choices, who access.Actor) listView {
	total := 0
	if len(found) > 0 {
		total = found[0].Total
	}
	v := listView{
		Meta:    "EfA-Leistungen im Katalog des Landes",
		Filter:  filterBar(q, choices, who),
		Sorts:   []ui.SortHeaderProps{q.SortHeader("name", "Leistung"), q.SortHeader("ressort", "Ressort"), q.SortHeader("stand", "Stand")},
		Pages:   q.Pagination(total, catalog.PageSize),
		Heading: ui.Count(total, "Leistung", "Leistungen"),
		Empty:   ui.EmptyProps{Text: "Noch keine Leistung angelegt."},
		Last:    lastHead(who),
	}
	if aggregates(who) {
		v.Why = page.SumsID
	}
	if who.Can(access.ServiceCreate) {
		v.Empty.Action = ui.ButtonProps{Text: "Leistung anlegen", URL: link.NewService}
	}
	if q.Filtered() || q.Page() > 1 {
		v.Empty = ui.EmptyProps{Text: "Keine Leistung passt zu diesen Filtern.", ResetURL: q.Reset()}
	}
	for _, s := range found {
		v.Rows = append(v.Rows, newRow(s, who))
	}
	return v
}

// lastHead says of what the last column tells.
func lastHead(who access.Actor) string {
	switch {
	case who.Org.IsBody():
		return "Ihre Einheit"
	case who.Role == access.Provider:
		return "Produktiv in Ihren Einheiten"
	}
	return "Produktiv"
}

func newRow(s catalog.Listed, who access.Actor) rowView {
	row := rowView{
		Name: s.Name, URL: link.Service(s.Slug), Topic: s.TopicField, Ministry: ui.OrDash(s.MinistryKey), State: landViewFor(s, who),
		Draft: s.PublishedAt == nil, Focus: s.Focus, Own: ui.NotApplicable,
	}
	switch {
	case who.Org.IsBody() && s.OwnState != nil:
		row.Own = page.OnboardingState(onboarding.State(*s.OwnState)).Text
	case s.RollinStarted != nil && (seesAll(s, who) || who.Role == access.Provider && s.Relevant > 0):
		row.Own, row.Live = "", live(s, who)
	}
	return row
}

// live is in how many bodies a service is live. Whoever reads counts alone has no list.
func live(s catalog.Listed, who access.Actor) ui.FractionProps {
	switch {
	case aggregates(who) && dashboard.TooFew(s.Live):
		return ui.FractionProps{Part: ui.Link{Text: "unter 3"}, Whole: ui.Counted(s.Relevant, "")}
	case aggregates(who):
		return ui.NewFraction(s.Live, s.Relevant, "", "", "")
	}
	return ui.NewFraction(s.Live, s.Relevant, link.With(link.Onboardings, "leistung", s.Slug, "stand", "produktiv"), link.With(link.Onboardings, "leistung", s.Slug), "produktiv, "+s.Name)
}

func aggregates(who access.Actor) bool { return who.Reach(access.RolloutView) == access.Aggregates }

// seesAll reports whether the reader sees every onboarding of the service: who does not cannot be told how many are live.
func seesAll(s catalog.Listed, who access.Actor) bool {
	reach := who.Reach(access.RolloutView)
	return reach == access.WholeLand || reach == access.Aggregates || s.DecidedBy(who.Org.ID)
}

// landViewFor is the derived state as far as the reader's onboardings tell: a roll-in that has begun may be done elsewhere.
func landViewFor(s catalog.Listed, who access.Actor) ui.StatusProps {
	if s.RollinStarted != nil && !seesAll(s, who) && !(who.Org.IsBody() && s.LandView == "covered") {
		return ownView(s, who)
	}
	return landView(s.LandView)
}

// ownView says where a service is live in all bodies that the reader sees; how many that are stands beside it.
func ownView(s catalog.Listed, who access.Actor) ui.StatusProps {
	switch done := s.Relevant > 0 && s.Live == s.Relevant; {
	case done && who.Org.IsBody():
		return ui.StatusProps{Kind: ui.Done, Text: "Bei Ihnen produktiv"}
	case done && who.Role == access.Provider:
		return ui.StatusProps{Kind: ui.Done, Text: "Bei Ihren Einheiten produktiv"}
	}
	return ui.StatusProps{Kind: ui.InProgress, Text: "Roll-in begonnen"}
}

// stateOptionsFor offers towns and providers no state that only the sum over the Land tells. Towns are told where all are live.
func stateOptionsFor(who access.Actor) []ui.Option {
	if !who.Org.IsBody() && who.Role != access.Provider {
		return stateOptions
	}
	return slices.DeleteFunc(slices.Clone(stateOptions), func(o ui.Option) bool {
		return o.Value == "im-roll-in" || o.Value == "flaechendeckend" && !who.Org.IsBody()
	})
}

// concernsUs asks for the services of the own body, or of the bodies that one works for.
const concernsUs = "uns"

func filterBar(q page.Query, choices catalog.Choices, who access.Actor) ui.FilterProps {
	bar := ui.FilterProps{
		Action: link.Services, Label: "Leistungen filtern", Hidden: q.Hidden(), ResetURL: q.Reset(),
		Search: &ui.Field{Name: "suche", Label: "Name oder Schlüssel", Type: "search", Value: q.Get("suche")},
		Selects: []ui.Field{
			{Name: "stand", Label: "Stand", Value: q.Get("stand"), Empty: "Alle", Options: stateOptionsFor(who)},
			{Name: "ressort", Label: "Ressort", Value: q.Get("ressort"), Empty: "Alle", Options: options(choices.Ministries)},
			{Name: "themenfeld", Label: "Themenfeld", Value: q.Get("themenfeld"), Empty: "Alle", Options: options(choices.Topics)},
		},
	}
	bar.Active = append(bar.Active, q.Active("suche", "„"+q.Get("suche")+"“")...)
	for _, o := range stateOptions {
		if o.Value == q.Get("stand") {
			bar.Active = append(bar.Active, q.Active("stand", o.Text)...)
		}
	}
	bar.Active = append(bar.Active, q.Active("ressort", q.Get("ressort"))...)
	bar.Active = append(bar.Active, q.Active("themenfeld", q.Get("themenfeld"))...)
	if words := concerning(who); words != "" {
		bar.Selects = append(bar.Selects, ui.Field{Name: "betrifft", Label: "Betrifft", Value: q.Get("betrifft"), Empty: "Alle", Options: []ui.Option{{Value: concernsUs, Text: words}}})
		if q.Get("betrifft") == concernsUs {
			bar.Active = append(bar.Active, q.Active("betrifft", words)...)
		}
	}
	return bar
}

// concerning names the bodies that are the reader's.
func concerning(who access.Actor) string {
	switch {
	case who.Org.IsBody():
		return who.Org.Name
	case who.Role == access.Provider:
		return "Einheiten, für die Sie arbeiten"
	}
	return ""
}

func options(values []string) []ui.Option {
	found := make([]ui.Option, len(values))
	for i, v := range values {
		found[i] = ui.Option{Value: v, Text: v}
	}
	return found
}

type showView struct {
	Meta                     string
	Facts, Costs, Connection ui.FactsProps
	Notes                    []ui.Fact
	Said                     page.Said
	AddFact                  ui.Link
	MayEdit, Draft           bool
	MayPublish, SecondPerson bool // SecondPerson: the reader may publish, but not what they changed themselves
	PublishURL, Version      string
	Next                     nextView
	Peers                    peersView // nothing but for a town
	Trail                    ui.LogProps
}

// nextView is where the service stands in the Land and what can be done about it.
type nextView struct {
	Text  string
	Live  ui.FractionProps // where the roll-in has begun
	Why   string           // ID of the sentence that says why there is no list of it
	Links []ui.Link
}

func newShowView(s catalog.Shown, who access.Actor) showView {
	v := showView{
		Meta: meta(s), Facts: ui.FactsProps{Columns: true, Items: basics(s, who)}, Connection: ui.FactsProps{Columns: true, Items: connection(s)},
		Costs: ui.FactsProps{Items: costs(s)}, Draft: s.PublishedAt == nil, PublishURL: link.PublishService(s.Slug), Version: versionText(s.Version),
	}
	v.MayEdit = who.Reach(access.ServiceEdit) == access.WholeLand || who.Can(access.ServiceEdit) && s.DecidedBy(who.Org.ID)
	if v.Draft && who.Can(access.ServicePublish) {
		v.SecondPerson = s.ChangedBy == who.Person
		v.MayPublish = !v.SecondPerson
	}
	v.Next = next(s, who)
	kept := ""
	if who.Can(access.ServiceFact) {
		kept, v.AddFact = s.Slug, ui.Link{Text: "Angabe einer Quelle eintragen", URL: link.Facts(s.Slug)}
	}
	v.Said = page.SaidOf(s.Facts, kept)
	for _, note := range []ui.Fact{{Term: "Bedingungen", Value: s.Conditions}, {Term: "Hinweis des Ressorts", Value: s.MinistryNote}, {Term: "Hinweis", Value: s.Note}} {
		if note.Value != "" {
			v.Notes = append(v.Notes, note)
		}
	}
	return v
}

func meta(s catalog.Shown) string {
	parts := []string{}
	if s.TopicField != "" {
		parts = append(parts, s.TopicField)
	}
	if len(s.OzgIDs) > 0 {
		parts = append(parts, "OZG-ID "+strings.Join(s.OzgIDs, ", "))
	}
	if s.Focus {
		parts = append(parts, "Fokusleistung")
	}
	return strings.Join(parts, " · ")
}

func basics(s catalog.Shown, who access.Actor) []ui.Fact {
	ministry := "noch nicht benannt"
	if s.MinistryName != nil {
		ministry = *s.MinistryName
	}
	checked := ""
	if s.CheckedOn != nil {
		checked = "geprüft am " + ui.Date(*s.CheckedOn)
	}
	lifecycle := s.Lifecycle.Name()
	if s.LifecycleNote != "" {
		lifecycle += ": " + s.LifecycleNote
	}
	found := []ui.Fact{
		{Term: "Entscheidendes Fachressort", Value: ministry},
		{Term: "Umsetzendes Land", Value: known(catalog.LandName(s.ProvidingState))},
		{Term: "Betreiber", Value: known(s.Operator)},
		{Term: "Stand beim Anbieter", Value: lifecycle},
		{Term: "LeiKa-Schlüssel", Value: strings.Join(s.LeikaKeys, ", ")},
		{Term: "Auch gesucht als", Value: strings.Join(s.AlsoSought, ", ")},
		{Term: "Zuständig", Value: s.ExecutionLevel.Name() + ", " + s.Competence.Name()},
		{Term: "Quelle", Value: strings.Trim(s.Source+", "+checked, ", ")},
	}
	if reach := who.Reach(access.RolloutView); s.Competent > 0 && (reach == access.WholeLand || reach == access.Responsible && who.Role != access.Provider) {
		competent := ui.Fact{Term: "Zuständige Einheiten", Value: ui.Count(s.Competent, "Einheit", "Einheiten"), URL: link.With(link.Bodies, "zustaendig", s.Slug)}
		found = slices.Insert(found, len(found)-1, competent)
	}
	return found
}

// known is a text, or that nobody wrote it down.
func known(text string) string {
	if text == "" {
		return "nicht erfasst"
	}
	return text
}

func connection(s catalog.Shown) []ui.Fact {
	return []ui.Fact{
		{Term: "Transportweg", Value: known(transports(s.Transports, s.TransportNote))},
		{Term: "Fachverfahren anzubinden", Value: ui.YesNo(s.Backend)},
		{Term: "Zahlung", Value: ui.YesNo(s.Payment)},
		{Term: "Nutzungserklärung nötig", Value: ui.YesNo(s.Declaration)},
		{Term: "Pilotierung", Value: ui.YesNo(s.Piloting)},
	}
}

func costs(s catalog.Shown) []ui.Fact {
	amount := func(cents *int64) string {
		if cents == nil {
			return "nicht erfasst"
		}
		return ui.Euro(*cents)
	}
	facts := []ui.Fact{{Term: "Einmalig je Einheit", Value: amount(s.PriceOnce)}, {Term: "Je Jahr", Value: amount(s.PriceYearly)}}
	if s.PriceUntil != nil {
		facts = append(facts, ui.Fact{Term: "Preis gebunden bis", Value: ui.Date(*s.PriceUntil)})
	}
	for _, f := range s.Funding {
		facts = append(facts, borne(f)...)
	}
	if s.AvailableFrom != nil {
		facts = append(facts, ui.Fact{Term: "Verfügbar ab", Value: ui.Date(*s.AvailableFrom)})
	}
	return facts
}

// borne says who pays for what until when, and who afterwards if somebody wrote that down for everybody.
func borne(f funding.Borne) []ui.Fact {
	verb := " trägt Kosten"
	if f.Payer == economics.Bodies {
		verb = " tragen Kosten"
	}
	paid := ui.Fact{Term: f.Purpose.Word(), Value: f.Payer.Word() + verb + " bis " + ui.Date(f.Until)}
	if f.Reserved {
		paid.Value += " (unter Haushaltsvorbehalt)"
	}
	if f.PayerAfter == "" {
		return []ui.Fact{paid}
	}
	return []ui.Fact{paid, {Term: f.Purpose.Word() + " danach", Value: f.PayerAfter}}
}

// next says where the service stands; before the roll-in of a piloted service it also leads to the call for pilots.
func next(s catalog.Shown, who access.Actor) nextView {
	n := standing(s, who)
	if who.Reach(access.FundingView) == access.WholeLand || who.Can(access.FundingView) && s.DecidedBy(who.Org.ID) {
		n.Links = append(n.Links, ui.Link{Text: "Finanzierung und Verträge", URL: link.Funding(s.Slug)})
	}
	if s.Piloting && s.RollinStarted == nil && s.PublishedAt != nil && who.Can(access.PilotView) {
		n.Links = append(n.Links, ui.Link{Text: "Aufruf für Pilotkommunen", URL: link.PilotCall(s.Slug)})
	}
	return n
}

// standing says where the service stands and links to what this person can do about it.
func standing(s catalog.Shown, who access.Actor) nextView {
	decisions := ui.Link{Text: "Entscheidung ansehen", URL: link.With(link.Decisions, "leistung", s.Slug)}
	switch {
	case s.RollinStarted != nil && who.Org.IsBody() && s.OwnState != nil:
		return nextView{
			Text:  "Ihre Einheit bindet diese Leistung an. Stand: " + page.OnboardingState(onboarding.State(*s.OwnState)).Text + ".",
			Links: []ui.Link{{Text: "Ihre Checkliste öffnen", URL: link.Checklist(who.Org.Key, s.Slug)}, decisions},
		}
	case s.RollinStarted != nil:
		n := nextView{Text: "Der Roll-in läuft seit " + ui.Date(*s.RollinStarted) + ".", Links: []ui.Link{decisions}}
		if who.Reach(access.RolloutView) == access.Own || s.Relevant == 0 {
			return n
		}
		n.Live = live(s.Listed, who)
		if aggregates(who) {
			n.Why = page.SumsID
			n.Links = append([]ui.Link{{Text: "Prognose: wann in der Fläche?", URL: link.Forecast(s.Slug)}}, n.Links...)
			return n
		}
		n.Links = append([]ui.Link{{Text: "Roll-in über alle Einheiten", URL: link.Rollin(s.Slug)}}, n.Links...)
		return n
	case s.LandView == "approved_preparing" && who.Can(access.RolloutPlan):
		return nextView{
			Text:  "Die Nachnutzung ist beschlossen. Der Roll-in ist noch nicht gestartet.",
			Links: []ui.Link{{Text: "Roll-in vorbereiten", URL: link.StartRollin(s.Slug)}, decisions},
		}
	case s.LandView == "approved_preparing":
		return nextView{Text: "Die Nachnutzung ist beschlossen. Die Landeskoordination startet den Roll-in.", Links: []ui.Link{decisions}}
	case s.LandView == "deciding", s.LandView == "deferred", s.LandView == "not_reused":
		return nextView{Text: landView(s.LandView).Text + ".", Links: []ui.Link{decisions}}
	case who.Can(access.DecisionRequest) && s.PublishedAt != nil && s.MinistryID != nil && (who.Reach(access.DecisionRequest) == access.WholeLand || s.DecidedBy(who.Org.ID)):
		return nextView{Text: "Über die Nachnutzung ist noch nicht entschieden.", Links: []ui.Link{{Text: "Nachnutzungsentscheidung anfragen", URL: link.RequestDecision(s.Slug)}}}
	}
	return nextView{Text: "Über die Nachnutzung ist noch nicht entschieden."}
}
