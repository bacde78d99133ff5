package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/access"
	"rollinportal/web/page"
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
func (t *table) fill(r rooms) {
	t.entrance(r)
	t.accountability(r)
	t.catalogue(r)
	t.checklists(r)
	t.decisions(r)
	t.duties(r)
	t.exchange(r)
	t.administration(r)
	t.overview(r)
}

// entrance is what stands before the work: health, signing in, one's own account.
func (t *table) entrance(r rooms) {
	t.get("/healthz", access.HealthView, r.health.Alive)
	t.get("/readyz", access.HealthView, r.health.Ready)

	t.get("/login", access.Login, r.signIn.Begin)
	t.get("/auth/callback", access.Login, r.signIn.Callback)
	t.get("/anmelden", access.Login, r.signIn.Show)
	t.post("/abmelden", access.Logout, r.signIn.SignOut)
	t.post("/auth/backchannel-logout", access.ProviderLogout, r.signIn.EndFromProvider)
	t.get("/einladung/{token}", access.InviteAccept, r.signIn.Invitation)
	t.post("/einladung/{token}", access.InviteAccept, r.signIn.TakeInvitation)
	t.post("/kontext", access.SwitchContext, r.signIn.Switch)
	t.get("/profil", access.AccountView, r.account.Show)
	t.get("/profil/sitzungen", access.SessionList, r.account.Sessions)
	t.post("/profil/sitzungen/{sitzung}/beenden", access.SessionEnd, r.account.EndSession)
}

// accountability is what the portal owes to the people it knows, and to the public.
func (t *table) accountability(r rooms) {
	t.get("/pruefpunkte", access.AuditVerify, r.checkpoints.Show)
	t.get("/pruefpunkte/liste.txt", access.AuditVerify, r.checkpoints.File)

	t.get("/profil/auskunft", access.PrivacySelfExport, r.privacy.Own)
	t.get("/profil/auskunft.zip", access.PrivacySelfExport, r.privacy.OwnFile)
	t.get("/einstellungen/personen", access.PrivacyPerson, r.privacy.People)
	t.get("/einstellungen/personen/{person}", access.PrivacyPerson, r.privacy.Person)
	t.post("/einstellungen/personen/{person}", access.PrivacyPerson, r.privacy.Correct)
	t.post("/einstellungen/personen/{person}/auskunft", access.PrivacyPerson, r.privacy.Disclose)
	t.get("/loeschantraege", access.PrivacyErase, r.privacy.Erasures)
	t.post("/loeschantraege", access.PrivacyErase, r.privacy.AskErasure)
	t.get("/loeschantraege/neu/{person}", access.PrivacyErase, r.privacy.NewErasure)
	t.get("/loeschantraege/{antrag}", access.PrivacyErase, r.privacy.Erasure)
	t.post("/loeschantraege/{antrag}/freigabe", access.PrivacyErase, r.privacy.ApproveErasure)
	t.post("/loeschantraege/{antrag}/ablehnen", access.PrivacyErase, r.privacy.RefuseErasure)
	t.post("/loeschantraege/{antrag}/zurueckziehen", access.PrivacyErase, r.privacy.WithdrawErasure)
	t.get("/einstellungen/loeschfristen", access.PrivacyRetain, r.privacy.Retention)
	t.post("/einstellungen/loeschfristen", access.PrivacyRetain, r.privacy.Retain)

	t.get("/impressum", access.LegalView, r.legal.Imprint)
	t.get("/datenschutz", access.LegalView, r.legal.Privacy)
	t.get("/barrierefreiheit", access.LegalView, r.legal.Accessibility)
	t.get("/barriere-melden", access.LegalView, r.legal.ReportBarrier)
	t.post("/barriere-melden", access.BarrierReport, r.legal.TakeBarrier)
	t.get("/leichte-sprache", access.LegalView, r.legal.EasyLanguage)
	t.get("/gebaerdensprache", access.LegalView, r.legal.SignLanguage)
	t.get("/hilfe", access.LegalView, r.legal.Help)
	t.get("/hilfe/{kapitel}", access.LegalView, r.legal.Chapter)
	t.get("/einstellungen/seiten", access.LegalEdit, r.legal.List)
	t.get("/einstellungen/seiten/{seite}", access.LegalEdit, r.legal.Edit)
	t.post("/einstellungen/seiten/{seite}", access.LegalEdit, r.legal.Publish)
	t.get("/einstellungen/seiten/{seite}/fassungen/{fassung}", access.LegalEdit, r.legal.Version)
	t.get("/einstellungen/barrieren", access.BarrierHandle, r.legal.Barriers)
	t.get("/einstellungen/barrieren/{barriere}", access.BarrierHandle, r.legal.Barrier)
	t.post("/einstellungen/barrieren/{barriere}", access.BarrierHandle, r.legal.AnswerBarrier)
}

