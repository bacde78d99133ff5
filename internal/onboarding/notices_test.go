package onboarding_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/notify"
	"rollinportal/internal/onboarding"
)

// heard lists what somebody read of a kind, the newest first.
func (w world) heard(login string, kind notify.Kind) (texts, paths []string) {
	w.t.Helper()
	in, err := notify.NewService(w.DB).Inbox(w.t.Context(), w.as(login), 1)
	w.must(err)
	for _, i := range in.Items {
		if i.Kind == kind {
			texts, paths = append(texts, i.Text), append(paths, i.Path)
		}
	}
	return texts, paths
}

func TestACheckIsToldToWhoSubmittedAndToTheCoordination(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	w.finishBody(body, slug, "k_declaration")
	title := w.step("k16051", body, slug, "k_declaration").Title
	for _, submitter := range []string{"k16051-b", "k16051"} {
		w.must(w.move(submitter, body, slug, "k_declaration", onboarding.Submitted))
		w.must(w.ReviewStep(t.Context(), w.as("land"), body, slug, "k_declaration",
			dbtest.Wish(w.step("land", body, slug, "k_declaration"), onboarding.Returned)))
	}
	want := "„" + title + "“ für Einbürgerung in Erfurt ist zurückgegeben: So ist es"
	for login, n := range map[string]int{"k16051": 2, "k16051-b": 1, "k16052": 0, "land2": 0} {
		texts, _ := w.heard(login, notify.StepReturned)
		if len(texts) != n || n > 0 && texts[0] != want {
			t.Errorf("%s reads %q, want %d times %q", login, texts, n, want)
		}
	}
}

func TestABatchIsToldToEachBodyOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	w.finishBody("16052", slug, "k_survey")
	bodies := []string{body, "16052", "16053"}
	steps := w.addresses("land", slug, first, body, "16053")
	steps = append(steps, w.addresses("land", slug, "k_survey", bodies...)...)
	no, _, err := w.ChangeMany(t.Context(), w.as("land"), onboarding.ManyInput{ID: uuid.New(), To: onboarding.Done, Evidence: "Auftaktrunde", Steps: steps})
	w.must(err)
	w.must(w.UndoMany(t.Context(), w.as("land"), no))
	for _, b := range bodies {
		texts, paths := w.heard("k"+b, notify.OthersDid)
		if len(texts) != 2 {
			t.Errorf("%s reads %q, want one for the batch and one for its end", b, texts)
			continue
		}
		slices.Sort(texts)
		what, path := "2 Aufgaben für Einbürgerung", "/kommunen/"+b+"/leistungen/"+slug
		if b == "16052" {
			what, path = "„"+w.step("k16052", b, slug, "k_survey").Title+"“ für Einbürgerung", path+"/aufgaben/k_survey"
		}
		if !strings.HasPrefix(texts[0], "Die Landeskoordination hat "+what+" erledigt (Sammeländerung Nr. ") || !strings.HasSuffix(texts[1], " zurück: "+what+" wieder wie vorher.") || paths[0] != path {
			t.Errorf("%s reads %q, leading to %q", b, texts, paths)
		}
	}
	if texts, _ := w.heard("k16054", notify.OthersDid); len(texts) != 0 {
		t.Errorf("a body that is not in the batch reads %q", texts)
	}
}

func TestThePartyHearsWhatComesAndWhatGoes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open()
	w.must(w.handOver("k16051", first, onboarding.HandOverInput{PartyKey: "TLRZ", Ticket: "4711"}))
	texts, _ := w.heard("tlrz", notify.HandedOver)
	if len(texts) != 1 || !strings.HasSuffix(texts[0], " für Einbürgerung an Sie ab. Ticket: 4711.") {
		t.Errorf("TLRZ reads %q", texts)
	}
	w.must(w.TakeBack(t.Context(), w.as("k16051"), body, slug, first, w.step("k16051", body, slug, first).Version))
	if texts, _ := w.heard("tlrz", notify.TakenBack); len(texts) != 1 {
		t.Errorf("TLRZ reads %q", texts)
	}
}
