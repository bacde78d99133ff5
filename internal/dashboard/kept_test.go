package dashboard_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dashboard"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/decision"
	"rollinportal/internal/hurdle"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/question"
)

// TestAKeptPictureIsNeverOld: whatever somebody does, a service that has kept pictures says what one says that counts
// for the first time.
func TestAKeptPictureIsNeverOld(t *testing.T) {
	t.Parallel()
	w := story(t)
	readers := []access.Actor{w.as("land"), w.as("tmikl-referat"), w.as("tmikl-leser")}
	look := func(after string) {
		t.Helper()
		fresh := dashboard.NewService(w.DB)
		for _, who := range readers {
			got, err := w.Picture(t.Context(), who)
			w.must(err)
			want, err := fresh.Picture(t.Context(), who)
			w.must(err)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s: %s sees an old picture", after, who.Name)
			}
		}
	}
	look("at first")
	before := w.picture("land")
	for _, act := range []struct {
		name string
		do   func() error
	}{
		{"a step", func() error {
			c, err := w.onboardings.Checklist(t.Context(), w.as("k16053"), "16053", "einbuergerung", 1)
			w.must(err)
			next, _ := c.Find("k_variant")
			return w.onboardings.ChangeStep(t.Context(), w.as("k16053"), "16053", "einbuergerung", next.Key, dbtest.Wish(next, onboarding.Done))
		}},
		{"steps of the Land", func() error { w.finishLand("elterngeld"); return nil }},
		{"a pause", func() error { w.act("land", "16053", "einbuergerung", onboarding.Pause); return nil }},
		{"an obstacle", func() error {
			blocking := true
			_, err := hurdle.NewService(w.DB).Report(t.Context(), w.as("k16051"), hurdle.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"},
				hurdle.Report{ID: uuid.New(), Text: "Die Software fehlt", Dimension: hurdle.Dimensions[0], Blocking: &blocking})
			return err
		}},
		{"a question", func() error {
			return question.NewService(w.DB).Ask(t.Context(), w.as("k16051"), question.Where{Body: "16051", Service: "wohngeld", Step: "k_kickoff"},
				question.Draft{ID: uuid.New(), Kind: question.Asked, Text: "Wer hilft uns?"})
		}},
		{"a case", func() error {
			return decision.NewService(w.DB).Request(t.Context(), w.as("land"), decision.Request{ID: uuid.New(), ServiceSlug: "einbuergerung", Occasion: "Test"})
		}},
		{"a roll-in", func() error { w.rollIn("unterhaltsvorschuss"); return nil }},
	} {
		w.must(act.do())
		look(act.name)
	}
	if after := w.picture("land"); reflect.DeepEqual(before.Services, after.Services) || before.Overdue == after.Overdue {
		t.Error("nothing on the picture changed: the test proves nothing")
	}
	*w.now = w.now.AddDate(0, 0, 40)
	overdue := w.picture("land").Overdue
	look("forty days later")
	if overdue == before.Overdue {
		t.Errorf("%d steps are late on both days", overdue)
	}
}

// TestNothingChangedIsNotCountedAgain: readers of the same membership share a picture, others never do.
func TestNothingChangedIsNotCountedAgain(t *testing.T) {
	t.Parallel()
	w := story(t)
	first, again, other := w.picture("land"), w.picture("land"), w.picture("tmikl-leser")
	if &first.Bodies[0] != &again.Bodies[0] {
		t.Error("the same picture was counted twice")
	}
	if &other.Bodies[0] == &first.Bodies[0] || reflect.DeepEqual(other.Bodies, first.Bodies) {
		t.Error("a ministry sees the picture of the Land")
	}
	*w.now = w.now.Add(9 * time.Minute)
	if later := w.picture("land"); &later.Bodies[0] != &first.Bodies[0] || !later.At.Equal(*w.now) {
		t.Errorf("nine minutes later the picture says %v and is another one", later.At)
	}
}