// catalogue holds the services, and the roll-in of each.
func (t *table) catalogue(r rooms) {
	t.get("/leistungen", access.ServiceView, r.services.List)
	t.get("/leistungen/neu", access.ServiceCreate, r.services.New)
	t.post("/leistungen", access.ServiceCreate, r.services.Create)
	t.get("/leistungen/{leistung}", access.ServiceView, r.services.Show)
	t.get("/leistungen/{leistung}/bearbeiten", access.ServiceEdit, r.services.Edit)
	t.post("/leistungen/{leistung}", access.ServiceEdit, r.services.Save)
	t.get("/leistungen/{leistung}/angaben", access.ServiceFact, r.services.Fact)
	t.post("/leistungen/{leistung}/angaben", access.ServiceFact, r.services.SaveFact)
	t.post("/leistungen/{leistung}/veroeffentlichen", access.ServicePublish, r.services.Publish)

	t.get("/leistungen/{leistung}/roll-in", access.RolloutView, r.rollins.Show)
	t.get("/leistungen/{leistung}/roll-in/auswertung", access.RolloutPlan, r.rollins.Judge)
	t.post("/leistungen/{leistung}/roll-in/auswertung", access.RolloutPlan, r.rollins.Evaluate)
	t.get("/leistungen/{leistung}/roll-in/aufnahme", access.RolloutPlan, r.rollins.Joining)
	t.post("/leistungen/{leistung}/roll-in/aufnahme", access.RolloutPlan, r.rollins.Admit)
	t.get("/leistungen/{leistung}/pilotaufruf", access.PilotView, r.pilots.Show)
	t.post("/leistungen/{leistung}/pilotaufruf", access.PilotCall, r.pilots.Publish)
	t.post("/leistungen/{leistung}/pilotaufruf/auswahl", access.PilotCall, r.pilots.Choose)
	t.post("/leistungen/{leistung}/pilotaufruf/bewerbung", access.PilotApply, r.pilots.Apply)
	t.post("/leistungen/{leistung}/pilotaufruf/bewerbung/zurueckziehen", access.PilotApply, r.pilots.Withdraw)
	t.get("/leistungen/{leistung}/roll-in/start", access.RolloutPlan, r.plans.Begin)
	t.get("/leistungen/{leistung}/roll-in/start/{teil}", access.RolloutPlan, r.plans.Show)
	t.post("/leistungen/{leistung}/roll-in/start/{teil}", access.RolloutPlan, r.plans.Save)
	t.post("/leistungen/{leistung}/roll-in", access.RolloutPlan, r.plans.Start)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/schreiben", access.ChecklistView, r.plans.Letter)
}

