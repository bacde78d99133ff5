package faults

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
	"rollinportal/internal/witness"
)

var histories = flag.Int("histories", 0, "how many histories of a step are written while things break")

// TestHistoriesUnderFaults is promise P8 at length: six people change a step, cases are decided, drafts published and teams ended
// on two instances, while lines are cut at COMMIT, instances are killed and Postgres is killed. Every history is one that one
// clerk could have written. With more people at once no order is found in time; TestFiftyWritersLoseNothing counts versions.
func TestHistoriesUnderFaults(t *testing.T) {
	if *program == "" || *histories == 0 {
		t.Skip("runs by make drill")
	}
	c := newTown(t)
	c.startPortals()
	c.startRollin()
	asked := c.asked(c.logins()...)
	scenes := c.scenes(asked)
	for range *histories {
		scenes = append(scenes, func() *witness.History {
			return witness.Step(asked, kickoffOf("16051"), []string{"k16051", "k16051-b"}, 6, 150)
		})
	}
	written := make(chan *witness.History)
	go func() {
		defer close(written)
		for _, scene := range scenes {
			written <- scene()
		}
	}()
	broken := map[string]int{}
	all := c.breakMeanwhile(written, broken)
	stored := c.marks()
	told := map[string]map[witness.Heard]int{}
	for _, h := range all {
		if told[h.Name] == nil {
			told[h.Name] = map[witness.Heard]int{}
		}
		told[h.Name]["histories"]++
		for heard, n := range h.Count() {
			told[h.Name][heard] += n
		}
		h.Settle(func(mark string) bool { return stored[mark] })
		if err := h.Check(t.ArtifactDir()); err != nil {
			t.Error(err)
		}
	}
	t.Logf("P8: meanwhile %v", broken)
	for name, n := range told {
		t.Logf("P8: %s: %v", name, n)
	}
	if s := c.sound(); s != "unversehrt" {
		t.Error(s)
	}
}

// breakMeanwhile breaks something every second until all histories are written.
func (c *town) breakMeanwhile(written <-chan *witness.History, broken map[string]int) (all []*witness.History) {
	for i := 0; ; i++ {
		select {
		case h, more := <-written:
			if !more {
				return all
			}
			all = append(all, h)
			continue
		case <-time.After(time.Second):
		}
		switch i % 10 {
		case 3, 7:
			c.kill(i % 2)
			c.startPortal(i % 2)
			broken["instances killed"]++
		case 9:
			c.crash(c.main)
			c.start(c.main)
			broken["Postgres killed"]++
		default:
			c.nodes[c.main].line.cutCommits(2)
			broken["lines to be cut at COMMIT"] += 2
		}
	}
}

func kickoffOf(body string) string {
	return "/kommunen/" + body + "/leistungen/wohngeld/aufgaben/k_kickoff"
}

// asked has people of histories use both instances by turns. A page that does not come is asked for again, a form is not.
func (c *town) asked(logins ...string) witness.Ask {
	tokens := map[string]string{}
	for _, login := range logins {
		tokens[login] = c.token(login)
	}
	var turn atomic.Int64
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 50}, CheckRedirect: impatient.CheckRedirect}
	return func(login, path string, form url.Values) (int, string) {
		for range 100 {
			base := c.portals[turn.Add(1)%2].base
			code, text := c.once(client, base+path, tokens[login], form)
			if form != nil || code != 0 && code != http.StatusServiceUnavailable {
				return code, text
			}
			time.Sleep(100 * time.Millisecond)
		}
		return 0, ""
	}
}

func (c *town) once(client *http.Client, address, token string, form url.Values) (int, string) {
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	r, err := http.NewRequest(method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return -1, err.Error()
	}
	r.GetBody = nil // what was sent once is not sent again by itself
	r.AddCookie(&http.Cookie{Name: "portal", Value: token})
	r.Header.Set("Origin", c.portals[0].base)
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := client.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	if answer.StatusCode == http.StatusSeeOther {
		return answer.StatusCode, answer.Header.Get("Location")
	}
	return answer.StatusCode, string(text)
}

