package faults

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/onboarding"
)

// What scripts/faults.sh says. Without it nothing runs: this is not for every commit.
var (
	program  = flag.String("portal", "", "the program to break things for")
	report   = flag.String("report", "", "file for the table of figures")
	faketime = flag.String("faketime", "", "libfaketime, which moves the database's clock")
	full     = flag.Bool("full", false, "break things as often as promise P7 says")
)

// fault is something that breaks. It returns when it is over what it measured.
type fault struct {
	name   string
	usual  int // how often it happens
	full   int // how often with -full
	happen func(c *town, p *people, n int) outcome
}

// outcome is what a fault was like for people.
type outcome struct {
	back time.Duration // the longest it took until everybody wrote again
	most time.Duration // how long that may take
	note string
}

// row is what the table says of a fault.
type row struct {
	name                         string
	happened, yes, lost, doubled int
	untrue, away, odd            int
	slowest                      time.Duration
	outcome
	sound string
}

func TestFaults(t *testing.T) {
	if *program == "" {
		t.Skip("runs by make faults")
	}
	c := newTown(t)
	c.startPortals()
	c.startRollin()
	c.letSignIn()
	p := newPeople(c)
	var rows []row
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			outer := c.t
			c.t = t
			defer func() { c.t = outer }()
			rows = append(rows, c.suffer(f, p))
		})
	}
	table := tableOf(rows)
	t.Log("\n" + table)
	must(t, os.WriteFile(*report, []byte(table), 0o644))
}

// startRollin gives people something to work on.
func (c *town) startRollin() {
	ctx, w, t := context.Background(), c.world, c.t
	w.Approve(t, "wohngeld", time.Now())
	land, s := w.As(t, "land"), onboarding.NewService(w.DB)
	must(t, s.Start(ctx, land, "wohngeld", onboarding.StartInput{}))
	var finish func(key string)
	finish = func(key string) {
		_, step, err := s.LandStep(ctx, land, "wohngeld", key, 1)
		must(t, err)
		for _, before := range step.WaitsFor {
			finish(before.Key)
		}
		must(t, s.ChangeLandStep(ctx, land, "wohngeld", key, onboarding.StepInput{Version: step.Version, To: onboarding.Done, Evidence: "Akte"}))
	}
	finish("l_guide")
}

// letSignIn has the development provider vouch for a person, who then comes past no test.
func (c *town) letSignIn() {
	ask[int](c, `WITH moved AS (UPDATE auth.person SET issuer = $1 WHERE subject = 'land2' RETURNING 1) SELECT count(*)::int FROM moved`, c.provider.Issuer())
}

// suffer has a fault happen while people write, and counts.
func (c *town) suffer(f fault, p *people) row {
	p.mu.Lock()
	before := len(p.yes)
	p.slowest, p.errors, p.odd, p.untrue = 0, map[int]int{}, nil, nil
	p.mu.Unlock()
	p.begin()
	if p.back(time.Now()); c.t.Failed() {
		c.t.Fatalf("nobody could write before it happened: %v %.3000s", p.errors, strings.Join(p.odd, "\n"))
	}
	r := row{name: f.name, happened: f.usual}
	if *full {
		r.happened = f.full
	}
	r.outcome = f.happen(c, p, r.happened)
	p.back(time.Now())
	p.end()
	c.alive(c.t)
	r.yes = len(p.yes) - before
	r.lost, r.doubled = c.count(p)
	r.untrue, r.odd, r.slowest = len(p.untrue), len(p.odd), p.slowest
	r.away = p.troubles()
	r.sound = c.sound()
	c.judge(f, p, r)
	return r
}

func (c *town) judge(f fault, p *people, r row) {
	c.t.Helper()
	if r.yes < 50 || r.lost > 0 || r.doubled > 0 || r.untrue > 0 || r.odd > 0 || r.sound != "unversehrt" {
		c.t.Errorf("%s: %d writes acknowledged (at least 50), %d lost, %d doubled, %d told wrongly, chain and progress %s; odd answers: %.2000s",
			f.name, r.yes, r.lost, r.doubled, r.untrue, r.sound, strings.Join(p.odd, "\n"))
	}
	if r.back > r.most {
		c.t.Errorf("%s: everybody wrote again after %s, want at most %s", f.name, r.back, r.most)
	}
	c.t.Logf("%s: answers %v, %s", f.name, p.errors, r.line())
}

// count compares what the portal said yes to with what is there.
func (c *town) count(p *people) (lost, doubled int) {
	conn, err := pgx.Connect(context.Background(), c.admin("postgres"))
	must(c.t, err)
	defer conn.Close(context.Background())
	rows, err := conn.Query(context.Background(), `SELECT mark, place, count(*)::int FROM (`+marksOf+`) m GROUP BY mark, place`)
	must(c.t, err)
	found := map[string]map[string]int{}
	var mark, place string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&mark, &place, &n}, func() error {
		if found[mark] == nil {
			found[mark] = map[string]int{}
		}
		found[mark][place] = n
		return nil
	})
	must(c.t, err)
	for mark := range p.yes {
		isStep := strings.HasPrefix(mark, "Marke ")
		if found[mark]["trail"] == 0 || !isStep && found[mark]["row"] == 0 {
			lost++
		}
		if found[mark]["trail"] > 1 || found[mark]["row"] > 1 {
			doubled++
		}
	}
	return lost, doubled
}

// sound asks the portal's own commands whether trail and figures are whole.
func (c *town) sound() string {
	for _, args := range [][]string{{"audit", "verify"}, {"verify", "progress", "--land", "thueringen", "--coordination", "TMDI-OZG"}} {
		if out, err := c.command(args...); err != nil {
			return "versehrt: " + strings.Join(args, " ") + ": " + strings.TrimSpace(out)
		}
	}
	return "unversehrt"
}

func tableOf(rows []row) string {
	var b strings.Builder
	b.WriteString("| Störung | Anzahl | bestätigt | verloren | doppelt | falsch gemeldet | Fehlerseiten | unpassende Antworten | längste Antwort | alle schreiben wieder nach | erlaubt | Kette und Zahlen | |\n")
	b.WriteString("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|---|\n")
	for _, r := range rows {
		b.WriteString(r.line())
	}
	return b.String()
}

func (r row) line() string {
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %d | %d | %d | %.1f s | %.1f s | %.0f s | %s | %s |\n", r.name, r.happened, r.yes, r.lost, r.doubled, r.untrue, r.away, r.odd,
		r.slowest.Seconds(), r.back.Seconds(), r.most.Seconds(), r.sound, r.note)
}
