package web_test

import (
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
)

// deed is a form of a page, filled in so that it holds. The fields that are not named here stay as the page shows them,
// or get what suits their name.
type deed struct {
	login, page, action string // the action may name a parameter of ownParams
	fields              url.Values
}

// choices are the fields of a deed with the day in them.
func (d deed) choices() url.Values {
	chosen := url.Values{}
	for name, values := range d.fields {
		if chosen[name] = values; len(values) == 1 && values[0] == "today" {
			chosen[name] = []string{time.Now().Format("02.01.2006")}
		}
	}
	return chosen
}

// deeds are one form for each thing that people change, in an order in which each of them works.
var deeds = []deed{
	{"land", "/barriere-melden", "/barriere-melden", nil},
	{"land", "/leistungen/neu", "/leistungen", url.Values{"name": {"Probeleistung"}, "lifecycle": {"reusable"}, "competence": {"all"}, "execution_level": {"kreis"}, "bodies": nil, "flags": nil}},
	{"land2", "/leistungen/probeleistung", "/leistungen/probeleistung/veroeffentlichen", nil},
	{"land", "/leistungen/{neu}/bearbeiten", "/leistungen/{neu}", url.Values{"lifecycle": {"reusable"}, "execution_level": {"kreis"}, "competence": {"all"}, "bodies": nil, "flags": {"pilotierung"}}},
	{"land", "/leistungen/{leistung}/bearbeiten", "/leistungen/{leistung}", url.Values{"note": {"Neue Notiz."}, "lifecycle": {"reusable"}, "execution_level": {"kreis"}, "competence": {"all"}, "bodies": nil, "flags": nil}},
	{"land", "/leistungen/{leistung}/angaben", "/leistungen/{leistung}/angaben", url.Values{"value": {"01.01.2027"}, "address": {"https://leistung.example/"}, "checked_on": {"today"}}},
	{"land", "/kommunen/16055/leistungen/{leistung}/termin", "/kommunen/16055/leistungen/{leistung}/termin", nil},
	{"land", "/kommunen/16054/leistungen/{leistung}/stand", "/kommunen/16054/leistungen/{leistung}/stand", url.Values{"act": {"pause"}}},
	{"land", "/fragen/{frage}", "/fragen/{frage}", nil},
	{"land", "/fragen/{frage}", "/fragen/{frage}/beantwortet", nil},
	{"land", "/fragen/{frage}/hilfe", "/fragen/{frage}/hilfe", nil},
	{"land", "/fragen", "/fragen/hilfe/{*}/zuruecknehmen", nil},
	{"land", "/kommunen/{einheit}/leistungen/{leistung}/austausch", "/kommunen/{einheit}/leistungen/{leistung}/austausch", nil},
	{"land", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", "/fragen/stellen", nil},
	{"land", "/leistungen/{leistung}/schritte/{schritt}", "/leistungen/{leistung}/schritte/{schritt}", url.Values{"to": {"in_progress"}, "evidence_url": {""}}},
	{"land", "/entscheidungen/neu", "/entscheidungen", nil},
	{"land", "/leistungen/{leistung}/finanzierung/neu", "/leistungen/{leistung}/finanzierung/neu", url.Values{"kind": {"funding"}, "payer": {"land"}, "purpose": {"connection"}}},
	{"land", "/leistungen/{leistung}/finanzierung/{eintrag}", "/leistungen/{leistung}/finanzierung/{eintrag}", url.Values{"kind": {"funding"}, "payer": {"land"}, "purpose": {"connection"}}},
	{"land", "/leistungen/{leistung}/finanzierung/{eintrag}", "/leistungen/{leistung}/finanzierung/{eintrag}/rueckzug", nil},
	{"land", "/entscheidungen/grundsatz/neu", "/entscheidungen/grundsatz", url.Values{"obstacles": {"1"}, "decider": {""}}},
	{"land", "/entscheidungen/grundsatz/{grundsatz}/bearbeiten", "/entscheidungen/grundsatz/{grundsatz}", url.Values{"obstacles": {"1"}, "decider": {""}}},
	{"land", "/entscheidungen/grundsatz/{grundsatz}", "/entscheidungen/grundsatz/{grundsatz}/stand", url.Values{"decided_on": {""}, "result": {""}}},
	{"k16051", "/huerden/{nr}", "/huerden/{nr}/betrifft-uns-nicht", nil},
	{"land", "/huerden/{nr}", "/huerden/{nr}/einordnung", nil},
	{"land", "/huerden/{nr}", "/huerden/{nr}", url.Values{"act": {"accept"}, "into": {""}, "agenda": {""}, "decision": {""}, "decided_on": {""}, "on": {""}, "to": {""}}},
	{"k16051", "/mitteilungen", "/mitteilungen/{mitteilung}", nil},
	{"land", "/umfragen/{umfrage}/bearbeiten", "/umfragen/{umfrage}", nil},
	{"land", "/termine/neu", "/termine", url.Values{"kind": {"workshop"}, "series_no": {""}, "day": {"01.06.2030"}, "begins": {"9:30"}, "ends": {"11"}, "address": {""}, "seats": {"20"}, "register_until": {""}, "materials": {""}, "services": {"wohngeld"}}},
	{"land", "/termine/{termin}/bearbeiten", "/termine/{termin}", url.Values{"kind": {"workshop"}, "series_no": {""}, "day": {"01.06.2030"}, "begins": {"9:30"}, "ends": {"11"}, "address": {""}, "seats": {"20"}, "register_until": {""}, "materials": {""}, "services": {"wohngeld"}}},
	{"land", "/mitteilungen", "/mitteilungen/gelesen", nil},
	{"land", "/mitteilungen/einstellungen", "/mitteilungen/einstellungen", nil},
	{"land", "/organisationen/16051/mitglieder", "/organisationen/16051/einladungen", nil},
	{"land", "/organisationen/16051/mitglieder", "/organisationen/16051/einladungen/{*}/zurueckziehen", nil},
	{"land", "/einstellungen/personen/{person}", "/einstellungen/personen/{person}", nil},
	{"land", "/einstellungen/personen/{person}", "/einstellungen/personen/{person}/auskunft", nil},
	{"betreiber", "/plattform/laender/{land}/koordination", "/plattform/laender/{land}/koordination", nil},
	{"betreiber", "/plattform/laender/{land}/koordination", "/plattform/laender/{land}/koordination/einladungen/{*}/zurueckziehen", nil},
	{"k16051", "/loeschantraege/neu/{kollege}", "/loeschantraege", url.Values{"ground": {"wish"}}},
	{"land", "/einstellungen/loeschfristen", "/einstellungen/loeschfristen", url.Values{"person": {"400"}, "notice": {"300"}, "mail": {"60"}, "invitation": {"90"}, "barrier": {"300"}, "draft": {"300"}, "file": {"40"}}},
	{"land", "/einstellungen/seiten/{seite}", "/einstellungen/seiten/{seite}", url.Values{"vorschau": nil}},
	{"land", "/einstellungen/barrieren/{barriere}", "/einstellungen/barrieren/{barriere}", nil},
	{"land", "/einstellungen", "/einstellungen", url.Values{"fresh_days": {"21"}}},
	{"land", "/einstellungen/anmelderegeln", "/einstellungen/anmelderegeln", url.Values{"claim": {"groups"}, "value": {"rollin"}, "role": {"LR"}}},
	{"land", "/einstellungen/anmelderegeln", "/einstellungen/anmelderegeln/{*}/entfernen", nil},
	{"land", "/einstellungen/anmelderegeln", "/einstellungen/anmelderegeln/schalter", nil},
	{"land", "/matrix/ansichten", "/matrix/ansichten/{ansicht}", nil},
	{"land", "/matrix/ansichten", "/matrix/ansichten/{ansicht}/loeschen", nil},
	{"land", "/sammelaenderungen/{sammelaenderung}", "/sammelaenderungen/{sammelaenderung}/rueckgaengig", nil},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}", "/kommunen/{einheit}/leistungen/{leistung}/bestaetigen", nil},
	{"k16052", "/aufgaben", "/kommunen/16052/bestaetigen", nil},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/erfahrung", "/kommunen/{einheit}/leistungen/{leistung}/erfahrung", url.Values{"files": nil, "freigeben": {"1"}, "aufgabe": {"k_kickoff"}}},
	{"k16052", "/erfahrungen", "/erfahrungen/uebernehmen", nil},
	{"k16051", "/erfahrungen", "/erfahrungen/{erfahrung}/zuruecknehmen", nil},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise/{nachweis}/loeschen", nil},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", url.Values{"to": {"in_progress"}, "evidence_url": {""}}},
	{"k16051", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", "/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", url.Values{"party": {"TLRZ"}, "party_name": {""}, "ticket": {""}, "since": {"today"}}},
	{"tmdi-referat", "/auflagen/{auflage}", "/auflagen/{auflage}/zustaendig", url.Values{"owner": {"16051"}}},
	{"k16051", "/auflagen/{auflage}", "/auflagen/{auflage}/melden", url.Values{"link": {""}}},
	{"k16051", "/umfragen/{umfrage}", "/umfragen/{umfrage}/ausblick", url.Values{"plans": {"kein Wechsel"}}},
	{"k16051", "/termine/{termin}", "/termine/{termin}/anmeldung", nil},
	{"k16051", "/kalender", "/kalender", nil},
	{"k16051", "/kalender", "/kalender/sperren", nil},
	{"k16051", "/kommunen/{einheit}/profil", "/kommunen/{einheit}/profil/bestaetigen", nil},
	{"k16051", "/kommunen/{einheit}/profil/zertifikat/{angabe}", "/kommunen/{einheit}/profil/zertifikat/{angabe}", url.Values{"fingerprint": {strings.Repeat("CD", 32)}, "valid_from": {"30.11.2024"}}},
	{"k16051", "/kommunen/{einheit}/profil/zertifikat/{angabe}", "/kommunen/{einheit}/profil/zertifikat/{angabe}/entfernen", nil},
	{"tmdi-referat", "/auflagen/{auflage}", "/auflagen/{auflage}/pruefung", url.Values{"act": {"waive"}}},
	{"tmdi-referat", "/entscheidungen/vertretung", "/entscheidungen/vertretung/{vertretung}/beenden", nil},
	{"tmdi-referat", "/entscheidungen/vertretung", "/entscheidungen/vertretung", nil},
	{"tlrz", "/stellungnahmen/{stellungnahme}", "/stellungnahmen/{stellungnahme}", url.Values{"result": {"positive"}, "links": {""}, "schritt": nil}},
	{"tmdi-referat", "/entscheidungen/{offen}/stellungnahmen/neu", "/entscheidungen/{offen}/stellungnahmen", nil},
	{"tmdi-referat", "/entscheidungen/{offen}/pruefungen/fachlich", "/entscheidungen/{offen}/pruefungen/fachlich", url.Values{"result": {"waived"}, "links": {""}, "schritt": {"abschluss"}}},
	{"tmdi-referat", "/entscheidungen/{offen}/wirtschaftlichkeit/grundlagen", "/entscheidungen/{offen}/wirtschaftlichkeit/grundlagen", url.Values{"schritt": {"speichern"}, "first_year": {"2027"}, "rate": {"1,5"}, "cases": {"100"}, "hour": {"50"}}},
	{"tmdi-referat", "/entscheidungen/{offen}/wirtschaftlichkeit/{alternative}", "/entscheidungen/{offen}/wirtschaftlichkeit/{alternative}", url.Values{"schritt": {"speichern"}, "minutes": {"10"}, "valid": {""}}},
	{"tmdi-referat", "/entscheidungen/{offen}", "/entscheidungen/{offen}/zurueckziehen", nil},
	{"tmdi-referat", "/entscheidungen/{bereit}", "/entscheidungen/{bereit}/einreichen", nil},
	{"tmdi-leitung", "/entscheidungen/{bereit}/beschluss", "/entscheidungen/{bereit}/beschluss", url.Values{
		"outcome": {"approved"}, "ground": {"economic"}, "deferred_until": {""}, "valid_until": {""}, "schritt": {"entscheiden"}, "text": {""}, "owner": {""}, "due_on": {""},
	}},
	{"land", "/leistungen/{neu}/pilotaufruf", "/leistungen/{neu}/pilotaufruf", url.Values{"places": {"1"}}},
	{"k16051", "/leistungen/{neu}/pilotaufruf", "/leistungen/{neu}/pilotaufruf/bewerbung", nil},
	{"k16051", "/leistungen/{neu}/pilotaufruf", "/leistungen/{neu}/pilotaufruf/bewerbung/zurueckziehen", nil},
	{"k16052", "/leistungen/{neu}/pilotaufruf", "/leistungen/{neu}/pilotaufruf/bewerbung", nil},
	{"land", "/leistungen/{neu}/pilotaufruf", "/leistungen/{neu}/pilotaufruf/auswahl", nil},

	{"tmdi-referat", "/entscheidungen/{id}/aufheben", "/entscheidungen/{id}/aufheben", nil},
	{"k16051", "/organisationen/16051/mitglieder", "/organisationen/16051/mitglieder/{*}/beenden", nil},
}

