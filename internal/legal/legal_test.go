package legal_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/legal"
	"rollinportal/internal/notify"
)

func TestEveryVersionStaysAndTheNewestIsRead(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, land := legal.NewService(w.DB), w.As(t, "land")
	for i, body := range []string{"Erste", "Zweite"} {
		must(t, s.Publish(t.Context(), land, legal.Imprint, legal.Draft{Seen: i, Body: body}))
	}
	read, err := s.Read(t.Context(), land.Land.Key, legal.Imprint)
	must(t, err)
	if read.Body != "Zweite" || read.Version != 2 || read.PublishedAt == nil {
		t.Errorf("strangers read %+v, want version 2", read.Text)
	}
	found, err := s.Versions(t.Context(), land, legal.Imprint)
	must(t, err)
	if len(found) != 2 || found[1].Body != "Erste" || found[1].Publisher != land.Name {
		t.Errorf("versions %+v, want both, with %s as publisher", found, land.Name)
	}
}

func TestTwoWhoPublishAtOnceDoNotOverwriteEachOther(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := legal.NewService(w.DB)
	must(t, s.Publish(t.Context(), w.As(t, "land"), legal.Privacy, legal.Draft{Body: "Land"}))
	err := s.Publish(t.Context(), w.As(t, "redaktion"), legal.Privacy, legal.Draft{Body: "Redaktion"})
	if fault.KindOf(err) != fault.Conflict {
		t.Errorf("second draft on version 0: %v, want a conflict", err)
	}
	must(t, s.Publish(t.Context(), w.As(t, "land"), legal.Privacy, legal.Draft{Body: "Land"})) // a double click
	found, err := s.Versions(t.Context(), w.As(t, "land"), legal.Privacy)
	must(t, err)
	if len(found) != 1 {
		t.Errorf("%d versions, want one", len(found))
	}
}

func TestALandWordsOnlyItsOwnPages(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := legal.NewService(w.DB)
	must(t, s.Publish(t.Context(), w.As(t, "land"), legal.Imprint, legal.Draft{Body: "Thüringen"}))
	must(t, s.Publish(t.Context(), w.As(t, "d-land"), legal.Imprint, legal.Draft{Body: "Demoland"}))
	for _, login := range []string{"land", "d-land"} {
		who := w.As(t, login)
		read, err := s.Read(t.Context(), who.Land.Key, legal.Imprint)
		must(t, err)
		found, err := s.Versions(t.Context(), who, legal.Imprint)
		must(t, err)
		if len(found) != 1 || read.Chosen == nil || read.Chosen.Key != who.Land.Key || read.Body != found[0].Body {
			t.Errorf("%s reads %+v and keeps %+v", login, read, found)
		}
	}
	unnamed, err := s.Read(t.Context(), "", legal.Imprint)
	must(t, err)
	if unnamed.Chosen != nil || unnamed.Body != "" || len(unnamed.Laender) != 2 {
		t.Errorf("without a Land: %+v, want two to choose from and no text", unnamed)
	}
	if err := s.Publish(t.Context(), w.As(t, "k16051"), legal.Imprint, legal.Draft{Seen: 1, Body: "Erfurt"}); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a town publishes: %v", err)
	}
}

func TestABarrierReachesTheLandOnce(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, land := legal.NewService(w.DB), w.As(t, "land")
	r := legal.Report{ID: uuid.New(), Message: "Der Kontrast reicht nicht.", Email: "frau@stadt.example"}
	for range 2 {
		must(t, s.ReportBarrier(t.Context(), land.Land.Key, r))
	}
	found, err := s.Barriers(t.Context(), land)
	must(t, err)
	if len(found) != 1 || found[0].Message != r.Message || found[0].Email != r.Email || found[0].Answered() {
		t.Fatalf("the Land reads %+v", found)
	}
	in, err := notify.NewService(w.DB).Inbox(t.Context(), land, 1)
	must(t, err)
	if len(in.Items) != 1 || in.Items[0].Kind != notify.BarrierReported {
		t.Errorf("notices %+v, want one of the barrier", in.Items)
	}
	if _, err := s.Barrier(t.Context(), w.As(t, "d-land"), r.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another Land reads the report: %v", err)
	}
	must(t, s.Answer(t.Context(), land, r.ID, "Kontrast erhöht."))
	if err := s.Answer(t.Context(), w.As(t, "redaktion"), r.ID, "Anderes."); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a second answer: %v, want a conflict", err)
	}
}

func TestReportsAreBounded(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := legal.NewService(w.DB)
	send := func() error {
		return s.ReportBarrier(t.Context(), w.As(t, "land").Land.Key, legal.Report{ID: uuid.New(), Message: "x"})
	}
	for range 10 {
		must(t, send())
	}
	if err := send(); !errors.Is(err, legal.ErrBusy) {
		t.Errorf("the eleventh: %v, want ErrBusy", err)
	}
	if err := s.ReportBarrier(t.Context(), w.As(t, "d-land").Land.Key, legal.Report{ID: uuid.New(), Message: "x"}); err != nil {
		t.Errorf("another Land: %v", err)
	}
}

func TestReportsSayWhatIsMissing(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for name, r := range map[string]legal.Report{
		"no message":    {},
		"long message":  {Message: strings.Repeat("ä", 5001)},
		"wrong address": {Message: "x", Email: "kein Postfach"},
		"a machine":     {Message: "x", Email: "a@[127.0.0.1]"},
		"two addresses": {Message: "x", Email: "a@b.example, c@d.example"},
	} {
		r.ID = uuid.New()
		if err := legal.NewService(w.DB).ReportBarrier(t.Context(), "th", r); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v, want Invalid", name, err)
		}
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
