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

// Person is somebody the Land answers for, and DisclosePerson where it tells them what it holds.
func Person(id uuid.UUID) string         { return People + "/" + id.String() }
func DisclosePerson(id uuid.UUID) string { return Person(id) + "/auskunft" }

// Barrier is a barrier that somebody reported.
func Barrier(id uuid.UUID) string { return Barriers + "/" + id.String() }

// CalendarFile is what calendar programs fetch with a secret.
func CalendarFile(secret string) string { return Calendar + "/" + secret + "/fristen.ics" }

// What concerns a person, and the mails about it. DemoPost exists in a demonstration only.
const (
	Notices      = "/mitteilungen"
	ReadNotices  = "/mitteilungen/gelesen"
	MailSettings = "/mitteilungen/einstellungen"
	Deliveries   = "/mitteilungen/versand"
	DemoPost     = "/demo/post"
)

// Notice is where a notice is opened: it is read then, and leads on.
func Notice(id uuid.UUID) string { return Notices + "/" + id.String() }

// Unsubscribe is where the holder of a mail turns such mails off.
func Unsubscribe(token string) string { return "/abbestellen/" + url.PathEscape(token) }

// Service is the page of a service.
func Service(slug string) string { return Services + "/" + slug }

// EditService is the form for a service.
func EditService(slug string) string { return Service(slug) + "/bearbeiten" }

// PublishService is where a draft is published.
func PublishService(slug string) string { return Service(slug) + "/veroeffentlichen" }

// Rollin is the roll-in of a service over all bodies.
func Rollin(slug string) string { return Service(slug) + "/roll-in" }

// StartRollin is where the roll-in of a service is prepared.
func StartRollin(slug string) string { return Rollin(slug) + "/start" }

// PlanRollin is a part of the plan of a roll-in.
func PlanRollin(slug, part string) string { return StartRollin(slug) + "/" + part }

// Evaluate is where the Land says what it makes of the pilots.
func Evaluate(slug string) string { return Rollin(slug) + "/auswertung" }

// Admit is where a body is taken into a roll-in that has begun.
func Admit(slug string) string { return Rollin(slug) + "/aufnahme" }

// PilotCall is the call for pilots of a service.
func PilotCall(slug string) string { return Service(slug) + "/pilotaufruf" }

// Letter is the Informationsschreiben that a body got.
func Letter(body, slug string) string { return Checklist(body, slug) + "/schreiben" }

// LandStep is a step that the Land does once for a service.
func LandStep(slug, key string) string { return Service(slug) + "/schritte/" + key }

// Facts is where the Land enters what a source says about a service.
func Facts(slug string) string { return Service(slug) + "/angaben" }

// Decision is the Vorgang of a Nachnutzungsentscheidung.
func Decision(id uuid.UUID) string { return Decisions + "/" + id.String() }

// Condition is an Auflage.
func Condition(id uuid.UUID) string { return Conditions + "/" + id.String() }

// ReportCondition is where its owner reports an Auflage fulfilled.
func ReportCondition(id uuid.UUID) string { return Condition(id) + "/melden" }

// SettleCondition is where its ministry confirms, sends back or waives an Auflage.
func SettleCondition(id uuid.UUID) string { return Condition(id) + "/pruefung" }

// AddProof is where a file that shows that an Auflage is fulfilled is uploaded.
func AddProof(id uuid.UUID) string { return Condition(id) + "/dateien" }

// Proof is the content of such a file.
func Proof(id, file uuid.UUID) string { return AddProof(id) + "/" + file.String() }

// RemoveProof is where such a file is deleted.
func RemoveProof(id, file uuid.UUID) string { return Proof(id, file) + "/loeschen" }

// HandOverCondition is where its ministry says who sees to an Auflage.
func HandOverCondition(id uuid.UUID) string { return Condition(id) + "/zustaendig" }

// Funding is who pays for a service.
func Funding(slug string) string { return Service(slug) + "/finanzierung" }

// NewFunding is the form for a funding or a contract.
func NewFunding(slug string) string { return Funding(slug) + "/neu" }

// EditFunding is the form of one of them.
func EditFunding(slug string, id uuid.UUID) string { return Funding(slug) + "/" + id.String() }

// WithdrawFunding is where one of them is taken back.
func WithdrawFunding(slug string, id uuid.UUID) string { return EditFunding(slug, id) + "/rueckzug" }

// Review is one of the four reviews of a decision.
func Review(id uuid.UUID, kind string) string { return Decision(id) + "/pruefungen/" + kind }

// AddEnclosure is where a file is uploaded with a Stellungnahme.
func AddEnclosure(id uuid.UUID) string { return Opinion(id) + "/dateien" }

// Enclosure is the content of such a file, for the organisation that was asked.
func Enclosure(id, file uuid.UUID) string { return AddEnclosure(id) + "/" + file.String() }

