package notify_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

var ctx = context.Background()

// tell lets a person act and tell of it; the transaction ends with end.
func tell(t testing.TB, w *dbtest.World, login string, end error, notices ...notify.Notice) {
	t.Helper()
	err := w.DB.Write(ctx, w.As(t, login), access.HomeView, func(tx *postgres.Tx) error {
		if err := notify.Tell(ctx, tx, notices...); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, audit.Entry{Org: tx.Org(), Action: "test", Kind: "test", Record: uuid.New(), Visibility: audit.Org}); err != nil {
			return err
		}
		return end
	})
	if !errors.Is(err, end) {
		t.Fatal(err)
	}
}

func inbox(t testing.TB, w *dbtest.World, login string) notify.Inbox {
	t.Helper()
	in, err := notify.NewService(w.DB).Inbox(ctx, w.As(t, login), 1)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func texts(in notify.Inbox) (found []string) {
	for _, i := range in.Items {
		found = append(found, i.Text)
	}
	slices.Sort(found)
	return found
}

func TestTellReachesWhomItConcernsAndNobodyElse(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	erfurt, tlrz := w.As(t, "k16051").Org.ID, w.As(t, "tlrz").Org.ID
	foreign := w.As(t, "d-k1").Org.ID
	tell(t, w, "k16051", nil,
		notify.Notice{Kind: notify.HandedOver, To: notify.Orgs(tlrz), Text: "an das TLRZ", Path: "/"},
		notify.Notice{Kind: notify.RollinStarted, To: notify.Orgs(erfurt, foreign), Text: "an Erfurt\r\nBcc: alle", Path: "/"},
		notify.Notice{Kind: notify.ObstacleReported, To: notify.Coordination(), Text: "an die Koordination", Path: "/"},
		notify.Notice{Kind: notify.OnboardingPaused, To: notify.Orgs(erfurt).In(access.BodyCoordinator), Text: "nur die Koordination in Erfurt", Path: "/"})
	tell(t, w, "k16051", errors.New("rolled back"), notify.Notice{Kind: notify.HandedOver, To: notify.Orgs(tlrz), Text: "zurückgerollt", Path: "/"})
	for login, want := range map[string][]string{
		"tlrz":     {"an das TLRZ"},
		"k16051":   nil, // who acts does not hear of it
		"k16051-b": {"an Erfurt Bcc: alle"},
		"land":     {"an die Koordination"}, "land2": {"an die Koordination"}, "redaktion": nil,
		"k16052": nil, "kiv": nil, "d-k1": nil, "d-land": nil,
	} {
		in := inbox(t, w, login)
		if got := texts(in); !slices.Equal(got, want) {
			t.Errorf("%s reads %q, want %q", login, got, want)
		}
		if who := w.As(t, login); who.Unread != len(want) || in.Unread != len(want) {
			t.Errorf("%s has %d unread in the header and %d in the inbox, want %d", login, who.Unread, in.Unread, len(want))
		}
	}
}

func TestTheSameIsSaidOnce(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	n := notify.Notice{Kind: notify.DueSoon, To: notify.Orgs(w.As(t, "k16051").Org.ID), Text: "Frist", Path: "/", Key: "due-14:1"}
	tell(t, w, "land", nil, n)
	tell(t, w, "land", nil, n, n)
	if got := texts(inbox(t, w, "k16051")); len(got) != 1 {
		t.Errorf("read %q, want one", got)
	}
}

func TestOnlyOnesOwnNoticesCanBeOpened(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	tell(t, w, "land", nil, notify.Notice{Kind: notify.DueSoon, To: notify.Orgs(w.As(t, "k16051").Org.ID), Text: "Frist", Path: "/kommunen/16051"})
	s := notify.NewService(w.DB)
	id := inbox(t, w, "k16051").Items[0].ID
	for _, login := range []string{"k16051-b", "k16052", "land", "d-k1", "tlrz"} {
		if _, err := s.Open(ctx, w.As(t, login), id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s opened somebody else's notice: %v", login, err)
		}
	}
	for range 2 {
		if path, err := s.Open(ctx, w.As(t, "k16051"), id); err != nil || path != "/kommunen/16051" {
			t.Errorf("leads to %q, %v", path, err)
		}
	}
	if w.As(t, "k16051").Unread != 0 || w.As(t, "k16051-b").Unread != 1 {
		t.Error("reading marks one's own notice, and only that")
	}
}

func TestTheInboxGoesOnWhereItsFirstPageEnds(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	told := make([]notify.Notice, notify.PerPage+1)
	for i := range told {
		told[i] = notify.Notice{Kind: notify.DueSoon, To: notify.Orgs(w.As(t, "k16051").Org.ID), Text: fmt.Sprintf("Nachricht %d", i), Path: "/"}
	}
	tell(t, w, "land", nil, told...)
	second, err := notify.NewService(w.DB).Inbox(ctx, w.As(t, "k16051"), 2)
	if err != nil || len(second.Items) != 1 || slices.Contains(texts(inbox(t, w, "k16051")), second.Items[0].Text) {
		t.Errorf("the second page: %+v, %v", second.Items, err)
	}
}

func TestReadAllLeavesWhatCameSince(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	w := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	erfurt := notify.Orgs(w.As(t, "k16051").Org.ID)
	tell(t, w, "land", nil, notify.Notice{Kind: notify.DueSoon, To: erfurt, Text: "vorher", Path: "/"})
	seen := now
	now = now.Add(time.Minute)
	tell(t, w, "land", nil, notify.Notice{Kind: notify.DueSoon, To: erfurt, Text: "seither", Path: "/"})
	if err := notify.NewService(w.DB).ReadAll(ctx, w.As(t, "k16051"), seen); err != nil {
		t.Fatal(err)
	}
	in := inbox(t, w, "k16051")
	if in.Unread != 1 || in.Items[0].Text != "seither" || in.Items[0].ReadAt != nil {
		t.Errorf("inbox %+v, want the newer one unread and first", in)
	}
}

func TestAPageCannotReadOrForgeNoticesByItself(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	who := w.As(t, "k16051")
	for _, sql := range []string{
		`INSERT INTO portal.notice (land_id, org_id, person_id, notice_id, key, kind, text, path, role, urgent, at)
			SELECT ctx.land_id(), ctx.org_id(), ctx.person_id(), gen_random_uuid(), 'x', 'x', 'x', '/', 'KK', true, now()`,
		`UPDATE portal.notice SET mail = 'none'`,
		`SELECT * FROM ctx.mailboxes()`,
		`INSERT INTO portal.mail (land_id, org_id, person_id, mail_id, key, address, name, token, made_at)
			SELECT ctx.land_id(), ctx.org_id(), ctx.person_id(), gen_random_uuid(), 'x', 'x', 'x', 'x', now()`,
	} {
		err := w.DB.Write(ctx, who, access.HomeView, func(tx *postgres.Tx) error {
			audit.Personal(tx)
			_, err := tx.Exec(ctx, sql)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s: %v, want permission denied", sql, err)
		}
	}
}

func TestReasonsReadWell(t *testing.T) {
	t.Parallel()
	for want, got := range map[string]string{
		"weil Sie Koordination für Wohngeld in Ilmenau sind": notify.Reason(access.BodyCoordinator, "Ilmenau", "Wohngeld"),
		"weil Sie zu TMIKL gehören":                          notify.Reason(access.MinistryReader, "TMIKL", ""),
		"weil Sie in Erfurt mitarbeiten":                     notify.Reason(access.BodyEditor, "Erfurt", ""),
		"weil TMIKL für Wohngeld zuständig ist":              notify.Reason(access.MinistryDecider, "TMIKL", "Wohngeld"),
		"weil Sie bei TLRZ für die Kommunen arbeiten":        notify.Reason(access.Provider, "TLRZ", "Wohngeld"),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
