// Package link has one function for each page that can be linked to. No template and no handler writes a path.
package link

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"
)

// Fixed pages.
const (
	Home          = "/"
	SignIn        = "/login"
	SignedOut     = "/anmelden"
	SignOut       = "/abmelden"
	Lagebild      = "/lagebild"
	Services      = "/leistungen"
	NewService    = "/leistungen/neu"
	Decisions     = "/entscheidungen"
	NewDecision   = "/entscheidungen/neu"
	DecisionSheet = "/entscheidungen/liste.xlsx"
	Bodies        = "/kommunen"
	Onboardings   = "/roll-in"
	Search        = "/suche"
	Figures       = "/kennzahlen"
	Matrix        = "/matrix"
	Views         = "/matrix/ansichten"
	MatrixCSV     = "/matrix/tabelle.csv"
	MatrixSheet   = "/matrix/tabelle.xlsx"
	Report        = "/bericht"
	ReportList    = "/bericht/liste"
	Tasks         = "/aufgaben"
	AllTasks      = "/aufgaben?alle=ja" // of a town, whose tasks begin with the handful that is due
	Calendar      = "/kalender"
	Jobs          = "/plattform/auftraege"
	CloseCalendar = "/kalender/sperren"
	Conditions    = "/auflagen"
	Deadlines     = "/fristen"
	Hurdles       = "/huerden"
	NewHurdle     = "/huerden/melden"
	Questions     = "/fragen"
	Experiences   = "/erfahrungen"
	TakeOver      = "/erfahrungen/uebernehmen"
	NewQuestion   = "/fragen/stellen"
	Organisations = "/organisationen"
	Settings      = "/einstellungen"
	Help          = "/hilfe"
	LegalTexts    = "/einstellungen/seiten"
	ReportBarrier = "/barriere-melden"
	Barriers      = "/einstellungen/barrieren"
	OwnData       = "/profil/auskunft"
	OwnDataFile   = "/profil/auskunft.zip"

	Checkpoints    = "/pruefpunkte"
	CheckpointFile = "/pruefpunkte/liste.txt"
	People         = "/einstellungen/personen"
	Retention      = "/einstellungen/loeschfristen"
	Erasures       = "/loeschantraege"
)

// HelpChapter is a part of the handbook.
func HelpChapter(key string) string { return Help + "/" + key }

// Legal is a page that every public body must offer, and LegalOf the same for strangers who mean a Land.
func Legal(name string) string { return "/" + name }

func LegalOf(name, land string) string {
	return Legal(name) + "?land=" + url.QueryEscape(land)
}

// EditLegal is where a Land words such a page, and LegalVersion what it said once.
func EditLegal(name string) string { return LegalTexts + "/" + name }

func LegalVersion(name string, version int) string {
	return EditLegal(name) + "/fassungen/" + strconv.Itoa(version)
}

// Barrier is a barrier that somebody reported.
func Barrier(id uuid.UUID) string { return Barriers + "/" + id.String() }

// CalendarFile is what calendar programs fetch with a secret.
func CalendarFile(secret string) string { return Calendar + "/" + secret + "/fristen.ics" }

// Where many tasks change in one act.
const (
	Batches      = "/sammelaenderungen"
	PreviewBatch = "/sammelaenderungen/vorschau"
	ChooseStep   = "/sammelaenderungen/auswahl"
)

// Batch is the page of an act on many tasks.
func Batch(no int) string { return Batches + "/" + strconv.Itoa(no) }

// MatrixAfter is a view of the matrix, with the cells marked that an act on many tasks changed; none if no is 0.
func MatrixAfter(view string, no int) string {
	query, err := url.ParseQuery(view)
	if err != nil {
		query = url.Values{}
	}
	if no > 0 {
		query.Set("sammelaenderung", strconv.Itoa(no))
	}
	if len(query) == 0 {
		return Matrix
	}
	return Matrix + "?" + query.Encode()
}

// Figure is the definition of a figure.
func Figure(key string) string { return Figures + "#" + key }

// Pillar is the definition of one of the four pillars.
func Pillar(no int) string { return Figure("saeule-" + strconv.Itoa(no)) }

// View is where a saved view is changed.
func View(id uuid.UUID) string { return Views + "/" + id.String() }

// DeleteView is where it is forgotten.
func DeleteView(id uuid.UUID) string { return View(id) + "/loeschen" }

// UndoBatch is where such an act is undone.
func UndoBatch(no int) string { return Batch(no) + "/rueckgaengig" }

// With adds query parameters, given as name and value in turn, by name; empty values are left out. Pages have hundreds of
// such links, so it goes without the map of url.Values.
func With(path string, pairs ...string) string {
	var query []string
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			query = append(query, url.QueryEscape(pairs[i])+"="+url.QueryEscape(pairs[i+1]))
		}
	}
	if len(query) == 0 {
		return path
	}
	slices.Sort(query)
	return path + "?" + strings.Join(query, "&")
}