// checklists are the work of a body at a service, with files, questions and what others learned.
func (t *table) checklists(r rooms) {
	t.get("/kommunen/{einheit}/leistungen/{leistung}", access.ChecklistView, r.checklists.Show)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/produktiv", access.ChecklistSubmit, r.checklists.GoLive)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/produktiv", access.ChecklistSubmit, r.checklists.ReportGoLive)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/stand", access.ChecklistState, r.checklists.State)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/stand", access.ChecklistState, r.checklists.ChangeState)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/termin", access.ChecklistState, r.checklists.Date)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/termin", access.ChecklistState, r.checklists.ChangeDate)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/bestaetigen", access.ChecklistItemEdit, r.checklists.Confirm)
	t.post("/kommunen/{einheit}/bestaetigen", access.ChecklistItemEdit, r.checklists.Confirm)

	t.get("/nachweise/{nachweis}/datei", access.EvidenceDownload, r.files.Download)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise", access.EvidenceUpload, r.files.New)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise", access.EvidenceUpload, r.files.Upload)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/nachweise/{nachweis}/loeschen", access.EvidenceDelete, r.files.Delete)

	t.get("/erfahrungen", access.PeerView, r.experiences.List)
	t.post("/erfahrungen/uebernehmen", access.PeerTake, r.experiences.Take)
	t.post("/erfahrungen/{erfahrung}/zuruecknehmen", access.PeerShare, r.experiences.Withdraw)
	t.get("/erfahrungen/{erfahrung}/dateien/{nachweis}", access.PeerView, r.files.DownloadShared)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/erfahrung", access.PeerShare, r.experiences.New)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/erfahrung", access.PeerShare, r.experiences.Share)

	t.get("/fragen", access.QuestionView, r.questions.List)
	t.get("/fragen/stellen", access.QuestionAsk, r.questions.New)
	t.post("/fragen/stellen", access.QuestionAsk, r.questions.Ask)
	t.get("/fragen/{frage}", access.QuestionView, r.questions.Show)
	t.post("/fragen/{frage}", access.QuestionAnswer, r.questions.Answer)
	t.post("/fragen/{frage}/beantwortet", access.QuestionAnswer, r.questions.Close)
	t.get("/fragen/{frage}/hilfe", access.QuestionPublish, r.questions.Consider)
	t.post("/fragen/{frage}/hilfe", access.QuestionPublish, r.questions.Publish)
	t.post("/fragen/hilfe/{hilfe}/zuruecknehmen", access.QuestionPublish, r.questions.Withdraw)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/austausch", access.NoteView, r.questions.Exchange)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/austausch", access.NoteWrite, r.questions.Comment)

	t.get("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", access.ChecklistView, r.steps.Task)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}", access.ChecklistItemEdit, r.steps.ChangeTask)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", access.ChecklistItemEdit, r.steps.HandOver)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/abgeben", access.ChecklistItemEdit, r.steps.SaveHandOver)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/zurueckholen", access.ChecklistItemEdit, r.steps.TakeBack)
	t.get("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/ausnahme", access.ChecklistOverrule, r.steps.Overrule)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/ausnahme", access.ChecklistOverrule, r.steps.SaveOverrule)
	t.post("/kommunen/{einheit}/leistungen/{leistung}/aufgaben/{schritt}/pruefung", access.ChecklistConfirm, r.steps.ReviewTask)
	t.get("/leistungen/{leistung}/schritte/{schritt}", access.RolloutView, r.steps.LandStep)
	t.post("/leistungen/{leistung}/schritte/{schritt}", access.RolloutPlan, r.steps.ChangeLandStep)

	t.get("/kommunen/{einheit}/profil", access.ProfileView, r.profiles.Show)
	t.post("/kommunen/{einheit}/profil/bestaetigen", access.ProfileEdit, r.profiles.Confirm)
	t.get("/kommunen/{einheit}/profil/{bereich}/{angabe}", access.ProfileEdit, r.profiles.Edit)
	t.post("/kommunen/{einheit}/profil/{bereich}/{angabe}", access.ProfileEdit, r.profiles.Save)
	t.post("/kommunen/{einheit}/profil/{bereich}/{angabe}/entfernen", access.ProfileEdit, r.profiles.Remove)
	t.post("/kommunen/{einheit}/profil/{bereich}/{angabe}/einlesen", access.ProfileEdit, r.profiles.ReadCertificate)
}