// deedParams are ownParams with what deeds name besides.
func deedParams(t *testing.T, p *portal) map[string]string {
	t.Helper()
	own := ownParams(t, p)
	own["offen"] = p.Case(t, "kfz-zulassung-i-kfz").String()
	own["neu"] = "fahrerkarte-fahrtenschreiber"
	own["bereit"] = p.reviewed(t, own["neu"]).String()
	own["kollege"] = p.As(t, "k16051-b").Person.String()
	own["*"] = "{*}" // whatever the page names
	return own
}

// silent are deeds that leave no line in the trail: nobody's records change, only what a person has read or wants to be
// told of.
var silent = map[string]bool{"/mitteilungen/gelesen": true, "/mitteilungen/einstellungen": true, "/mitteilungen/{mitteilung}": true}

// repeats are deeds that do something new each time: a new secret address takes the place of the one before, and data
// are handed out once more.
var repeats = map[string]bool{"/kalender": true, "/einstellungen/personen/{person}/auskunft": true}

// elsewhereTried are the addresses that the deeds leave out, and the tests that go there: forms with files, forms that only
// a page before them fills, and those that change nothing of the Land's.
var elsewhereTried = map[string]string{
	"/abmelden":                                           "TestSignOutEndsTheSession",
	"/auth/backchannel-logout":                            "TestTheProviderEndsSessions",
	"/einladung/{token}":                                  "TestAnInvitationLeadsThroughTheSignInIntoThePortal",
	"/kontext":                                            "TestSwitchingGoesOnUnderANewSessionWithTheOldEnd",
	"/profil/sitzungen/{sitzung}/beenden":                 "TestPeopleEndTheirOwnSessionsElsewhere",
	"/abbestellen/{token}":                                "TestAMailTurnsItsKindsOffWithoutSigningIn",
	"/einstellungen/anmelderegeln/probe":                  "TestTheTrialTellsWhetherSomebodyGetsIn",
	"/leistungen/{leistung}/roll-in/start/{teil}":         "TestAPlanLosesNothing",
	"/leistungen/{leistung}/roll-in":                      "TestAPlanLosesNothing",
	"/leistungen/{leistung}/roll-in/auswertung":           "TestGoNeedsWhatComesBeforeTheEvaluation",
	"/leistungen/{leistung}/roll-in/aufnahme":             "TestABodyIsTakenInLater",
	"/kommunen/{einheit}/leistungen/{leistung}/produktiv": "TestTheGateOpensAndClosesBehind",
	"/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise":    "TestAFileGoesInAndComesBack",
	"/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/zurueckholen": "TestATaskIsHandedOverAndTakenBack",
	"/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/ausnahme":     "TestOneServiceDoesWithoutABasisStep",
	"/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/pruefung":     "TestATownHandsInAndTheLandChecks",
	"/kommunen/{einheit}/profil/{bereich}/{angabe}/einlesen":                    "TestKeyIsRefusedAndNotShownAgain",
	"/stellungnahmen/{stellungnahme}/dateien":                                   "TestAFileOfAStellungnahmeStandsInTheVermerk",
	"/stellungnahmen/{stellungnahme}/dateien/{nachweis}/loeschen":               "TestAFileOfAStellungnahmeStandsInTheVermerk",
	"/entscheidungen/{id}/pruefungen/{art}/dateien":                             "TestAPaperOfAReviewStandsInTheVermerkAndLiesInTheZIP",
	"/entscheidungen/{id}/pruefungen/{art}/dateien/{nachweis}/loeschen":         "TestAPaperGoesWhileItsCaseIsPrepared",
	"/auflagen/{auflage}/dateien":                                               "TestTheOwnerShowsAFileForAnAuflage",
	"/auflagen/{auflage}/dateien/{nachweis}/loeschen":                           "TestTheOwnerShowsAFileForAnAuflage",
	"/huerden/melden":             "TestReportingAnObstacle",
	"/huerden/{nr}/besteht-noch":  "TestAnAffectedTownSaysThatAnObstaclePersists",
	"/matrix/ansichten":           "TestAViewIsKeptSharedAndForgotten",
	"/sammelaenderungen/auswahl":  "TestTickedCellsAreChecked",
	"/sammelaenderungen/vorschau": "TestManyTasksNeedAWholeForm",
	"/sammelaenderungen":          "TestTheLandSetsOneStepForManyBodiesAndTakesItBack",
	"/plattform/auftraege":        "TestTheOperatorRetriesWhatWasGivenUp",

	"/plattform/laender/{land}/koordination/mitglieder/{mitglied}/beenden": "TestTheOperatorEndsACoordinationButNotTheLast",
	"/loeschantraege/{antrag}/freigabe":                                    "TestTwoHaveAPersonErased",
	"/loeschantraege/{antrag}/ablehnen":                                    "TestTwoHaveAPersonErased",
	"/loeschantraege/{antrag}/zurueckziehen":                               "TestTwoHaveAPersonErased",
	"/umfragen":                                                            "TestARoundGoesToATownAndBack",
	"/umfragen/produkte":                                                   "TestARoundGoesToATownAndBack",
	"/umfragen/{umfrage}/stand":                                            "TestARoundGoesToATownAndBack",
	"/umfragen/{umfrage}/erinnern":                                         "TestARoundGoesToATownAndBack",
	"/umfragen/{umfrage}/bestaetigen":                                      "TestARoundGoesToATownAndBack",
	"/umfragen/{umfrage}/antwort":                                          "TestARoundGoesToATownAndBack",
	"/umfragen/{umfrage}/antworten/{einheit}":                              "TestARoundGoesToATownAndBack",
	"/termine/{termin}/abmeldung":                                          "TestOneClickRegistersAndTheCalendarKnows",
	"/termine/{termin}/teilnahme":                                          "TestTheLandNotesWhoCameOrCancels",
	"/termine/{termin}/absage":                                             "TestTheLandNotesWhoCameOrCancels",
}

