package faults

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// fillDisk leaves the database not a byte, and gives it room again after ten seconds. Postgres ends itself when it cannot
// write its log; its supervisor starts it again.
func fillDisk(c *town, p *people, n int) outcome {
	if !c.limited {
		c.t.Skip("a small disk can be mounted neither here nor in a namespace of one's own (unshare)")
	}
	ended := 0
	o := repeat(p, n, 10*time.Second, "", func(int) time.Time {
		if c.withoutRoom(10 * time.Second) {
			ended++
			c.start(c.main)
		}
		return time.Now()
	})
	o.note = fmt.Sprintf("je 10 s; Postgres beendete sich dabei %d-mal selbst", ended)
	return o
}

// withoutRoom fills the disk of the node that writes for a while, and says whether Postgres ended itself.
func (c *town) withoutRoom(long time.Duration) (ended bool) {
	n := c.nodes[c.main]
	ballast := filepath.Join(n.disk, "ballast")
	defer func() { must(c.t, os.Remove(ballast)) }()
	for pour(ballast, 1<<20) > 0 {
	}
	for over := time.Now().Add(long); time.Now().Before(over); {
		pour(ballast, 1<<20) // what Postgres gives back is taken, too
		select {
		case <-n.pg.Done():
			_ = n.pg.Kill()
			n.pg = nil
			time.Sleep(time.Until(over))
			return true
		case <-time.After(200 * time.Millisecond):
		}
	}
	return false
}

// pour adds bytes to a file until the disk is full, and returns how many it took.
func pour(path string, size int) int {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return 0
	}
	defer file.Close()
	n, _ := file.Write(make([]byte, size))
	return n
}

// stopProvider takes the OpenID provider away for a while. Who is signed in goes on working.
func stopProvider(c *town, p *people, _ int) outcome {
	addr := strings.TrimPrefix(c.provider.Issuer(), "http://")
	must(c.t, c.provider.Stop())
	began := time.Now()
	if code := status(c.portals[0].base + "/login"); code != http.StatusServiceUnavailable || time.Since(began) > 3*time.Second {
		c.t.Errorf("without a provider /login answers %d after %s", code, time.Since(began))
	}
	c.kill(1)
	c.startPortal(1) // it starts without a provider, too
	before := p.troubles()
	time.Sleep(5 * time.Second)
	if n := p.troubles() - before; n != 0 {
		c.t.Errorf("without a provider people who are signed in saw %d errors", n)
	}
	c.startProvider(addr)
	over := time.Now()
	took := until(c.t, 10*time.Second, "people sign in again", func() bool { return c.signsIn() == nil })
	return outcome{back: p.back(over), most: 5 * time.Second, note: fmt.Sprintf("5 s lang, dabei ein Portal neu gestartet; Anmelden wieder nach %.1f s", took.Seconds())}
}

// signsIn goes to the provider and back.
func (c *town) signsIn() error {
	jar, err := cookiejar.New(nil)
	must(c.t, err)
	client := &http.Client{Jar: jar, Timeout: 10 * time.Second}
	page, err := client.Get(c.portals[0].base + "/login?weiter=/leistungen")
	if err != nil {
		return err
	}
	_ = page.Body.Close()
	if page.StatusCode != http.StatusOK {
		return fmt.Errorf("the way to the provider ends with %s at %s", page.Status, page.Request.URL.Path)
	}
	answer, err := client.PostForm(page.Request.URL.String(), url.Values{"login": {"land2"}})
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK || answer.Request.URL.Path != "/leistungen" {
		said, _ := io.ReadAll(answer.Body)
		return fmt.Errorf("the way back ends with %s at %s: %.300s", answer.Status, answer.Request.URL.Path, inner(string(said)))
	}
	return nil
}

// stopMailServer takes the mail server away for a while. What was to be told by mail arrives afterwards.
func stopMailServer(c *town, p *people, _ int) outcome {
	until(c.t, time.Minute, "what was told before is sent", func() bool { return c.unsent() == 0 })
	must(c.t, c.box.Stop())
	c.sentBefore = c.sent()
	time.Sleep(10 * time.Second)
	waiting := c.unsent()
	if waiting == 0 {
		c.t.Error("nobody was told anything while the mail server was away")
	}
	c.openMailbox(c.mailAddr)
	o := outcome{back: p.back(time.Now()), most: 5 * time.Second}
	o.note = fmt.Sprintf("10 s lang; %d Mails warteten, %s", waiting, c.mailsArrive(p))
	return o
}