// decisions are the cases of the ministries, with the Vermerk that stays.
func (t *table) decisions(r rooms) {
	t.get("/entscheidungen", access.DecisionView, r.decisions.List)
	t.get("/entscheidungen/liste.xlsx", access.DecisionExport, r.decisions.Sheet)
	t.get("/entscheidungen/neu", access.DecisionRequest, r.decisions.New)
	t.post("/entscheidungen", access.DecisionRequest, r.decisions.Create)
	t.get("/entscheidungen/{id}", access.DecisionView, r.decisions.Show)
	t.get("/entscheidungen/{id}/pruefungen/{art}", access.DecisionInternalView, r.decisions.Review)
	t.post("/entscheidungen/{id}/pruefungen/{art}", access.DecisionInternalEdit, r.decisions.SaveReview)
	t.post("/entscheidungen/{id}/pruefungen/{art}/dateien", access.DecisionInternalEdit, r.files.AddPaper)
	t.get("/entscheidungen/{id}/pruefungen/{art}/dateien/{nachweis}", access.DecisionInternalView, r.files.DownloadPaper)
	t.post("/entscheidungen/{id}/pruefungen/{art}/dateien/{nachweis}/loeschen", access.DecisionInternalEdit, r.files.RemovePaper)
	t.post("/entscheidungen/{id}/einreichen", access.DecisionInternalEdit, r.decisions.Submit)
	t.post("/entscheidungen/{id}/zurueckziehen", access.DecisionInternalEdit, r.decisions.Withdraw)
	t.get("/entscheidungen/{id}/beschluss", access.DecisionDecide, r.decisions.Consider)
	t.post("/entscheidungen/{id}/beschluss", access.DecisionDecide, r.decisions.Decide)
	t.get("/entscheidungen/{id}/stellungnahmen/neu", access.DecisionInternalEdit, r.decisions.AskForm)
	t.post("/entscheidungen/{id}/stellungnahmen", access.DecisionInternalEdit, r.decisions.Ask)
	t.get("/entscheidungen/{id}/aufheben", access.DecisionReopen, r.decisions.ConsiderRevoking)
	t.post("/entscheidungen/{id}/aufheben", access.DecisionReopen, r.decisions.Revoke)
	t.get("/entscheidungen/{id}/vermerk", access.DecisionView, r.records.Show)
	t.get("/entscheidungen/{id}/vermerk.pdf", access.DecisionInternalView, r.records.PDF)
	t.get("/entscheidungen/{id}/vermerk-ende", access.DecisionView, r.records.ShowEnding)
	t.get("/entscheidungen/{id}/vermerk-ende.pdf", access.DecisionInternalView, r.records.EndingPDF)
	t.get("/entscheidungen/{id}/vorgang.zip", access.DecisionFile, r.records.Bundle)
	t.get("/entscheidungen/vertretung", access.DecisionDecide, r.decisions.Delegations)
	t.post("/entscheidungen/vertretung", access.DecisionDecide, r.decisions.Delegate)
	t.post("/entscheidungen/vertretung/{vertretung}/beenden", access.DecisionDecide, r.decisions.EndDelegation)
}

