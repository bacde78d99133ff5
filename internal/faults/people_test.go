package faults

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/witness"
)

// form is what a person sends: again and again, until the portal says yes.
type form struct {
	path, mark string // mark is found in the database where the form had its effect
	fields     url.Values
}

// people write all the time.
type people struct {
	town    *town
	writers []*writer
	stop    chan struct{}
	running sync.WaitGroup
	pause   time.Duration

	mu       sync.Mutex
	yes      map[string]bool // marks that the portal said yes to
	slowest  time.Duration
	errors   map[int]int // answers that were no yes, by status; 0: none at all
	odd      []string    // answers that nobody should get
	untrue   []string    // marks whose writer read "nicht gespeichert", and they were
	checking atomic.Bool // whether that is looked up
}

// writer is one person with a browser.
type writer struct {
	people *people
	name   string
	cookie atomic.Pointer[http.Cookie]
	next   func(n int) form
	turn   int
	last   atomic.Int64 // when the portal last said yes
	quiet  atomic.Bool  // has nothing to write for a while
	client *http.Client
}

// newPeople signs in twelve people: six report obstacles, four work off a step each, two add services.
func newPeople(c *town) *people {
	p := &people{town: c, yes: map[string]bool{}, errors: map[int]int{}, pause: 30 * time.Millisecond}
	for i, body := range []string{"16051", "16052", "16053", "16054", "16055", "16061"} {
		p.enlist("k"+body, func(n int) form { return obstacle(body, n%20 == i) })
	}
	for _, body := range []string{"16062", "16063", "16064", "16065"} {
		p.enlist("k"+body, p.step(body))
	}
	p.enlist("land", service)
	p.enlist("redaktion", service)
	return p
}

func (p *people) enlist(login string, next func(int) form) {
	w := &writer{
		people: p, name: login, next: next,
		client: &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 2}, CheckRedirect: impatient.CheckRedirect},
	}
	w.sign(p.town.token(login))
	p.writers = append(p.writers, w)
}

func (w *writer) sign(token string) { w.cookie.Store(&http.Cookie{Name: "portal", Value: token}) }

// obstacle reports an obstacle. If it blocks, the coordination is told by mail at once.
func obstacle(body string, blocks bool) form {
	id, blocking := uuid.NewString(), "nein"
	if blocks {
		blocking = "ja"
	}
	return form{"/huerden/melden", id, url.Values{
		"id": {id}, "einheit": {body}, "leistung": {"wohngeld"}, "aufgabe": {"k_kickoff"}, "text": {"Kein Zugang " + id}, "dimension": {"legal"}, "blocking": {blocking}, "neu": {"1"},
	}}
}

// service adds a service to the catalogue.
func service(int) form {
	id := uuid.NewString()
	return form{"/leistungen", id, url.Values{
		"id": {id}, "name": {"Probe " + id}, "ministry": {"TMDI"}, "lifecycle": {"reusable"}, "execution_level": {"kreis"}, "competence": {"all"},
	}}
}

// step finishes a step and reopens it, by turns; the form carries the version that the person saw.
func (p *people) step(body string) func(int) form {
	version := ask[int](p.town, `
		SELECT s.version::int FROM portal.step s JOIN portal.organisation o USING (land_id, org_id) WHERE o.key = $1 AND s.key = 'k_kickoff'`, body)
	return func(n int) form {
		mark := "Marke " + uuid.NewString()
		fields := url.Values{"version": {strconv.Itoa(version)}, "to": {"done"}, "evidence": {mark}, "reason": {""}}
		if n%2 == 1 {
			fields = url.Values{"version": {strconv.Itoa(version)}, "to": {"in_progress"}, "evidence": {""}, "reason": {mark}}
		}
		version++
		return form{"/kommunen/" + body + "/leistungen/wohngeld/aufgaben/k_kickoff", mark, fields}
	}
}

// begin has everybody write until end.
func (p *people) begin() {
	p.stop = make(chan struct{})
	for _, w := range p.writers {
		p.running.Go(w.write)
	}
}

// end waits until everybody's last form is answered with yes.
func (p *people) end() {
	close(p.stop)
	p.running.Wait()
}

func (w *writer) write() {
	for {
		select {
		case <-w.people.stop:
			return
		case <-time.After(w.people.pause):
		}
		if w.quiet.Load() {
			continue
		}
		w.insist(w.next(w.turn))
		w.turn++
	}
}

