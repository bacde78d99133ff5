package web

import (
	"net/http"
	"sync/atomic"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/calendar"
	"rollinportal/internal/catalog"
	"rollinportal/internal/condition"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/decision"
	"rollinportal/internal/event"
	"rollinportal/internal/evidence"
	"rollinportal/internal/experience"
	"rollinportal/internal/funding"
	"rollinportal/internal/history"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/identity"
	"rollinportal/internal/legal"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/operation"
	"rollinportal/internal/organisation"
	"rollinportal/internal/pilot"
	"rollinportal/internal/planning"
	"rollinportal/internal/postgres"
	"rollinportal/internal/privacy"
	"rollinportal/internal/profile"
	"rollinportal/internal/question"
	"rollinportal/internal/register"
	"rollinportal/internal/savedview"
	"rollinportal/internal/survey"
	"rollinportal/web/accountpage"
	"rollinportal/web/assessmentpage"
	"rollinportal/web/batchpage"
	"rollinportal/web/bodypage"
	"rollinportal/web/calendarpage"
	"rollinportal/web/catalogpage"
	"rollinportal/web/checklistpage"
	"rollinportal/web/checkpointpage"
	"rollinportal/web/conditionpage"
	"rollinportal/web/decisionpage"
	"rollinportal/web/demopostpage"
	"rollinportal/web/eventpage"
	"rollinportal/web/evidencepage"
	"rollinportal/web/experiencepage"
	"rollinportal/web/figurepage"
	"rollinportal/web/fundingpage"
	"rollinportal/web/healthpage"
	"rollinportal/web/homepage"
	"rollinportal/web/hurdlepage"
	"rollinportal/web/jobpage"
	"rollinportal/web/lagebildpage"
	"rollinportal/web/legalpage"
	"rollinportal/web/listpage"
	"rollinportal/web/mappingpage"
	"rollinportal/web/matrixpage"
	"rollinportal/web/memberpage"
	"rollinportal/web/noticepage"
	"rollinportal/web/opinionpage"
	"rollinportal/web/orgpage"
	"rollinportal/web/page"
	"rollinportal/web/pilotpage"
	"rollinportal/web/planpage"
	"rollinportal/web/privacypage"
	"rollinportal/web/profilepage"
	"rollinportal/web/questionpage"
	"rollinportal/web/recordpage"
	"rollinportal/web/registerpage"
	"rollinportal/web/reportpage"
	"rollinportal/web/rollinpage"
	"rollinportal/web/searchpage"
	"rollinportal/web/settingspage"
	"rollinportal/web/signinpage"
	"rollinportal/web/steppage"
	"rollinportal/web/surveypage"
	"rollinportal/web/viewpage"
	"rollinportal/web/waitingpage"
)

// table is the routing table while it is filled. A route without a known action does not come into being.
type table struct {
	router *chi.Mux
	desk   page.Desk
	routes []Route
}

func (t *table) get(pattern string, action access.Action, h page.Handler) {
	t.add(http.MethodGet, pattern, action, h)
}

func (t *table) post(pattern string, action access.Action, h page.Handler) {
	t.add(http.MethodPost, pattern, action, h)
}

func (t *table) add(method, pattern string, action access.Action, h page.Handler) {
	if !access.Known(action) {
		panic("route " + pattern + " has no row in the permission table: " + string(action))
	}
	t.routes = append(t.routes, Route{method, pattern, string(action)})
	handler := t.desk.Handle(action, h)
	t.router.Method(method, pattern, handler)
	if method == http.MethodGet {
		t.router.Method(http.MethodHead, pattern, handler)
	}
}

