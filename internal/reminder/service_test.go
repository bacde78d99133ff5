package reminder_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/jobs"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
	"rollinportal/internal/reminder"
	"rollinportal/internal/workday"
)

const slug, kickoff = "wohngeld", "k_kickoff"

// world is a database with one roll-in in which nothing is due but what a test says, and a clock that the test moves.
type world struct {
	*dbtest.World
	onboardings *onboarding.Service
	t           *testing.T
	now         *time.Time
}

func newWorld(t *testing.T) world {
	t.Helper()
	now := monday
	return worldOf(t, rolledIn.New(t, clock(&now)), &now)
}

func worldOf(t *testing.T, w *dbtest.World, now *time.Time) world {
	return world{w, onboarding.NewService(w.DB), t, now}
}

var monday = time.Date(2027, 1, 11, 9, 0, 0, 0, time.UTC)

func clock(now *time.Time) postgres.Option {
	return postgres.WithClock(func() time.Time { return *now })
}

var rolledIn = dbtest.NewScene(func(t *testing.T) *dbtest.World {
	now := monday
	w := worldOf(t, dbtest.New(t, clock(&now)), &now)
	w.Approve(t, slug, now)
	w.must(w.onboardings.Start(t.Context(), w.as("land"), slug, onboarding.StartInput{}))
	w.admin(`UPDATE portal.step SET due_on = '2030-01-02', state = CASE WHEN scope = 'land' THEN 'done' ELSE state END`)
	w.admin(`DELETE FROM portal.notice`)
	return w.World
})

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// admin changes rows behind everybody's back.
func (w world) admin(sql string) {
	w.t.Helper()
	dbtest.Admin[int](w.t, w.World, `WITH changed AS (`+sql+` RETURNING 1) SELECT count(*)::int FROM changed`)
}

// due sets the date of a step of a body.
func (w world) due(body, key, on string) {
	w.t.Helper()
	w.admin(`UPDATE portal.step s SET due_on = '` + on + `' FROM portal.organisation b
		WHERE b.land_id = s.land_id AND b.org_id = s.org_id AND b.key = '` + body + `' AND s.key = '` + key + `'`)
}

func (w world) step(body string) onboarding.Step {
	w.t.Helper()
	c, err := w.onboardings.Checklist(w.t.Context(), w.as("k"+body), body, slug, 0)
	w.must(err)
	s, _ := c.Find(kickoff)
	return s
}

// sweep makes the round of every day from one to another, twice a day as after a crash.
func (w world) sweep(from, until string) {
	w.t.Helper()
	first, _ := time.Parse(time.DateOnly, from)
	last, _ := time.Parse(time.DateOnly, until)
	worker, err := jobs.Actor(w.t.Context(), w.Work, w.as("land").Land.ID, uuid.Nil)
	w.must(err)
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		*w.now = day.Add(5 * time.Hour)
		for range 2 {
			w.must(reminder.NewService(w.Work).Remind(w.t.Context(), worker))
		}
	}
}

// told lists who was told when, by day: "2027-02-24 k16051 due.soon".
func (w world) told() []string {
	w.t.Helper()
	return strings.Fields(strings.ReplaceAll(dbtest.Admin[string](w.t, w.World, `
		SELECT coalesce(string_agg(concat_ws('~', n.at::date, p.subject, n.kind), ' ' ORDER BY n.at, p.subject, n.notice_id), '')
		FROM portal.notice n
		JOIN auth.person p USING (person_id)
		WHERE n.kind IN ('due.soon', 'due.over') AND p.subject NOT LIKE 'import-%'`), "~", "/"))
}

func (w world) wants(what string, want ...string) {
	w.t.Helper()
	if got := w.told(); !slices.Equal(got, want) {
		w.t.Errorf("%s: told %q, want %q", what, got, want)
	}
}

func (w world) inbox(login string) []notify.Item {
	w.t.Helper()
	in, err := notify.NewService(w.DB).Inbox(w.t.Context(), w.as(login), 1)
	w.must(err)
	return in.Items
}