// settle looks after all faults that nobody was told less than they should, and hardly more.
func settle(c *town, p *people, _ int) outcome {
	return outcome{back: p.back(time.Now()), most: 5 * time.Second, note: c.mailsArrive(p)}
}

// mailsArrive has people rest until all mails are sent, and compares what was sent with what arrived, by Message-ID. A mail
// may arrive twice when a worker was killed between the server's yes and its note of it (ADR 0014); mail programs show it once.
func (c *town) mailsArrive(p *people) string {
	p.rest(true)
	defer p.rest(false)
	took := until(c.t, 5*time.Minute, "the mails are sent", func() bool { return c.unsent() == 0 })
	if c.t.Failed() {
		c.t.Log(c.queue())
	}
	sent, different, arrived := c.sent()-c.sentBefore, len(c.box.Mails()), c.box.Arrivals()
	if different != sent {
		c.t.Errorf("%d mails were sent, and %d different ones arrived", sent, different)
	}
	return fmt.Sprintf("alle %d nach %.0f s da, %d zweimal unter derselben Message-ID", sent, took.Seconds(), arrived-different)
}

func (c *town) sent() int {
	return ask[int](c, `SELECT count(*)::int FROM portal.mail WHERE state = 'sent'`)
}

// rest lets people pause, or go on.
func (p *people) rest(quiet bool) {
	for _, w := range p.writers {
		w.quiet.Store(quiet)
	}
}

// unsent counts what is to be told by mail and is not.
func (c *town) unsent() int {
	return ask[int](c, `
		SELECT (SELECT count(*) FROM portal.mail WHERE state IN ('waiting', 'failing'))::int
			+ (SELECT count(*) FROM portal.notice WHERE mail = 'due' AND urgent)::int`)
}

// queue is what is still to be done, for the case that it is not.
func (c *town) queue() string {
	return ask[string](c, `
		SELECT 'mails ' || (SELECT coalesce(string_agg(state || ' ' || n, ', '), '') FROM (SELECT state, count(*) AS n FROM portal.mail GROUP BY state) m)
			|| '; urgent notices due ' || (SELECT count(*) FROM portal.notice WHERE mail = 'due' AND urgent)
			|| '; jobs ' || (SELECT coalesce(string_agg(format('%s %s attempt %s, for %s s, due in %s s', kind, state, attempt, extract(epoch FROM now() - attempted_at)::int,
				extract(epoch FROM scheduled_at - now())::int), E'\n'), 'none') FROM river.river_job WHERE state IN ('available', 'running', 'retryable', 'scheduled', 'discarded'))`)
}

// moveClock has the database's clock jump half a minute, five minutes and a day ahead and back. The portal has no time of its own
// that could contradict it (ADR 0041): people write on and sign in, and only sessions end when a day has passed.
func moveClock(c *town, p *people, n int) outcome {
	if *faketime == "" {
		c.t.Skip("needs libfaketime")
	}
	o := repeat(p, n, 5*time.Second, "", func(i int) time.Time {
		c.setClock([]string{"+30", "-30", "+300", "-300", "+1d", "-1d"}[i%6])
		time.Sleep(clockIsSeen)
		if i%6 == 4 {
			p.signInAgain()
		}
		over := time.Now()
		var refused error // a jump may end what Postgres is doing; whoever tries again gets in
		if until(c.t, 5*time.Second, "somebody signs in", func() bool { refused = c.signsIn(); return refused == nil }); refused != nil {
			c.t.Errorf("after jump %d nobody can sign in: %v", i+1, refused)
		}
		return over
	})
	c.setClock("+0")
	time.Sleep(clockIsSeen)
	backwards := ask[int](c, `
		SELECT count(*)::int FROM (SELECT at < lag(at) OVER (PARTITION BY land_id, org_id ORDER BY seq) AS earlier FROM portal.audit_event) e WHERE earlier`)
	if backwards == 0 {
		c.t.Error("the clock did not jump: no entry of the trail is earlier than the one before")
	}
	o.note = fmt.Sprintf("±30 s, ±5 min, +1 Tag (Sitzungen enden), −1 Tag, dabei angemeldet; %d Einträge früher als ihr Vorgänger, Ketten hängen an der Folge", backwards)
	return o
}

// clockIsSeen is how long it takes until all processes of Postgres see a jump: libfaketime looks again when two seconds of the clock
// have begun since it did last. Before that, one of them opens a session that another takes for over.
const clockIsSeen = 2500 * time.Millisecond

// signInAgain renews everybody's session.
func (p *people) signInAgain() {
	for _, w := range p.writers {
		w.sign(p.town.token(w.name))
	}
}
