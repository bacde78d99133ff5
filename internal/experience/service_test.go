package experience_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/evidence"
	"rollinportal/internal/experience"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
)

type world struct {
	*dbtest.World
	*experience.Service
	files       *evidence.Service
	onboardings *onboarding.Service
	t           *testing.T
}

func newWorld(t *testing.T) world {
	t.Helper()
	w := dbtest.New(t)
	v := world{w, experience.NewService(w.DB), evidence.NewService(w.DB), onboarding.NewService(w.DB), t}
	w.Approve(t, "wohngeld", time.Now())
	v.must(v.onboardings.Start(t.Context(), v.as("land"), "wohngeld", onboarding.StartInput{}))
	return v
}

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

func (w world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func at(step string) experience.Where {
	return experience.Where{Body: "16072", Service: "wohngeld", Step: step}
}

const paper = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"

// upload has Sonneberg upload a file at a step and returns its id.
func (w world) upload(name string) uuid.UUID {
	w.t.Helper()
	file, err := evidence.Receive(strings.NewReader(paper+name), name)
	w.must(err)
	defer func() { w.must(file.Close()) }()
	_, err = w.files.Add(w.t.Context(), w.as("k16072"), evidence.Place{Body: "16072", Slug: "wohngeld", Key: "k_kickoff"}, file, nil)
	w.must(err)
	p, err := w.Place(w.t.Context(), w.as("k16072"), at("k_kickoff"))
	w.must(err)
	for _, f := range p.Files {
		if f.Name == name {
			return f.ID
		}
	}
	w.t.Fatalf("%s is not there", name)
	return uuid.Nil
}

func (w world) release(step, note string, files ...uuid.UUID) uuid.UUID {
	w.t.Helper()
	id := uuid.New()
	w.must(w.Release(w.t.Context(), w.as("k16072"), at(step), experience.Draft{ID: id, Note: note, Files: files}))
	return id
}

func (w world) list(login string) []experience.Experience {
	w.t.Helper()
	found, err := w.List(w.t.Context(), w.as(login), experience.Filter{Service: "wohngeld"})
	w.must(err)
	return found
}

// hints are what a body finds at a step of its own, and at its way as a whole.
func (w world) hints(login, body, step string) (atStep, whole []onboarding.Hint) {
	w.t.Helper()
	c, err := w.onboardings.Checklist(w.t.Context(), w.as(login), body, "wohngeld", 0)
	w.must(err)
	s, _ := c.Find(step)
	return s.Talk.Hints, c.General.Hints
}

func (w world) download(login string, x, file uuid.UUID) (string, error) {
	w.t.Helper()
	who := w.as(login)
	d, err := w.files.FindShared(w.t.Context(), who, x, file)
	if err != nil {
		return "", err
	}
	var out bytes.Buffer
	err = w.files.CopyShared(w.t.Context(), who, x, d, &out)
	return out.String(), err
}

func TestReleasedExperienceBecomesAHintAndNeverAState(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	shown, kept := w.upload("Ablauf.pdf"), w.upload("Interna.pdf")
	x := w.release("k_kickoff", "Zuerst das Fachamt fragen.", shown)
	w.release("", "Früh mit dem Hersteller reden.")
	for _, login := range []string{"k16071", "land", "redaktion", "tmikl-leser", "tlrz"} {
		if found := w.list(login); len(found) != 2 || found[0].BodyKey != "16072" {
			t.Errorf("%s reads %+v", login, found)
		}
	}
	before, _ := w.onboardings.Checklist(t.Context(), w.as("k16071"), "16071", "wohngeld", 0)
	for range 2 {
		w.must(w.Take(t.Context(), w.as("k16071-b"), "wohngeld", "16072"))
	}
	step, whole := w.hints("k16071", "16071", "k_kickoff")
	if len(step) != 1 || step[0].Note != "Zuerst das Fachamt fragen." || step[0].Body == "" || len(step[0].Files) != 1 || len(whole) != 1 {
		t.Fatalf("hints at the step %+v, as a whole %+v", step, whole)
	}
	after, _ := w.onboardings.Checklist(t.Context(), w.as("k16071"), "16071", "wohngeld", 0)
	if after.Version != before.Version || after.Done != before.Done {
		t.Error("taking hints over changed the onboarding")
	}
	if got, err := w.download("k16071", x, shown); err != nil || !strings.HasSuffix(got, "Ablauf.pdf") {
		t.Errorf("the released file: %q, %v", got, err)
	}
	_, err := w.download("k16071", x, kept)
	dbtest.Wants(t, "a file that was not released", err, fault.NotFound)
	_, err = w.files.Find(t.Context(), w.as("k16071"), shown)
	dbtest.Wants(t, "the released file by its own address", err, fault.NotFound)
}

func TestWithdrawingHidesAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	file := w.upload("Ablauf.pdf")
	x := w.release("k_kickoff", "Zuerst das Fachamt fragen.", file)
	w.must(w.Take(t.Context(), w.as("k16071"), "wohngeld", "16072"))
	dbtest.Wants(t, "another town withdraws", w.Withdraw(t.Context(), w.as("k16071"), x), fault.NotFound)
	dbtest.Wants(t, "an editor withdraws", w.Withdraw(t.Context(), w.as("k16072-b"), x), fault.Forbidden)
	for range 2 {
		w.must(w.Withdraw(t.Context(), w.as("k16072"), x))
	}
	for _, login := range []string{"k16071", "land", "tlrz", "k16072"} {
		if found := w.list(login); len(found) != 0 {
			t.Errorf("%s still reads %+v", login, found)
		}
		if _, err := w.download(login, x, file); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s still gets the file: %v", login, err)
		}
	}
	if step, _ := w.hints("k16071", "16071", "k_kickoff"); len(step) != 0 {
		t.Errorf("the hint is still there: %+v", step)
	}
	if step, _ := w.hints("land", "16071", "k_kickoff"); len(step) != 0 {
		t.Errorf("the Land still reads the hint: %+v", step)
	}
	dbtest.Wants(t, "take what was withdrawn", w.Take(t.Context(), w.as("k16071"), "wohngeld", "16072"), fault.NotFound)
}

func TestDeletedFilesAreGoneForOthersToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	file := w.upload("Ablauf.pdf")
	x := w.release("k_kickoff", "So ging es.", file)
	w.must(w.files.Remove(t.Context(), w.as("k16072"), evidence.Place{Body: "16072", Slug: "wohngeld", Key: "k_kickoff"}, file))
	if _, err := w.download("k16071", x, file); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a deleted file: %v", err)
	}
	if found := w.list("k16071"); len(found) != 1 || len(found[0].Files) != 0 {
		t.Errorf("the list names it: %+v", found)
	}
}

func TestNothingElseIsReleased(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	file := w.upload("Ablauf.pdf")
	draft := experience.Draft{ID: uuid.New(), Note: "So.", Files: []uuid.UUID{file}}
	dbtest.Wants(t, "another town releases for it", w.Release(t.Context(), w.as("k16071"), at("k_kickoff"), draft), fault.NotFound)
	foreign := experience.Where{Body: "16071", Service: "wohngeld", Step: "k_kickoff"}
	dbtest.Wants(t, "a file of another town", w.Release(t.Context(), w.as("k16071"), foreign, draft), fault.NotFound)
	dbtest.Wants(t, "an editor releases", w.Release(t.Context(), w.as("k16072-b"), at("k_kickoff"), draft), fault.Forbidden)
	dbtest.Wants(t, "the Land releases", w.Release(t.Context(), w.as("land"), at("k_kickoff"), draft), fault.Forbidden)
	dbtest.Wants(t, "no words", w.Release(t.Context(), w.as("k16072"), at("k_kickoff"), experience.Draft{ID: uuid.New(), Note: " "}), fault.Invalid)
	dbtest.Wants(t, "no such step", w.Release(t.Context(), w.as("k16072"), at("k_gibt_es_nicht"), draft), fault.NotFound)
	for range 2 {
		w.must(w.Release(t.Context(), w.as("k16072"), at("k_kickoff"), draft))
	}
	if found := w.list("k16072"); len(found) != 1 || !found[0].Own {
		t.Errorf("released twice: %+v", found)
	}
	if found := w.list("d-k1"); len(found) != 0 {
		t.Errorf("another Land reads %+v", found)
	}
	_, err := w.download("d-k1", draft.ID, file)
	dbtest.Wants(t, "another Land gets the file", err, fault.NotFound)
	_, err = w.List(t.Context(), w.as("gremium"), experience.Filter{})
	dbtest.Wants(t, "a committee reads", err, fault.Forbidden)
	_, err = w.onboardings.Checklist(t.Context(), w.as("k16071"), "16072", "wohngeld", 0)
	dbtest.Wants(t, "the checklist behind it", err, fault.NotFound)
	dbtest.Wants(t, "take from oneself", w.Take(t.Context(), w.as("k16072"), "wohngeld", "16072"), fault.NotFound)
}