// insist sends a form until the portal says yes, for about a minute, to one instance after the other.
func (w *writer) insist(f form) {
	uncertain := false // the person knows that an earlier try may have counted
	for attempt := range 300 {
		base := w.people.town.portals[(w.turn+attempt)%len(w.people.town.portals)].base
		began := time.Now()
		code, text := w.send(base, f)
		yes := code == http.StatusSeeOther
		w.people.note(f, code, text, time.Since(began), yes, uncertain)
		uncertain = uncertain || code == 0 || strings.Contains(text, witness.NotSure)
		if yes {
			w.last.Store(time.Now().UnixNano())
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	w.people.complain(fmt.Sprintf("%s gave up on %s", w.name, f.path))
}

// send returns the answer's status and text; where a redirect leads to the sign-in it is no yes.
func (w *writer) send(base string, f form) (int, string) {
	r, err := http.NewRequest(http.MethodPost, base+f.path, strings.NewReader(f.fields.Encode()))
	if err != nil {
		return -1, err.Error()
	}
	r.AddCookie(w.cookie.Load())
	r.Header.Set("Origin", w.people.town.portals[0].base)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.GetBody = nil // what was sent once is not sent again by itself
	answer, err := w.client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	switch {
	case err != nil:
		return 0, err.Error()
	case answer.StatusCode == http.StatusSeeOther && strings.HasPrefix(answer.Header.Get("Location"), "/anmelden"):
		return http.StatusUnauthorized, "sent to the sign-in"
	}
	return answer.StatusCode, string(text)
}

// note keeps an answer. Who reads that nothing was stored must be able to rely on it.
func (p *people) note(f form, code int, text string, took time.Duration, yes, uncertain bool) {
	lied := p.checking.Load() && !uncertain && strings.Contains(text, witness.NotStored) && p.town.has(f.mark)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.slowest = max(p.slowest, took)
	switch {
	case yes:
		p.yes[f.mark] = true
		return
	case lied:
		p.untrue = append(p.untrue, f.mark)
	}
	p.errors[code]++
	switch code {
	case 0, http.StatusServiceUnavailable, http.StatusConflict, http.StatusUnauthorized:
	default:
		p.odd = append(p.odd, fmt.Sprintf("%s: %d %.300s", f.path, code, inner(text)))
	}
}

// troubles counts the answers that were no yes.
func (p *people) troubles() (n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, times := range p.errors {
		n += times
	}
	return n
}

// inner is what a page says, without its frame.
func inner(text string) string {
	if _, rest, found := strings.Cut(text, "<main"); found {
		return rest
	}
	return text
}

func (p *people) complain(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.odd = append(p.odd, what)
}

// back waits until the portal has said yes to everybody after a moment, and returns how long after it that was.
func (p *people) back(since time.Time) time.Duration {
	until(p.town.t, 45*time.Second, "everybody writes again", func() bool {
		for _, w := range p.writers {
			if w.last.Load() < since.UnixNano() {
				return false
			}
		}
		return true
	})
	var latest int64
	for _, w := range p.writers {
		latest = max(latest, w.last.Load())
	}
	return time.Unix(0, latest).Sub(since)
}

// marksOf is where the marks of a form are found.
const marksOf = `
	SELECT obstacle_id::text AS mark, 'row' AS place FROM portal.obstacle
	UNION ALL SELECT service_id::text, 'row' FROM portal.service
	UNION ALL SELECT record::text, 'trail' FROM portal.audit_event WHERE kind IN ('obstacle', 'service')
	UNION ALL SELECT c->>'new', 'trail' FROM portal.audit_event a, jsonb_array_elements(a.changes) c
		WHERE a.kind = 'step' AND c->>'field' IN ('Nachweis', 'Grund') AND c->>'new' LIKE 'Marke %'
	UNION ALL SELECT c->>'new', 'trail' FROM portal.audit_event a, jsonb_array_elements(a.changes) c
		WHERE a.kind = 'service' AND c->>'field' = 'Hinweis' AND c->>'new' LIKE 'Marke %'`

// has asks whether a form had its effect.
func (c *town) has(mark string) bool {
	if c.nodes[c.main].pg == nil {
		return false
	}
	conn, err := pgx.Connect(context.Background(), c.admin("postgres"))
	if err != nil {
		return false
	}
	defer conn.Close(context.Background())
	var found bool
	err = conn.QueryRow(context.Background(), `
		SELECT EXISTS (SELECT FROM portal.obstacle WHERE obstacle_id::text = $1) OR EXISTS (SELECT FROM portal.service WHERE service_id::text = $1)
			OR EXISTS (SELECT FROM portal.audit_event a WHERE a.kind = 'step' AND a.changes @> jsonb_build_array(jsonb_build_object('new', $1::text)))`, mark).Scan(&found)
	return err == nil && found
}