// RemoveEnclosure is where such a file is deleted.
func RemoveEnclosure(id, file uuid.UUID) string { return Enclosure(id, file) + "/loeschen" }

// Given is the content of such a file, for the ministry that asked.
func Given(decision, id, file uuid.UUID) string {
	return Decision(decision) + "/stellungnahmen/" + id.String() + "/dateien/" + file.String()
}

// AddPaper is where a file that a review leans on is uploaded.
func AddPaper(id uuid.UUID, kind string) string { return Review(id, kind) + "/dateien" }

// Paper is the content of such a file.
func Paper(id uuid.UUID, kind string, file uuid.UUID) string {
	return AddPaper(id, kind) + "/" + file.String()
}

// RemovePaper is where such a file is deleted.
func RemovePaper(id uuid.UUID, kind string, file uuid.UUID) string {
	return Paper(id, kind, file) + "/loeschen"
}

// SubmitDecision is where a decision is put to the second person.
func SubmitDecision(id uuid.UUID) string { return Decision(id) + "/einreichen" }

// WithdrawDecision is where a request is taken back.
func WithdrawDecision(id uuid.UUID) string { return Decision(id) + "/zurueckziehen" }

// Decide is where the second person decides.
func Decide(id uuid.UUID) string { return Decision(id) + "/beschluss" }

// RequestDecision asks for a decision about a service.
func RequestDecision(slug string) string { return With(NewDecision, "leistung", slug) }

// Body is the page of a Landkreis or a kreisfreie Stadt.
func Body(key string) string { return Bodies + "/" + key }

// Checklist is a body's way to a service.
func Checklist(body, slug string) string { return Body(body) + "/leistungen/" + slug }

// Step is a step of a checklist.
func Step(body, slug, key string) string { return Checklist(body, slug) + "/aufgaben/" + key }

// ReviewStep is where a step is accepted or returned by whoever checks it.
func ReviewStep(body, slug, key string) string { return Step(body, slug, key) + "/pruefung" }

// ToCheck lists the steps that wait for the reader to check them.
func ToCheck() string { return With(Tasks, "status", "pruefen") }

// HandOver is where a step is handed to others.
func HandOver(body, slug, key string) string { return Step(body, slug, key) + "/abgeben" }

// TakeBack is where a step is called back from others.
func TakeBack(body, slug, key string) string { return Step(body, slug, key) + "/zurueckholen" }

// Overrule is where a body says that a service does without a basis step.
func Overrule(body, slug, key string) string { return Step(body, slug, key) + "/ausnahme" }

// Confirm is where a body says that one of its checklists stands as it is noted.
func Confirm(body, slug string) string { return Checklist(body, slug) + "/bestaetigen" }

// ConfirmAll is where a body says that of all its checklists.
func ConfirmAll(body string) string { return Body(body) + "/bestaetigen" }

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

// StepsOfBodies lists the steps that the bodies of a service have.
func StepsOfBodies(slug string) string { return Rollin(slug) + "/aufgaben" }

// StepOfBodies is one of them in all bodies.
func StepOfBodies(slug, key string) string { return StepsOfBodies(slug) + "/" + key }

// WaitingFor is the list of parties that steps wait for.
const WaitingFor = "/wartet-auf"

// WaitingLetter lists all that lies with a party.
func WaitingLetter(party string) string { return WaitingFor + "/" + url.PathEscape(party) }

// WaitingSheet is that list as a file.
func WaitingSheet(party string) string { return WaitingLetter(party) + "/liste.xlsx" }

// AddFile is where a file is uploaded as evidence of a step.
func AddFile(body, slug, key string) string { return Step(body, slug, key) + "/nachweise" }

// RemoveFile is where a file of a step is deleted.
func RemoveFile(body, slug, key string, id uuid.UUID) string {
	return AddFile(body, slug, key) + "/" + id.String() + "/loeschen"
}

// File is the content of a file.
func File(id uuid.UUID) string { return "/nachweise/" + id.String() + "/datei" }

// GoLive is the gate before a service is productive in a body.
func GoLive(body, slug string) string { return Checklist(body, slug) + "/produktiv" }

// Forecast says when a service is likely to be live everywhere.
func Forecast(slug string) string { return Rollin(slug) + "/prognose" }

// OnboardingDate is where the Produktivstart gets another day.
func OnboardingDate(body, slug string) string { return Checklist(body, slug) + "/termin" }

// OnboardingState is where participation is confirmed, paused or ended.
func OnboardingState(body, slug string) string { return Checklist(body, slug) + "/stand" }

// Hurdle is the page of an obstacle.
func Hurdle(no int) string { return Hurdles + "/" + strconv.Itoa(no) }

// AssessHurdle is where the Land says how it judges an obstacle.
func AssessHurdle(no int) string { return Hurdle(no) + "/einordnung" }

