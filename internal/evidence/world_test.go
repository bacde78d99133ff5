package evidence_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/evidence"
	"rollinportal/internal/onboarding"
	"rollinportal/internal/workday"
)

const pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

// The steps that the tests work with: one of the body, one of the provider.
var (
	ownStep      = evidence.Place{Body: "16051", Slug: "wohngeld", Key: "k_kickoff"}
	providerStep = evidence.Place{Body: "16051", Slug: "wohngeld", Key: "k_vps"}
)

// world is a database with a service in roll-in.
type world struct {
	*dbtest.World
	*evidence.Service
	onboardings *onboarding.Service
	t           *testing.T
}

func newWorld(t *testing.T) world {
	t.Helper()
	return worldOf(t, rolledIn.New(t))
}

func worldOf(t *testing.T, w *dbtest.World) world {
	return world{w, evidence.NewService(w.DB), onboarding.NewService(w.DB), t}
}

var rolledIn = dbtest.NewScene(func(t *testing.T) *dbtest.World {
	w := worldOf(t, dbtest.New(t))
	w.Approve(t, "wohngeld", time.Now(), "transports = '{osci,fitc}'")
	must(t, w.onboardings.Start(t.Context(), w.as("land"), "wohngeld", onboarding.StartInput{}))
	return w.World
})

func (w world) as(login string) access.Actor { return w.As(w.t, login) }

// receive returns an upload of a PDF with a content.
func (w world) receive(name, content string) *evidence.Upload {
	w.t.Helper()
	u, err := evidence.Receive(strings.NewReader(pdf+content), name)
	must(w.t, err)
	w.t.Cleanup(func() { _ = u.Close() })
	return u
}

func (w world) add(login string, at evidence.Place, name, content string) error {
	w.t.Helper()
	_, err := w.Add(w.t.Context(), w.as(login), at, w.receive(name, content), nil)
	return err
}

func (w world) files(login string, at evidence.Place) []onboarding.File {
	w.t.Helper()
	task, err := w.onboardings.Task(w.t.Context(), w.as(login), at.Body, at.Slug, at.Key, 1)
	must(w.t, err)
	return task.Files
}

// fetch returns the bytes of a file as a person gets them.
func (w world) fetch(login string, id uuid.UUID) ([]byte, error) {
	w.t.Helper()
	who := w.as(login)
	d, err := w.Find(w.t.Context(), who, id)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = w.Copy(w.t.Context(), who, d, &out)
	return out.Bytes(), err
}

// set changes a step as it is now.
func (w world) set(login string, at evidence.Place, in onboarding.StepInput) error {
	w.t.Helper()
	task, err := w.onboardings.Task(w.t.Context(), w.as(login), at.Body, at.Slug, at.Key, 1)
	must(w.t, err)
	in.Version = task.Version
	return w.onboardings.ChangeStep(w.t.Context(), w.as(login), at.Body, at.Slug, at.Key, in)
}

// finishLand finishes every step of the Land, in order.
func (w world) finishLand() {
	w.t.Helper()
	who := w.as("land")
	r, err := w.onboardings.LandSteps(w.t.Context(), who, "wohngeld")
	must(w.t, err)
	for _, s := range r.Steps {
		if !s.State.Finished() {
			must(w.t, w.onboardings.ChangeLandStep(w.t.Context(), who, "wohngeld", s.Key, onboarding.StepInput{Version: s.Version, To: onboarding.Done, Evidence: "Akte"}))
		}
	}
}

func (w world) count(sql string) int { return dbtest.Admin[int](w.t, w.World, sql) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// noise is a PDF of a size whose bytes differ from place to place.
func noise(size int) io.Reader {
	return io.MultiReader(strings.NewReader(pdf), io.LimitReader(&counting{}, int64(size-len(pdf))))
}

type counting struct{ n uint32 }

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		c.n = c.n*1664525 + 1013904223
		p[i] = byte(c.n >> 24)
	}
	return len(p), nil
}

func yesterday() *time.Time { return inDays(-1) }

func inDays(n int) *time.Time {
	day := workday.Day(time.Now()).AddDate(0, 0, n)
	return &day
}