// TestEachDistanceIsToldOnceToWhomeverItIsFor moves the clock day by day over a date that nobody cares for.
func TestEachDistanceIsToldOnceToWhomeverItIsFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.due("16051", kickoff, "2027-03-10")
	w.sweep("2027-02-15", "2027-04-20")
	w.wants("without a deputy",
		"2027-02-24/k16051/due.soon", "2027-03-05/k16051/due.soon", "2027-03-11/k16051/due.over", "2027-03-17/k16051/due.over",
		"2027-03-24/k16051-b/due.over", "2027-03-31/land/due.over", "2027-03-31/land2/due.over")
	title := w.step("16051").Title
	for login, want := range map[string]string{
		"k16051":   "„" + title + "“ für Wohngeld war am 10.03.2027 fällig.",
		"k16051-b": "„" + title + "“ für Wohngeld war am 10.03.2027 fällig. Bitte sprechen Sie Ihre Koordination an.",
		"land":     "„" + title + "“ für Wohngeld in Erfurt war am 10.03.2027 fällig. Das ist drei Wochen her. Bitte fragen Sie nach.",
	} {
		if got := w.inbox(login)[0]; got.Text != want || got.Path != "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff" {
			t.Errorf("%s reads %q, leading to %s", login, got.Text, got.Path)
		}
	}
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*)::int FROM portal.reminder`); n != 6 {
		t.Errorf("%d reminders are kept six weeks after the date, want 6", n)
	}
	w.sweep("2027-04-23", "2027-04-23")
	if n := dbtest.Admin[int](t, w.World, `SELECT count(*)::int FROM portal.reminder`); n != 0 {
		t.Errorf("%d reminders of a date long past are kept", n)
	}
}

func TestADateThatMovesIsToldAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.due("16051", kickoff, "2027-03-10")
	w.sweep("2027-03-04", "2027-03-12")
	w.due("16051", kickoff, "2027-03-24")
	w.sweep("2027-03-13", "2027-03-22")
	w.wants("moved by two weeks", "2027-03-05/k16051/due.soon", "2027-03-11/k16051/due.over", "2027-03-19/k16051/due.soon")
}

func TestTheDeputyWithAnAccountHearsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct{ role, address string }{{profile.Deputy, "K16051-B@thueringen.example"}, {profile.Deputy, "fremd@stadt.example"}, {profile.Coordinator, "k16051@thueringen.example"}} {
		w.must(profile.NewService(w.DB).Save(t.Context(), w.as("k16051"), "16051", profile.Input{
			ID: uuid.New(), Kind: profile.Contact, Details: map[string]string{profile.Role: c.role, profile.Name: "Kim Beispiel", profile.Email: c.address},
		}))
	}
	w.due("16051", kickoff, "2027-03-10")
	w.sweep("2027-03-23", "2027-03-25")
	w.wants("two weeks late", "2027-03-24/k16051-b/due.over")
	if got := w.inbox("k16051-b")[0].Text; !strings.HasSuffix(got, "Bitte vertreten Sie hier die Koordination.") {
		t.Errorf("the deputy reads %q", got)
	}
}

// TestNobodyIsRemindedOfWhatNobodyHereCanDo: each body has the same date and a reason not to be reminded of it.
func TestNobodyIsRemindedOfWhatNobodyHereCanDo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, body := range []string{"16051", "16052", "16053", "16054", "16055"} {
		w.due(body, kickoff, "2027-03-10")
	}
	w.due("16056", "k_web", "2027-03-10") // waits for other steps
	blocking, later := true, time.Date(2027, 12, 1, 0, 0, 0, 0, time.UTC)
	_, err := hurdle.NewService(w.DB).Report(t.Context(), w.as("k16051"), hurdle.Where{Body: "16051", Service: slug, Step: kickoff},
		hurdle.Report{ID: uuid.New(), Text: "Es fehlt Personal", Dimension: hurdle.Technical, Blocking: &blocking})
	w.must(err)
	w.must(w.onboardings.ChangeState(t.Context(), w.as("land"), "16052", slug, onboarding.StateInput{Version: 1, Act: onboarding.Pause, Reason: "Umbau", ResumeOn: &later}))
	w.must(w.onboardings.ChangeState(t.Context(), w.as("k16053"), "16053", slug, onboarding.StateInput{Version: 1, Act: onboarding.Decline, Reason: "Kein Bedarf"}))
	w.must(w.onboardings.HandOver(t.Context(), w.as("k16054"), "16054", slug, kickoff,
		onboarding.HandOverInput{ID: uuid.New(), Version: w.step("16054").Version, Party: "Softwarehaus", Since: workday.Day(*w.now)}))
	w.must(w.onboardings.ChangeStep(t.Context(), w.as("k16055"), "16055", slug, kickoff,
		onboarding.StepInput{Version: w.step("16055").Version, To: onboarding.Done, Evidence: "Kontaktliste"}))
	w.sweep("2027-02-20", "2027-04-05")
	w.wants("blocked, paused, declined, outside, done, not possible")
}

func TestThePartyHearsOfAllThatLiesWithItAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, body := range []string{"16051", "16052"} {
		w.due(body, kickoff, "2027-03-10")
		w.must(w.onboardings.HandOver(t.Context(), w.as("k"+body), body, slug, kickoff,
			onboarding.HandOverInput{ID: uuid.New(), Version: w.step(body).Version, PartyKey: "TLRZ", Since: workday.Day(*w.now)}))
	}
	w.sweep("2027-03-09", "2027-04-05")
	w.wants("lies with TLRZ", "2027-03-09/tlrz/due.soon", "2027-03-11/tlrz/due.over", "2027-03-17/tlrz/due.over", "2027-03-31/land/due.over", "2027-03-31/land2/due.over")
	title := w.step("16051").Title
	if got, want := w.inbox("tlrz")[0], "2 Aufgaben für Wohngeld in Erfurt und Gera waren am 10.03.2027 fällig: „"+title+"“. Das liegt bei Ihnen."; got.Text != want || got.Path != "/" {
		t.Errorf("TLRZ reads %q, leading to %s", got.Text, got.Path)
	}
}

func TestATownGetsOneNoticeForOneDate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.admin(`UPDATE portal.step SET state = 'done' WHERE scope = 'basis'`)
	for _, key := range []string{kickoff, "k_process"} {
		w.due("16054", key, "2027-03-10")
	}
	w.admin(`UPDATE portal.template_step SET predecessors = '{}' WHERE key = 'k_process'`)
	w.sweep("2027-03-11", "2027-03-11")
	items := w.inbox("k16054")
	if len(items) != 1 || !strings.HasPrefix(items[0].Text, "2 Aufgaben für Wohngeld waren am 10.03.2027 fällig: „") || items[0].Path != "/kommunen/16054/leistungen/wohngeld" {
		t.Errorf("told %+v", items)
	}
}

func TestOnlyWorkersRemind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.due("16051", kickoff, "2027-03-10")
	*w.now = time.Date(2027, 3, 11, 9, 0, 0, 0, time.UTC)
	for _, login := range []string{"land", "k16051", "tlrz"} {
		if err := reminder.NewService(w.DB).Remind(t.Context(), w.as(login)); err == nil {
			t.Errorf("%s reminded people", login)
		}
	}
	w.wants("by people")
}
