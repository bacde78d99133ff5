package web

import (
	"sync/atomic"

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

// rooms are the groups of pages, each with the services that it may touch.
type rooms struct {
	health        healthpage.Pages
	signIn        signinpage.Pages
	account       accountpage.Pages
	checkpoints   checkpointpage.Pages
	privacy       privacypage.Pages
	legal         legalpage.Pages
	services      catalogpage.Pages
	rollins       rollinpage.Pages
	pilots        pilotpage.Pages
	plans         planpage.Pages
	questions     questionpage.Pages
	checklists    checklistpage.Pages
	files         evidencepage.Pages
	experiences   experiencepage.Pages
	steps         steppage.Pages
	decisions     decisionpage.Pages
	records       recordpage.Pages
	conditions    conditionpage.Pages
	funding       fundingpage.Pages
	register      registerpage.Pages
	assessments   assessmentpage.Pages
	opinions      opinionpage.Pages
	events        eventpage.Pages
	surveys       surveypage.Pages
	hurdles       hurdlepage.Pages
	notices       noticepage.Pages
	demoPost      demopostpage.Pages
	organisations orgpage.Pages
	members       memberpage.Pages
	jobs          jobpage.Pages
	settings      settingspage.Pages
	mapping       mappingpage.Pages
	reports       reportpage.Pages
	lagebild      lagebildpage.Pages
	figures       figurepage.Pages
	home          homepage.Pages
	lists         listpage.Pages
	matrix        matrixpage.Pages
	views         viewpage.Pages
	search        searchpage.Pages
	batches       batchpage.Pages
	calendar      calendarpage.Pages
	waiting       waitingpage.Pages
	bodies        bodypage.Pages
	profiles      profilepage.Pages
}

// furnish gives each room its services. Those that several rooms work with are made once.
func furnish(c Config, db *postgres.DB, people *identity.Service, shell page.Shell, draining *atomic.Bool) (r rooms) {
	cases, conditions, kept := decision.NewService(db), condition.NewService(db), evidence.NewService(db)
	onboardings, plans, pictures := onboarding.NewService(db), planning.NewService(db), dashboard.NewService(db)

	r.health = healthpage.Pages{DB: db, Draining: draining}
	r.signIn = signinpage.New(c.BaseURL, c.Provider, people, shell)
	r.account = accountpage.Pages{Shell: shell, People: people}
	r.checkpoints = checkpointpage.Pages{Shell: shell, Notary: audit.NewNotary(db, nil)}
	r.privacy = privacypage.Pages{Shell: shell, Privacy: privacy.NewService(db)}
	r.legal = legalpage.Pages{Shell: shell, Legal: legal.NewService(db), Greedy: greedySenders()}
	r.services = catalogpage.Pages{Shell: shell, Catalog: catalog.New(db), Dashboard: pictures}
	r.rollins = rollinpage.Pages{Shell: shell, Onboardings: onboardings, Plans: plans}
	r.pilots = pilotpage.Pages{Shell: shell, Pilots: pilot.NewService(db)}
	r.plans = planpage.Pages{Shell: shell, Plans: plans}
	r.questions = questionpage.Pages{Shell: shell, Questions: question.NewService(db)}
	r.checklists = checklistpage.Pages{Shell: shell, Onboardings: onboardings, Hints: r.questions.General}
	r.files = evidencepage.Pages{Shell: shell, Evidence: kept, Onboardings: onboardings, Decisions: cases, Conditions: conditions, Slots: evidencepage.NewSlots(8)}
	r.experiences = experiencepage.Pages{Shell: shell, Experiences: experience.NewService(db)}
	r.steps = steppage.Pages{Shell: shell, Onboardings: onboardings, Files: r.files.Panel, Talk: r.questions.Panel}
	r.decisions = decisionpage.Pages{Shell: shell, Decisions: cases, Onboardings: onboardings, Papers: r.files.Papers}
	r.records = recordpage.Pages{Shell: shell, Decisions: cases, Files: kept, Prints: c.Prints}
	r.conditions = conditionpage.Pages{Shell: shell, Conditions: conditions, Proofs: r.files.Proofs}
	r.funding = fundingpage.Pages{Shell: shell, Funding: funding.NewService(db)}
	r.register = registerpage.Pages{Shell: shell, Register: register.NewService(db)}
	r.assessments = assessmentpage.Pages{Shell: shell, Decisions: cases}
	r.opinions = opinionpage.Pages{Shell: shell, Decisions: cases, Files: r.files.Enclosures}
	r.events = eventpage.Pages{Shell: shell, Events: event.NewService(db)}
	r.surveys = surveypage.Pages{Shell: shell, Surveys: survey.NewService(db)}
	r.hurdles = hurdlepage.Pages{Shell: shell, Hurdles: hurdle.NewService(db)}
	r.notices = noticepage.Pages{Shell: shell, Notices: notify.NewService(db)}
	r.demoPost = demopostpage.Pages{Shell: shell, Mailbox: c.Mailbox}
	r.organisations = orgpage.Pages{Shell: shell, Organisations: organisation.NewService(db)}
	r.members = memberpage.Pages{Shell: shell, People: people}
	r.jobs = jobpage.Pages{Shell: shell, Operation: operation.NewService(db)}
	r.settings = settingspage.Pages{Shell: shell, Organisations: r.organisations.Organisations}
	r.mapping = mappingpage.Pages{Shell: shell, People: people}
	r.reports = reportpage.Pages{Shell: shell, History: history.NewService(db), Dashboard: pictures}
	r.lagebild = lagebildpage.Pages{Shell: shell, Dashboard: pictures}
	r.figures = figurepage.Pages{Shell: shell}
	r.home = homepage.Pages{Shell: shell, Dashboard: pictures, Lagebild: r.lagebild.Show, Platform: r.organisations.Platform, Asked: r.opinions.Start}
	r.lists = listpage.Pages{Shell: shell, Dashboard: pictures, Handful: r.home.Handful}
	r.matrix = matrixpage.Pages{Shell: shell, Dashboard: pictures}
	r.views = viewpage.Pages{Shell: shell, Views: savedview.NewService(db)}
	r.search = searchpage.Pages{Shell: shell, Dashboard: pictures}
	r.batches = batchpage.Pages{Shell: shell, Onboardings: onboardings}
	r.calendar = calendarpage.Pages{Shell: shell, Calendar: calendar.NewService(db), Events: r.events.Events, Base: c.BaseURL}
	r.waiting = waitingpage.Pages{Shell: shell, Dashboard: pictures}
	r.bodies = bodypage.Pages{Shell: shell, Dashboard: pictures}
	r.profiles = profilepage.Pages{Shell: shell, Profiles: profile.NewService(db)}
	return r
}