// duties are what surrounds a decision: Auflagen, money, Grundsatzentscheidungen, economics, Stellungnahmen.
func (t *table) duties(r rooms) {
	t.get("/auflagen", access.ConditionView, r.conditions.List)
	t.get("/auflagen/{auflage}", access.ConditionView, r.conditions.Show)
	t.post("/auflagen/{auflage}/dateien", access.ConditionReport, r.files.AddProof)
	t.get("/auflagen/{auflage}/dateien/{nachweis}", access.ConditionView, r.files.DownloadProof)
	t.post("/auflagen/{auflage}/dateien/{nachweis}/loeschen", access.ConditionReport, r.files.RemoveProof)
	t.post("/auflagen/{auflage}/melden", access.ConditionReport, r.conditions.Report)
	t.post("/auflagen/{auflage}/pruefung", access.ConditionSettle, r.conditions.Settle)
	t.post("/auflagen/{auflage}/zustaendig", access.ConditionSettle, r.conditions.HandOver)

	t.get("/fristen", access.DeadlineView, r.funding.Deadlines)
	t.get("/leistungen/{leistung}/finanzierung", access.FundingView, r.funding.Show)
	t.get("/leistungen/{leistung}/finanzierung/neu", access.FundingEdit, r.funding.New)
	t.post("/leistungen/{leistung}/finanzierung/neu", access.FundingEdit, r.funding.Save)
	t.get("/leistungen/{leistung}/finanzierung/{eintrag}", access.FundingEdit, r.funding.Edit)
	t.post("/leistungen/{leistung}/finanzierung/{eintrag}", access.FundingEdit, r.funding.Save)
	t.post("/leistungen/{leistung}/finanzierung/{eintrag}/rueckzug", access.FundingEdit, r.funding.Withdraw)

	t.get("/entscheidungen/grundsatz", access.RegisterView, r.register.List)
	t.get("/entscheidungen/grundsatz/neu", access.RegisterEdit, r.register.New)
	t.post("/entscheidungen/grundsatz", access.RegisterEdit, r.register.Create)
	t.get("/entscheidungen/grundsatz/{grundsatz}", access.RegisterView, r.register.Show)
	t.post("/entscheidungen/grundsatz/{grundsatz}", access.RegisterEdit, r.register.Save)
	t.get("/entscheidungen/grundsatz/{grundsatz}/bearbeiten", access.RegisterEdit, r.register.Edit)
	t.post("/entscheidungen/grundsatz/{grundsatz}/stand", access.RegisterEdit, r.register.Turn)

	t.get("/entscheidungen/{id}/wirtschaftlichkeit", access.DecisionInternalView, r.assessments.Show)
	t.get("/entscheidungen/{id}/wirtschaftlichkeit/grundlagen", access.DecisionInternalEdit, r.assessments.Frame)
	t.post("/entscheidungen/{id}/wirtschaftlichkeit/grundlagen", access.DecisionInternalEdit, r.assessments.SaveFrame)
	t.get("/entscheidungen/{id}/wirtschaftlichkeit/{alternative}", access.DecisionInternalEdit, r.assessments.Option)
	t.post("/entscheidungen/{id}/wirtschaftlichkeit/{alternative}", access.DecisionInternalEdit, r.assessments.SaveOption)

	t.get("/stellungnahmen", access.OpinionAnswer, r.opinions.List)
	t.get("/stellungnahmen/{stellungnahme}", access.OpinionAnswer, r.opinions.Show)
	t.post("/stellungnahmen/{stellungnahme}", access.OpinionAnswer, r.opinions.Answer)
	t.post("/stellungnahmen/{stellungnahme}/dateien", access.OpinionAnswer, r.files.AddEnclosure)
	t.get("/stellungnahmen/{stellungnahme}/dateien/{nachweis}", access.OpinionAnswer, r.files.DownloadEnclosure)
	t.post("/stellungnahmen/{stellungnahme}/dateien/{nachweis}/loeschen", access.OpinionAnswer, r.files.RemoveEnclosure)
	t.get("/entscheidungen/{id}/stellungnahmen/{stellungnahme}/dateien/{nachweis}", access.DecisionInternalView, r.files.DownloadGiven)
}