// SimilarHurdles offers known obstacles while somebody describes one.
func SimilarHurdles(body, slug, key string) string {
	return With(Hurdles+"/aehnliche", "einheit", body, "leistung", slug, "aufgabe", key)
}

// HurdlePersists is where a body says that an obstacle hinders it still.
func HurdlePersists(no int) string { return Hurdle(no) + "/besteht-noch" }

// LeaveHurdle is where a body says that an obstacle hinders it no longer.
func LeaveHurdle(no int) string { return Hurdle(no) + "/betrifft-uns-nicht" }

// ReportHurdle is the form that reports an obstacle at a step of a checklist.
func ReportHurdle(body, slug, key string) string {
	return With(NewHurdle, "einheit", body, "leistung", slug, "aufgabe", key)
}

// Question is the page of a question.
func Question(id uuid.UUID) string { return Questions + "/" + id.String() }

// CloseQuestion is where a question is said to be answered.
func CloseQuestion(id uuid.UUID) string { return Question(id) + "/beantwortet" }

// PublishHelp is where the answer to a question becomes a help for all.
func PublishHelp(id uuid.UUID) string { return Question(id) + "/hilfe" }

// WithdrawHelp is where a help is taken back.
func WithdrawHelp(id uuid.UUID) string { return Questions + "/hilfe/" + id.String() + "/zuruecknehmen" }

// Ask is the form that asks at a step of a checklist, or at the checklist as a whole if key is "".
func Ask(body, slug, key string) string {
	return With(NewQuestion, "einheit", body, "leistung", slug, "aufgabe", key)
}

// Exchange is all that was asked and said about a checklist.
func Exchange(body, slug string) string { return Checklist(body, slug) + "/austausch" }

// Share is where a body releases what it learned at a step, or of the whole way if key is "".
func Share(body, slug, key string) string {
	return With(Checklist(body, slug)+"/erfahrung", "aufgabe", key)
}

// WithdrawExperience is where a body takes back what it released.
func WithdrawExperience(id uuid.UUID) string {
	return Experiences + "/" + id.String() + "/zuruecknehmen"
}

// SharedFile is the content of a file that was released with an experience.
func SharedFile(experience, id uuid.UUID) string {
	return Experiences + "/" + experience.String() + "/dateien/" + id.String()
}

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

// What a person sees of their own access.
const (
	Account       = "/profil"
	Sessions      = "/profil/sitzungen"
	SwitchContext = "/kontext"
)

// EndSession is where a person signs out one of their browsers.
func EndSession(id uuid.UUID) string { return Sessions + "/" + id.String() + "/beenden" }

// The rules that give roles at sign-in.
const (
	Mapping     = "/einstellungen/anmelderegeln"
	TurnMapping = Mapping + "/schalter"
	TryMapping  = Mapping + "/probe"
)

// RemoveRule is where a rule ends.
func RemoveRule(id uuid.UUID) string { return Mapping + "/" + id.String() + "/entfernen" }

// NewErasure asks to erase a person, Erasure is such a request, and the others settle it.
func NewErasure(person uuid.UUID) string  { return Erasures + "/neu/" + person.String() }
func Erasure(id uuid.UUID) string         { return Erasures + "/" + id.String() }
func ApproveErasure(id uuid.UUID) string  { return Erasure(id) + "/freigabe" }
func RefuseErasure(id uuid.UUID) string   { return Erasure(id) + "/ablehnen" }
func WithdrawErasure(id uuid.UUID) string { return Erasure(id) + "/zurueckziehen" }

// Members are the people of an organisation.
func Members(org string) string { return Organisations + "/" + url.PathEscape(org) + "/mitglieder" }

// EndMember is where a person's role ends.
func EndMember(org string, id uuid.UUID) string { return Members(org) + "/" + id.String() + "/beenden" }

// Invitations is where people are invited to an organisation.
func Invitations(org string) string {
	return Organisations + "/" + url.PathEscape(org) + "/einladungen"
}

// WithdrawInvitation is where an invitation is taken back.
func WithdrawInvitation(org string, id uuid.UUID) string {
	return Invitations(org) + "/" + id.String() + "/zurueckziehen"
}

// Coordination is where the platform's administration invites who coordinates a Land; the others take an invitation back and
// end a role.
func Coordination(land string) string {
	return "/plattform/laender/" + url.PathEscape(land) + "/koordination"
}

func WithdrawCoordination(land string, id uuid.UUID) string {
	return Coordination(land) + "/einladungen/" + id.String() + "/zurueckziehen"
}

func EndCoordination(land string, id uuid.UUID) string {
	return Coordination(land) + "/mitglieder/" + id.String() + "/beenden"
}

// Invited is where a sign-in goes that takes an invitation.
const Invited = "/einladung"

// Invitation is what the mail of an invitation leads to.
func Invitation(token string) string { return Invited + "/" + url.PathEscape(token) }