// scenes are histories of cases, drafts and teams; all is prepared before anything breaks.
func (c *town) scenes(asked witness.Ask) (found []func() *witness.History) {
	for _, of := range c.ministries() {
		path := "/entscheidungen/" + c.readyCase(of.Slug, of.Ministry)
		found = append(found, func() *witness.History {
			return witness.Case(asked, path, [2]string{of.Ministry + "-referat", of.Ministry + "-leitung"}, 6, 12)
		})
	}
	for i := range 20 {
		fields := url.Values{"name": {"Entwurf " + strconv.Itoa(i)}, "lifecycle": {"reusable"}, "execution_level": {"kreis"}, "competence": {"all"}}
		create := maps.Clone(fields)
		create.Set("id", uuid.NewString())
		code, path := asked("land", "/leistungen", create)
		if code != http.StatusSeeOther {
			c.t.Fatalf("create a draft: %d", code)
		}
		path, _, _ = strings.Cut(path, "?")
		found = append(found, func() *witness.History {
			return witness.Publishing(asked, path, fields, []string{"land", "land2"}, 8, 4)
		})
	}
	for _, body := range []string{"16052", "16053", "16054", "16055", "16061", "16062", "16063", "16064", "16065", "16066"} {
		team := c.coordinators(body)
		found = append(found, func() *witness.History {
			return witness.Team(asked, "/organisationen/"+body+"/mitglieder", team, []string{"land", "land2"}, 6)
		})
	}
	return found
}

// logins are those of everybody in a history.
func (c *town) logins() []string {
	found := []string{"k16051", "k16051-b", "land", "land2"}
	for _, of := range c.ministries() {
		found = append(found, of.Ministry+"-referat", of.Ministry+"-leitung")
	}
	return found
}

// ministries are services that nobody has decided about, with who decides.
func (c *town) ministries() []struct{ Slug, Ministry string } {
	conn, err := pgx.Connect(context.Background(), c.admin("postgres"))
	must(c.t, err)
	defer conn.Close(context.Background())
	rows, _ := conn.Query(context.Background(), `
		SELECT DISTINCT ON (v.slug) v.slug, lower(o.key) AS ministry
		FROM portal.service v
		JOIN portal.land l USING (land_id)
		JOIN portal.organisation o ON o.land_id = v.land_id AND o.org_id = v.ministry_id
		JOIN auth.person p ON p.subject = lower(o.key) || '-leitung'
		WHERE l.key = 'thueringen' AND v.slug <> 'wohngeld' AND v.published_at IS NOT NULL
		ORDER BY v.slug LIMIT 12`)
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[struct{ Slug, Ministry string }])
	must(c.t, err)
	return found
}

func (c *town) readyCase(slug, ministry string) string {
	id := c.world.Case(c.t, slug)
	c.world.Waive(c.t, ministry, id)
	return id.String()
}

// coordinators gives a town two more of them, and returns the memberships of all.
func (c *town) coordinators(body string) []string {
	var members []identity.Member
	for i := range 2 {
		subject := fmt.Sprintf("k%s-%d", body, i)
		members = append(members, identity.Member{OrgKey: body, Issuer: dbtest.Issuer, Subject: subject, Name: subject, Email: subject + "@" + body + ".example", Role: "KK"})
	}
	must(c.t, identity.NewOperator(c.admin("postgres")).AddMembers(context.Background(), "thueringen", members))
	return strings.Fields(ask[string](c, `
		SELECT string_agg(m.membership_id::text, ' ' ORDER BY m.membership_id)
		FROM auth.membership m JOIN portal.organisation o USING (land_id, org_id) WHERE o.key = $1 AND m.role = 'KK'`, body))
}