// exchange is what the Land and its bodies tell each other.
func (t *table) exchange(r rooms) {
	t.get("/termine", access.EventView, r.events.List)
	t.get("/termine/neu", access.EventManage, r.events.New)
	t.post("/termine", access.EventManage, r.events.Create)
	t.get("/termine/{termin}", access.EventView, r.events.Show)
	t.get("/termine/{termin}/bearbeiten", access.EventManage, r.events.Edit)
	t.post("/termine/{termin}", access.EventManage, r.events.Save)
	t.post("/termine/{termin}/absage", access.EventManage, r.events.Cancel)
	t.post("/termine/{termin}/teilnahme", access.EventManage, r.events.Attend)
	t.post("/termine/{termin}/anmeldung", access.EventRegister, r.events.Register)
	t.post("/termine/{termin}/abmeldung", access.EventRegister, r.events.Withdraw)
	t.get("/umfragen", access.SurveyAggregate, r.surveys.List)
	t.get("/umfragen/neu", access.SurveyManage, r.surveys.New)
	t.post("/umfragen", access.SurveyManage, r.surveys.Create)
	t.get("/umfragen/produkte", access.SurveyManage, r.surveys.Products)
	t.post("/umfragen/produkte", access.SurveyManage, r.surveys.Count)
	t.get("/umfragen/{umfrage}", access.SurveyAggregate, r.surveys.Show)
	t.get("/umfragen/{umfrage}/bearbeiten", access.SurveyManage, r.surveys.Edit)
	t.post("/umfragen/{umfrage}", access.SurveyManage, r.surveys.Save)
	t.post("/umfragen/{umfrage}/stand", access.SurveyManage, r.surveys.Turn)
	t.post("/umfragen/{umfrage}/erinnern", access.SurveyManage, r.surveys.Remind)
	t.post("/umfragen/{umfrage}/bestaetigen", access.SurveyAnswer, r.surveys.Confirm)
	t.post("/umfragen/{umfrage}/ausblick", access.SurveyAnswer, r.surveys.Look)
	t.post("/umfragen/{umfrage}/antwort", access.SurveySubmit, r.surveys.Submit)
	t.get("/umfragen/{umfrage}/antworten/{einheit}", access.SurveyViewSingle, r.surveys.Answer)
	t.post("/umfragen/{umfrage}/antworten/{einheit}", access.SurveyManage, r.surveys.Settle)

	t.get("/huerden", access.ObstacleView, r.hurdles.List)
	t.get("/huerden/melden", access.ObstacleReport, r.hurdles.New)
	t.post("/huerden/melden", access.ObstacleReport, r.hurdles.Report)
	t.get("/huerden/aehnliche", access.ObstacleReport, r.hurdles.Similar)
	t.post("/huerden/{nr}/besteht-noch", access.ObstacleReport, r.hurdles.Persist)
	t.get("/huerden/{nr}", access.ObstacleView, r.hurdles.Show)
	t.post("/huerden/{nr}", access.ObstacleManage, r.hurdles.Act)
	t.post("/huerden/{nr}/einordnung", access.ObstacleManage, r.hurdles.Assess)
	t.post("/huerden/{nr}/betrifft-uns-nicht", access.ObstacleReport, r.hurdles.Leave)

	t.get("/mitteilungen", access.NoticeView, r.notices.Inbox)
	t.post("/mitteilungen/gelesen", access.NoticeView, r.notices.ReadAll)
	t.get("/mitteilungen/einstellungen", access.MailSettings, r.notices.Settings)
	t.post("/mitteilungen/einstellungen", access.MailSettings, r.notices.SaveSettings)
	t.get("/mitteilungen/versand", access.MailView, r.notices.Deliveries)
	t.post("/mitteilungen/{mitteilung}", access.NoticeView, r.notices.Open)
	t.get("/abbestellen/{token}", access.Unsubscribe, r.notices.Subscription)
	t.post("/abbestellen/{token}", access.Unsubscribe, r.notices.Unsubscribe)
	if r.demoPost.Mailbox != nil {
		t.get("/demo/post", access.DemoPost, r.demoPost.List)
	}
}

// administration is who may sign in, and what a Land sets for itself.
func (t *table) administration(r rooms) {
	t.get("/organisationen", access.OrgList, r.organisations.List)
	t.get("/organisationen/{org}/mitglieder", access.MemberList, r.members.List)
	t.post("/organisationen/{org}/einladungen", access.MemberInvite, r.members.Invite)
	t.post("/organisationen/{org}/einladungen/{einladung}/zurueckziehen", access.MemberInvite, r.members.Withdraw)
	t.post("/organisationen/{org}/mitglieder/{mitglied}/beenden", access.MemberChange, r.members.End)
	t.get("/plattform/laender/{land}/koordination", access.PlatformInvite, r.members.Coordination)
	t.post("/plattform/laender/{land}/koordination", access.PlatformInvite, r.members.InviteCoordination)
	t.post("/plattform/laender/{land}/koordination/einladungen/{einladung}/zurueckziehen", access.PlatformInvite, r.members.WithdrawCoordination)
	t.post("/plattform/laender/{land}/koordination/mitglieder/{mitglied}/beenden", access.PlatformInvite, r.members.EndCoordination)
	t.get("/plattform/auftraege", access.PlatformJobs, r.jobs.List)
	t.post("/plattform/auftraege", access.PlatformJobs, r.jobs.Retry)
	t.get("/einstellungen", access.LandSettings, r.settings.Show)
	t.post("/einstellungen", access.LandSettings, r.settings.Save)
	t.get("/einstellungen/anmelderegeln", access.MemberMap, r.mapping.Show)
	t.post("/einstellungen/anmelderegeln", access.MemberMap, r.mapping.Add)
	t.post("/einstellungen/anmelderegeln/schalter", access.MemberMap, r.mapping.Turn)
	t.post("/einstellungen/anmelderegeln/probe", access.MemberMap, r.mapping.Try)
	t.post("/einstellungen/anmelderegeln/{regel}/entfernen", access.MemberMap, r.mapping.Remove)
}