// fill lists every URL of the portal.
func (t *table) fill(c Config, db *postgres.DB, people *identity.Service, shell page.Shell, draining *atomic.Bool) {
	health := healthpage.Pages{DB: db, Draining: draining}
	t.get("/healthz", access.HealthView, health.Alive)
	t.get("/readyz", access.HealthView, health.Ready)

	signIn := signinpage.New(c.BaseURL, c.Provider, people, shell)
	t.get("/login", access.Login, signIn.Begin)
	t.get("/auth/callback", access.Login, signIn.Callback)
	t.get("/anmelden", access.Login, signIn.Show)
	t.post("/abmelden", access.Logout, signIn.SignOut)
	t.post("/auth/backchannel-logout", access.ProviderLogout, signIn.EndFromProvider)
	t.get("/einladung/{token}", access.InviteAccept, signIn.Invitation)
	t.post("/einladung/{token}", access.InviteAccept, signIn.TakeInvitation)
	t.post("/kontext", access.SwitchContext, signIn.Switch)
	account := accountpage.Pages{Shell: shell, People: people}
	t.get("/profil", access.AccountView, account.Show)
	t.get("/profil/sitzungen", access.SessionList, account.Sessions)
	t.post("/profil/sitzungen/{sitzung}/beenden", access.SessionEnd, account.EndSession)

	checkpoints := checkpointpage.Pages{Shell: shell, Notary: audit.NewNotary(db, nil)}
	t.get("/pruefpunkte", access.AuditVerify, checkpoints.Show)
	t.get("/pruefpunkte/liste.txt", access.AuditVerify, checkpoints.File)

	personal := privacypage.Pages{Shell: shell, Privacy: privacy.NewService(db)}
	t.get("/profil/auskunft", access.PrivacySelfExport, personal.Own)
	t.get("/profil/auskunft.zip", access.PrivacySelfExport, personal.OwnFile)
	t.get("/einstellungen/personen", access.PrivacyPerson, personal.People)
	t.get("/einstellungen/personen/{person}", access.PrivacyPerson, personal.Person)
	t.post("/einstellungen/personen/{person}", access.PrivacyPerson, personal.Correct)
	t.post("/einstellungen/personen/{person}/auskunft", access.PrivacyPerson, personal.Disclose)
	t.get("/loeschantraege", access.PrivacyErase, personal.Erasures)
	t.post("/loeschantraege", access.PrivacyErase, personal.AskErasure)
	t.get("/loeschantraege/neu/{person}", access.PrivacyErase, personal.NewErasure)
	t.get("/loeschantraege/{antrag}", access.PrivacyErase, personal.Erasure)
	t.post("/loeschantraege/{antrag}/freigabe", access.PrivacyErase, personal.ApproveErasure)
	t.post("/loeschantraege/{antrag}/ablehnen", access.PrivacyErase, personal.RefuseErasure)
	t.post("/loeschantraege/{antrag}/zurueckziehen", access.PrivacyErase, personal.WithdrawErasure)
	t.get("/einstellungen/loeschfristen", access.PrivacyRetain, personal.Retention)
	t.post("/einstellungen/loeschfristen", access.PrivacyRetain, personal.Retain)

	worded := legalpage.Pages{Shell: shell, Legal: legal.NewService(db), Greedy: greedySenders()}
	t.get("/impressum", access.LegalView, worded.Imprint)
	t.get("/datenschutz", access.LegalView, worded.Privacy)
	t.get("/barrierefreiheit", access.LegalView, worded.Accessibility)
	t.get("/barriere-melden", access.LegalView, worded.ReportBarrier)
	t.post("/barriere-melden", access.BarrierReport, worded.TakeBarrier)
	t.get("/leichte-sprache", access.LegalView, worded.EasyLanguage)
	t.get("/gebaerdensprache", access.LegalView, worded.SignLanguage)
	t.get("/hilfe", access.LegalView, worded.Help)
	t.get("/hilfe/{kapitel}", access.LegalView, worded.Chapter)
	t.get("/einstellungen/seiten", access.LegalEdit, worded.List)
	t.get("/einstellungen/seiten/{seite}", access.LegalEdit, worded.Edit)
	t.post("/einstellungen/seiten/{seite}", access.LegalEdit, worded.Publish)
	t.get("/einstellungen/seiten/{seite}/fassungen/{fassung}", access.LegalEdit, worded.Version)
	t.get("/einstellungen/barrieren", access.BarrierHandle, worded.Barriers)
	t.get("/einstellungen/barrieren/{barriere}", access.BarrierHandle, worded.Barrier)
	t.post("/einstellungen/barrieren/{barriere}", access.BarrierHandle, worded.AnswerBarrier)

	figures := dashboard.NewService(db)
	services := catalogpage.Pages{Shell: shell, Catalog: catalog.New(db), Dashboard: figures}
	t.get("/leistungen", access.ServiceView, services.List)
	t.get("/leistungen/neu", access.ServiceCreate, services.New)
	t.post("/leistungen", access.ServiceCreate, services.Create)
	t.get("/leistungen/{leistung}", access.ServiceView, services.Show)
	t.get("/leistungen/{leistung}/bearbeiten", access.ServiceEdit, services.Edit)
	t.post("/leistungen/{leistung}", access.ServiceEdit, services.Save)
	t.get("/leistungen/{leistung}/angaben", access.ServiceFact, services.Fact)
	t.post("/leistungen/{leistung}/angaben", access.ServiceFact, services.SaveFact)
	t.post("/leistungen/{leistung}/veroeffentlichen", access.ServicePublish, services.Publish)

	onboardings := onboarding.NewService(db)
	planned := planning.NewService(db)
	rollins := rollinpage.Pages{Shell: shell, Onboardings: onboardings, Plans: planned}
	t.get("/leistungen/{leistung}/roll-in", access.RolloutView, rollins.Show)
	t.get("/leistungen/{leistung}/roll-in/auswertung", access.RolloutPlan, rollins.Judge)
	t.post("/leistungen/{leistung}/roll-in/auswertung", access.RolloutPlan, rollins.Evaluate)
	t.get("/leistungen/{leistung}/roll-in/aufnahme", access.RolloutPlan, rollins.Joining)
	t.post("/leistungen/{leistung}/roll-in/aufnahme", access.RolloutPlan, rollins.Admit)
	pilots := pilotpage.Pages{Shell: shell, Pilots: pilot.NewService(db)}
	t.get("/leistungen/{leistung}/pilotaufruf", access.PilotView, pilots.Show)
	t.post("/leistungen/{leistung}/pilotaufruf", access.PilotCall, pilots.Publish)
	t.post("/leistungen/{leistung}/pilotaufruf/auswahl", access.PilotCall, pilots.Choose)
	t.post("/leistungen/{leistung}/pilotaufruf/bewerbung", access.PilotApply, pilots.Apply)
	t.post("/leistungen/{leistung}/pilotaufruf/bewerbung/zurueckziehen", access.PilotApply, pilots.Withdraw)
	plans := planpage.Pages{Shell: shell, Plans: planned}
	t.get("/leistungen/{leistung}/roll-in/start", access.RolloutPlan, plans.Begin)
	t.get("/leistungen/{leistung}/roll-in/start/{teil}", access.RolloutPlan, plans.Show)
	t.post("/leistungen/{leistung}/roll-in/start/{teil}", access.RolloutPlan, plans.Save)
	t.post("/leistungen/{leistung}/roll-in", access.RolloutPlan, plans.Start)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/schreiben", access.ChecklistView, plans.Letter)

	questions := questionpage.Pages{Shell: shell, Questions: question.NewService(db)}
	checklists := checklistpage.Pages{Shell: shell, Onboardings: onboardings, Hints: questions.General}
	t.get("/kommunen/{einheit}/leistungen/{leistung}", access.ChecklistView, checklists.Show)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/produktiv", access.ChecklistSubmit, checklists.GoLive)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/produktiv", access.ChecklistSubmit, checklists.ReportGoLive)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/stand", access.ChecklistState, checklists.State)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/stand", access.ChecklistState, checklists.ChangeState)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/termin", access.ChecklistState, checklists.Date)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/termin", access.ChecklistState, checklists.ChangeDate)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/bestaetigen", access.ChecklistItemEdit, checklists.Confirm)
	t.post("/kommunen/{einheit}/bestaetigen", access.ChecklistItemEdit, checklists.Confirm)

	cases, follow, kept := decision.NewService(db), condition.NewService(db), evidence.NewService(db)
	files := evidencepage.Pages{Shell: shell, Evidence: kept, Onboardings: onboardings, Decisions: cases, Conditions: follow, Slots: evidencepage.NewSlots(8)}
	t.get("/nachweise/{nachweis}/datei", access.EvidenceDownload, files.Download)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise", access.EvidenceUpload, files.New)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise", access.EvidenceUpload, files.Upload)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise/{nachweis}/loeschen", access.EvidenceDelete, files.Delete)

	experiences := experiencepage.Pages{Shell: shell, Experiences: experience.NewService(db)}
	t.get("/erfahrungen", access.PeerView, experiences.List)
	t.post("/erfahrungen/uebernehmen", access.PeerTake, experiences.Take)
	t.post("/erfahrungen/{erfahrung}/zuruecknehmen", access.PeerShare, experiences.Withdraw)
	t.get("/erfahrungen/{erfahrung}/dateien/{nachweis}", access.PeerView, files.DownloadShared)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/erfahrung", access.PeerShare, experiences.New)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/erfahrung", access.PeerShare, experiences.Share)

	t.get("/fragen", access.QuestionView, questions.List)
	t.get("/fragen/stellen", access.QuestionAsk, questions.New)
	t.post("/fragen/stellen", access.QuestionAsk, questions.Ask)
	t.get("/fragen/{frage}", access.QuestionView, questions.Show)
	t.post("/fragen/{frage}", access.QuestionAnswer, questions.Answer)
	t.post("/fragen/{frage}/beantwortet", access.QuestionAnswer, questions.Close)
	t.get("/fragen/{frage}/hilfe", access.QuestionPublish, questions.Consider)
	t.post("/fragen/{frage}/hilfe", access.QuestionPublish, questions.Publish)
	t.post("/fragen/hilfe/{hilfe}/zuruecknehmen", access.QuestionPublish, questions.Withdraw)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/austausch", access.NoteView, questions.Exchange)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/austausch", access.NoteWrite, questions.Comment)

	steps := steppage.Pages{Shell: shell, Onboardings: onboardings, Files: files.Panel, Talk: questions.Panel}
	t.get("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", access.ChecklistView, steps.Task)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", access.ChecklistItemEdit, steps.ChangeTask)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", access.ChecklistItemEdit, steps.HandOver)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", access.ChecklistItemEdit, steps.SaveHandOver)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/zurueckholen", access.ChecklistItemEdit, steps.TakeBack)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/ausnahme", access.ChecklistOverrule, steps.Overrule)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/ausnahme", access.ChecklistOverrule, steps.SaveOverrule)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/pruefung", access.ChecklistConfirm, steps.ReviewTask)
	t.get("/leistungen/{leistung}/schritte/{schritt}", access.RolloutView, steps.LandStep)
	t.post("/leistungen/{leistung}/schritte/{schritt}", access.RolloutPlan, steps.ChangeLandStep)

	decisions := decisionpage.Pages{Shell: shell, Decisions: cases, Onboardings: onboardings, Papers: files.Papers}
	t.get("/entscheidungen", access.DecisionView, decisions.List)
	t.get("/entscheidungen/liste.xlsx", access.DecisionExport, decisions.Sheet)
	t.get("/entscheidungen/neu", access.DecisionRequest, decisions.New)
	t.post("/entscheidungen", access.DecisionRequest, decisions.Create)
	t.get("/entscheidungen/{id}", access.DecisionView, decisions.Show)
	t.get("/entscheidungen/{id}/pruefungen/{art}", access.DecisionInternalView, decisions.Review)
	t.post("/entscheidungen/{id}/pruefungen/{art}", access.DecisionInternalEdit, decisions.SaveReview)
	t.post("/entscheidungen/{id}/pruefungen/{art}/dateien", access.DecisionInternalEdit, files.AddPaper)
	t.get("/entscheidungen/{id}/pruefungen/{art}/dateien/{nachweis}", access.DecisionInternalView, files.DownloadPaper)
	t.post("/entscheidungen/{id}/pruefungen/{art}/dateien/{nachweis}/loeschen", access.DecisionInternalEdit, files.RemovePaper)
	t.post("/entscheidungen/{id}/einreichen", access.DecisionInternalEdit, decisions.Submit)
	t.post("/entscheidungen/{id}/zurueckziehen", access.DecisionInternalEdit, decisions.Withdraw)
	t.get("/entscheidungen/{id}/beschluss", access.DecisionDecide, decisions.Consider)
	t.post("/entscheidungen/{id}/beschluss", access.DecisionDecide, decisions.Decide)
	t.get("/entscheidungen/{id}/stellungnahmen/neu", access.DecisionInternalEdit, decisions.AskForm)
	t.post("/entscheidungen/{id}/stellungnahmen", access.DecisionInternalEdit, decisions.Ask)
	t.get("/entscheidungen/{id}/aufheben", access.DecisionReopen, decisions.ConsiderRevoking)
	t.post("/entscheidungen/{id}/aufheben", access.DecisionReopen, decisions.Revoke)
	records := recordpage.Pages{Shell: shell, Decisions: cases, Files: kept, Prints: c.Prints}
	t.get("/entscheidungen/{id}/vermerk", access.DecisionView, records.Show)
	t.get("/entscheidungen/{id}/vermerk.pdf", access.DecisionInternalView, records.PDF)
	t.get("/entscheidungen/{id}/vermerk-ende", access.DecisionView, records.ShowEnding)
	t.get("/entscheidungen/{id}/vermerk-ende.pdf", access.DecisionInternalView, records.EndingPDF)
	t.get("/entscheidungen/{id}/vorgang.zip", access.DecisionFile, records.Bundle)
	t.get("/entscheidungen/vertretung", access.DecisionDecide, decisions.Delegations)
	t.post("/entscheidungen/vertretung", access.DecisionDecide, decisions.Delegate)
	t.post("/entscheidungen/vertretung/{vertretung}/beenden", access.DecisionDecide, decisions.EndDelegation)

	conditions := conditionpage.Pages{Shell: shell, Conditions: follow, Proofs: files.Proofs}
	t.get("/auflagen", access.ConditionView, conditions.List)
	t.get("/auflagen/{auflage}", access.ConditionView, conditions.Show)
	t.post("/auflagen/{auflage}/dateien", access.ConditionReport, files.AddProof)
	t.get("/auflagen/{auflage}/dateien/{nachweis}", access.ConditionView, files.DownloadProof)
	t.post("/auflagen/{auflage}/dateien/{nachweis}/loeschen", access.ConditionReport, files.RemoveProof)
	t.post("/auflagen/{auflage}/melden", access.ConditionReport, conditions.Report)
	t.post("/auflagen/{auflage}/pruefung", access.ConditionSettle, conditions.Settle)
	t.post("/auflagen/{auflage}/zustaendig", access.ConditionSettle, conditions.HandOver)

	money := fundingpage.Pages{Shell: shell, Funding: funding.NewService(db)}
	t.get("/fristen", access.DeadlineView, money.Deadlines)
	t.get("/leistungen/{leistung}/finanzierung", access.FundingView, money.Show)
	t.get("/leistungen/{leistung}/finanzierung/neu", access.FundingEdit, money.New)
	t.post("/leistungen/{leistung}/finanzierung/neu", access.FundingEdit, money.Save)
	t.get("/leistungen/{leistung}/finanzierung/{eintrag}", access.FundingEdit, money.Edit)
	t.post("/leistungen/{leistung}/finanzierung/{eintrag}", access.FundingEdit, money.Save)
	t.post("/leistungen/{leistung}/finanzierung/{eintrag}/rueckzug", access.FundingEdit, money.Withdraw)

	matters := registerpage.Pages{Shell: shell, Register: register.NewService(db)}
	t.get("/entscheidungen/grundsatz", access.RegisterView, matters.List)
	t.get("/entscheidungen/grundsatz/neu", access.RegisterEdit, matters.New)
	t.post("/entscheidungen/grundsatz", access.RegisterEdit, matters.Create)
	t.get("/entscheidungen/grundsatz/{grundsatz}", access.RegisterView, matters.Show)
	t.post("/entscheidungen/grundsatz/{grundsatz}", access.RegisterEdit, matters.Save)
	t.get("/entscheidungen/grundsatz/{grundsatz}/bearbeiten", access.RegisterEdit, matters.Edit)
	t.post("/entscheidungen/grundsatz/{grundsatz}/stand", access.RegisterEdit, matters.Turn)

	figuring := assessmentpage.Pages{Shell: shell, Decisions: cases}
	t.get("/entscheidungen/{id}/wirtschaftlichkeit", access.DecisionInternalView, figuring.Show)
	t.get("/entscheidungen/{id}/wirtschaftlichkeit/grundlagen", access.DecisionInternalEdit, figuring.Frame)
	t.post("/entscheidungen/{id}/wirtschaftlichkeit/grundlagen", access.DecisionInternalEdit, figuring.SaveFrame)
	t.get("/entscheidungen/{id}/wirtschaftlichkeit/{alternative}", access.DecisionInternalEdit, figuring.Option)
	t.post("/entscheidungen/{id}/wirtschaftlichkeit/{alternative}", access.DecisionInternalEdit, figuring.SaveOption)

	asked := opinionpage.Pages{Shell: shell, Decisions: cases, Files: files.Enclosures}
	t.get("/stellungnahmen", access.OpinionAnswer, asked.List)
	t.get("/stellungnahmen/{stellungnahme}", access.OpinionAnswer, asked.Show)
	t.post("/stellungnahmen/{stellungnahme}", access.OpinionAnswer, asked.Answer)
	t.post("/stellungnahmen/{stellungnahme}/dateien", access.OpinionAnswer, files.AddEnclosure)
	t.get("/stellungnahmen/{stellungnahme}/dateien/{nachweis}", access.OpinionAnswer, files.DownloadEnclosure)
	t.post("/stellungnahmen/{stellungnahme}/dateien/{nachweis}/loeschen", access.OpinionAnswer, files.RemoveEnclosure)
	t.get("/entscheidungen/{id}/stellungnahmen/{stellungnahme}/dateien/{nachweis}", access.DecisionInternalView, files.DownloadGiven)

	events := eventpage.Pages{Shell: shell, Events: event.NewService(db)}
	t.get("/termine", access.EventView, events.List)
	t.get("/termine/neu", access.EventManage, events.New)
	t.post("/termine", access.EventManage, events.Create)
	t.get("/termine/{termin}", access.EventView, events.Show)
	t.get("/termine/{termin}/bearbeiten", access.EventManage, events.Edit)
	t.post("/termine/{termin}", access.EventManage, events.Save)
	t.post("/termine/{termin}/absage", access.EventManage, events.Cancel)
	t.post("/termine/{termin}/teilnahme", access.EventManage, events.Attend)
	t.post("/termine/{termin}/anmeldung", access.EventRegister, events.Register)
	t.post("/termine/{termin}/abmeldung", access.EventRegister, events.Withdraw)
	surveys := surveypage.Pages{Shell: shell, Surveys: survey.NewService(db)}
	t.get("/umfragen", access.SurveyAggregate, surveys.List)
	t.get("/umfragen/neu", access.SurveyManage, surveys.New)
	t.post("/umfragen", access.SurveyManage, surveys.Create)
	t.get("/umfragen/produkte", access.SurveyManage, surveys.Products)
	t.post("/umfragen/produkte", access.SurveyManage, surveys.Count)
	t.get("/umfragen/{umfrage}", access.SurveyAggregate, surveys.Show)
	t.get("/umfragen/{umfrage}/bearbeiten", access.SurveyManage, surveys.Edit)
	t.post("/umfragen/{umfrage}", access.SurveyManage, surveys.Save)
	t.post("/umfragen/{umfrage}/stand", access.SurveyManage, surveys.Turn)
	t.post("/umfragen/{umfrage}/erinnern", access.SurveyManage, surveys.Remind)
	t.post("/umfragen/{umfrage}/bestaetigen", access.SurveyAnswer, surveys.Confirm)
	t.post("/umfragen/{umfrage}/ausblick", access.SurveyAnswer, surveys.Look)
	t.post("/umfragen/{umfrage}/antwort", access.SurveySubmit, surveys.Submit)
	t.get("/umfragen/{umfrage}/antworten/{einheit}", access.SurveyViewSingle, surveys.Answer)
	t.post("/umfragen/{umfrage}/antworten/{einheit}", access.SurveyManage, surveys.Settle)

	hurdles := hurdlepage.Pages{Shell: shell, Hurdles: hurdle.NewService(db)}
	t.get("/huerden", access.ObstacleView, hurdles.List)
	t.get("/huerden/melden", access.ObstacleReport, hurdles.New)
	t.post("/huerden/melden", access.ObstacleReport, hurdles.Report)
	t.get("/huerden/aehnliche", access.ObstacleReport, hurdles.Similar)
	t.post("/huerden/{nr}/besteht-noch", access.ObstacleReport, hurdles.Persist)
	t.get("/huerden/{nr}", access.ObstacleView, hurdles.Show)
	t.post("/huerden/{nr}", access.ObstacleManage, hurdles.Act)
	t.post("/huerden/{nr}/einordnung", access.ObstacleManage, hurdles.Assess)
	t.post("/huerden/{nr}/betrifft-uns-nicht", access.ObstacleReport, hurdles.Leave)

	notices := noticepage.Pages{Shell: shell, Notices: notify.NewService(db)}
	t.get("/mitteilungen", access.NoticeView, notices.Inbox)
	t.post("/mitteilungen/gelesen", access.NoticeView, notices.ReadAll)
	t.get("/mitteilungen/einstellungen", access.MailSettings, notices.Settings)
	t.post("/mitteilungen/einstellungen", access.MailSettings, notices.SaveSettings)
	t.get("/mitteilungen/versand", access.MailView, notices.Deliveries)
	t.post("/mitteilungen/{mitteilung}", access.NoticeView, notices.Open)
	t.get("/abbestellen/{token}", access.Unsubscribe, notices.Subscription)
	t.post("/abbestellen/{token}", access.Unsubscribe, notices.Unsubscribe)
	if c.Mailbox != nil {
		t.get("/demo/post", access.DemoPost, demopostpage.Pages{Shell: shell, Mailbox: c.Mailbox}.List)
	}

	orgs := orgpage.Pages{Shell: shell, Organisations: organisation.NewService(db)}
	t.get("/organisationen", access.OrgList, orgs.List)
	members := memberpage.Pages{Shell: shell, People: people}
	t.get("/organisationen/{org}/mitglieder", access.MemberList, members.List)
	t.post("/organisationen/{org}/einladungen", access.MemberInvite, members.Invite)
	t.post("/organisationen/{org}/einladungen/{einladung}/zurueckziehen", access.MemberInvite, members.Withdraw)
	t.post("/organisationen/{org}/mitglieder/{mitglied}/beenden", access.MemberChange, members.End)
	t.get("/plattform/laender/{land}/koordination", access.PlatformInvite, members.Coordination)
	t.post("/plattform/laender/{land}/koordination", access.PlatformInvite, members.InviteCoordination)
	t.post("/plattform/laender/{land}/koordination/einladungen/{einladung}/zurueckziehen", access.PlatformInvite, members.WithdrawCoordination)
	t.post("/plattform/laender/{land}/koordination/mitglieder/{mitglied}/beenden", access.PlatformInvite, members.EndCoordination)
	work := jobpage.Pages{Shell: shell, Operation: operation.NewService(db)}
	t.get("/plattform/auftraege", access.PlatformJobs, work.List)
	t.post("/plattform/auftraege", access.PlatformJobs, work.Retry)
	settings := settingspage.Pages{Shell: shell, Organisations: orgs.Organisations}
	t.get("/einstellungen", access.LandSettings, settings.Show)
	t.post("/einstellungen", access.LandSettings, settings.Save)
	mapping := mappingpage.Pages{Shell: shell, People: people}
	t.get("/einstellungen/anmelderegeln", access.MemberMap, mapping.Show)
	t.post("/einstellungen/anmelderegeln", access.MemberMap, mapping.Add)
	t.post("/einstellungen/anmelderegeln/schalter", access.MemberMap, mapping.Turn)
	t.post("/einstellungen/anmelderegeln/probe", access.MemberMap, mapping.Try)
	t.post("/einstellungen/anmelderegeln/{regel}/entfernen", access.MemberMap, mapping.Remove)

	reports := reportpage.Pages{Shell: shell, History: history.NewService(db), Dashboard: figures}
	t.get("/bericht", access.ReportView, reports.Show)
	t.get("/bericht/liste", access.ReportView, reports.List)
	t.get("/leistungen/{leistung}/roll-in/prognose", access.ReportForecast, reports.Forecast)
	lagebild := lagebildpage.Pages{Shell: shell, Dashboard: figures}
	t.get("/lagebild", access.DashboardView, lagebild.Show)
	t.get("/kennzahlen", access.DashboardView, figurepage.Pages{Shell: shell}.Show)
	home := homepage.Pages{Shell: shell, Dashboard: figures, Lagebild: lagebild.Show, Platform: orgs.Platform, Asked: asked.Start}
	t.get("/", access.HomeView, home.Show)
	lists := listpage.Pages{Shell: shell, Dashboard: figures, Handful: home.Handful}
	t.get("/aufgaben", access.RolloutView, lists.Tasks)
	t.get("/roll-in", access.RolloutView, lists.Onboardings)
	grid := matrixpage.Pages{Shell: shell, Dashboard: figures}
	t.get("/matrix", access.RolloutView, grid.Show)
	t.get("/matrix/tabelle.csv", access.ExportData, grid.CSV)
	t.get("/matrix/tabelle.xlsx", access.ExportData, grid.Sheet)
	views := viewpage.Pages{Shell: shell, Views: savedview.NewService(db)}
	t.get("/matrix/ansichten", access.ViewSave, views.List)
	t.post("/matrix/ansichten", access.ViewSave, views.Save)
	t.post("/matrix/ansichten/{ansicht}", access.ViewSave, views.Change)
	t.post("/matrix/ansichten/{ansicht}/loeschen", access.ViewSave, views.Delete)
	t.get("/suche", access.SearchRun, searchpage.Pages{Shell: shell, Dashboard: figures}.Show)
	many := batchpage.Pages{Shell: shell, Onboardings: onboardings}
	t.get("/leistungen/{leistung}/roll-in/aufgaben", access.ChecklistItemMany, many.Steps)
	t.get("/leistungen/{leistung}/roll-in/aufgaben/{schritt}", access.ChecklistItemMany, many.Step)
	t.post("/sammelaenderungen/auswahl", access.ChecklistItemMany, many.Choose)
	t.post("/sammelaenderungen/vorschau", access.ChecklistItemMany, many.Preview)
	t.post("/sammelaenderungen", access.ChecklistItemMany, many.Change)
	t.get("/sammelaenderungen/{sammelaenderung}", access.ChecklistItemMany, many.Show)
	t.post("/sammelaenderungen/{sammelaenderung}/rueckgaengig", access.ChecklistItemMany, many.Undo)
	calendars := calendarpage.Pages{Shell: shell, Calendar: calendar.NewService(db), Events: events.Events, Base: c.BaseURL}
	t.get("/kalender", access.CalendarOpen, calendars.Show)
	t.post("/kalender", access.CalendarOpen, calendars.Open)
	t.post("/kalender/sperren", access.CalendarOpen, calendars.Close)
	t.get("/termine/{termin}/termin.ics", access.EventView, calendars.Event)
	t.get("/kalender/{adresse}/fristen.ics", access.CalendarRead, calendars.File)
	waiting := waitingpage.Pages{Shell: shell, Dashboard: figures}
	t.get("/wartet-auf", access.WaitingView, waiting.List)
	t.get("/wartet-auf/{partei}", access.WaitingView, waiting.Letter)
	t.get("/wartet-auf/{partei}/liste.xlsx", access.WaitingExport, waiting.Sheet)
	bodies := bodypage.Pages{Shell: shell, Dashboard: figures}
	t.get("/kommunen", access.RolloutView, bodies.List)
	t.get("/kommunen/{einheit}", access.RolloutView, bodies.Show)

	profiles := profilepage.Pages{Shell: shell, Profiles: profile.NewService(db)}
	t.get("/kommunen/{einheit}/profil", access.ProfileView, profiles.Show)
	t.post("/kommunen/{einheit}/profil/bestaetigen", access.ProfileEdit, profiles.Confirm)
	t.get("/kommunen/{einheit}/profil/{bereich}/{angabe}", access.ProfileEdit, profiles.Edit)
	t.post("/kommunen/{einheit}/profil/{bereich}/{angabe}", access.ProfileEdit, profiles.Save)
	t.post("/kommunen/{einheit}/profil/{bereich}/{angabe}/entfernen", access.ProfileEdit, profiles.Remove)
	t.post("/kommunen/{einheit}/profil/{bereich}/{angabe}/einlesen", access.ProfileEdit, profiles.ReadCertificate)
}