// TestEveryFormIsAmongTheDeeds keeps the list of deeds whole: a new form joins it, or names the test that sends it.
func TestEveryFormIsAmongTheDeeds(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	for _, route := range p.server.Routes() {
		if route.Method != http.MethodPost {
			continue
		}
		tried := elsewhereTried[route.Pattern] != ""
		for _, d := range deeds {
			tried = tried || sameShape(route.Pattern, d.action)
		}
		if !tried {
			t.Errorf("no deed sends the form to %s", route.Pattern)
		}
	}
	tests := testsOfTheHouse(t)
	for pattern, test := range elsewhereTried {
		if !tests[test] {
			t.Errorf("%s: there is no %s", pattern, test)
		}
		for _, d := range deeds {
			if sameShape(pattern, d.action) {
				t.Errorf("%s is among the deeds", pattern)
			}
		}
	}
}

// testsOfTheHouse are the names of all Go tests.
func testsOfTheHouse(t *testing.T) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for _, root := range []string{".", "../internal", "../cmd"} {
		must(t, filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, name := range testName.FindAllStringSubmatch(string(text), -1) {
				found[name[1]] = true
			}
			return err
		}))
	}
	return found
}

var testName = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// reviewed asks for a decision and waives each of its reviews, so that it can be submitted.
func (p *portal) reviewed(t *testing.T, slug string) uuid.UUID {
	t.Helper()
	id := p.Case(t, slug)
	p.Waive(t, "tmdi", id)
	return id
}