// overview is how things stand, seen from above and as lists.
func (t *table) overview(r rooms) {
	t.get("/bericht", access.ReportView, r.reports.Show)
	t.get("/bericht/liste", access.ReportView, r.reports.List)
	t.get("/leistungen/{leistung}/roll-in/prognose", access.ReportForecast, r.reports.Forecast)
	t.get("/lagebild", access.DashboardView, r.lagebild.Show)
	t.get("/kennzahlen", access.DashboardView, r.figures.Show)
	t.get("/", access.HomeView, r.home.Show)
	t.get("/aufgaben", access.RolloutView, r.lists.Tasks)
	t.get("/roll-in", access.RolloutView, r.lists.Onboardings)
	t.get("/matrix", access.RolloutView, r.matrix.Show)
	t.get("/matrix/tabelle.csv", access.ExportData, r.matrix.CSV)
	t.get("/matrix/tabelle.xlsx", access.ExportData, r.matrix.Sheet)
	t.get("/matrix/ansichten", access.ViewSave, r.views.List)
	t.post("/matrix/ansichten", access.ViewSave, r.views.Save)
	t.post("/matrix/ansichten/{ansicht}", access.ViewSave, r.views.Change)
	t.post("/matrix/ansichten/{ansicht}/loeschen", access.ViewSave, r.views.Delete)
	t.get("/suche", access.SearchRun, r.search.Show)
	t.get("/leistungen/{leistung}/roll-in/aufgaben", access.ChecklistItemMany, r.batches.Steps)
	t.get("/leistungen/{leistung}/roll-in/aufgaben/{schritt}", access.ChecklistItemMany, r.batches.Step)
	t.post("/sammelaenderungen/auswahl", access.ChecklistItemMany, r.batches.Choose)
	t.post("/sammelaenderungen/vorschau", access.ChecklistItemMany, r.batches.Preview)
	t.post("/sammelaenderungen", access.ChecklistItemMany, r.batches.Change)
	t.get("/sammelaenderungen/{sammelaenderung}", access.ChecklistItemMany, r.batches.Show)
	t.post("/sammelaenderungen/{sammelaenderung}/rueckgaengig", access.ChecklistItemMany, r.batches.Undo)
	t.get("/kalender", access.CalendarOpen, r.calendar.Show)
	t.post("/kalender", access.CalendarOpen, r.calendar.Open)
	t.post("/kalender/sperren", access.CalendarOpen, r.calendar.Close)
	t.get("/termine/{termin}/termin.ics", access.EventView, r.calendar.Event)
	t.get("/kalender/{adresse}/fristen.ics", access.CalendarRead, r.calendar.File)
	t.get("/wartet-auf", access.WaitingView, r.waiting.List)
	t.get("/wartet-auf/{partei}", access.WaitingView, r.waiting.Letter)
	t.get("/wartet-auf/{partei}/liste.xlsx", access.WaitingExport, r.waiting.Sheet)
	t.get("/kommunen", access.RolloutView, r.bodies.List)
	t.get("/kommunen/{einheit}", access.RolloutView, r.bodies.Show)
}
