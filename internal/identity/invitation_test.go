package identity_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/devstack"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
	"rollinportal/internal/jobs"
	"rollinportal/internal/notify"
)

// post is a mail server and the worker that mails invitations.
type post struct {
	w       *dbtest.World
	mailbox *devstack.Mailbox
	inviter *identity.Inviter
}

func newPost(t *testing.T) post {
	t.Helper()
	w := dbtest.New(t)
	mailbox, err := devstack.StartMailbox("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = mailbox.Stop() })
	base, _ := url.Parse("https://portal.example")
	return post{w, mailbox, identity.NewInviter(w.Work, &notify.SMTP{Host: "127.0.0.1", Port: mailbox.Port(), From: "portal@land.example", TLS: notify.Plain}, base)}
}

func (p post) send(t *testing.T, id uuid.UUID) {
	t.Helper()
	who, err := jobs.Actor(ctx, p.w.Work, p.w.As(t, "land").Land.ID, uuid.Nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.inviter.Send(ctx, who, id); err != nil {
		t.Fatal(err)
	}
}

var inMail = regexp.MustCompile(`https://portal\.example/einladung/([A-Z2-7]{52})`)

// invite invites somebody and returns the token of the mail.
func (p post) invite(t *testing.T, login, org, email string, role access.Role) (uuid.UUID, string) {
	t.Helper()
	id := uuid.New()
	if err := identity.NewService(p.w.DB).Invite(ctx, p.w.As(t, login), org, identity.NewInvitation{ID: id, Email: email, Role: role}); err != nil {
		t.Fatalf("%s invites %s: %v", login, email, err)
	}
	p.send(t, id)
	last := p.mailbox.Mails()[0] // the newest
	found := inMail.FindStringSubmatch(last.Body)
	if found == nil || !strings.Contains(last.To, email) {
		t.Fatalf("the mail to %s carries no link:\n%s", last.To, last.Body)
	}
	if sent, err := last.Header.Date(); err != nil || time.Since(sent).Abs() > time.Hour {
		t.Errorf("the mail says it is of %s, %v", sent, err)
	}
	return id, found[1]
}

func invitee(subject, email string) identity.Person {
	p := claims(subject, nil)
	p.Email = email
	return p
}

func TestAnInvitationIsTakenOnceByTheAddressItIsFor(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := identity.NewService(p.w.DB)
	_, token := p.invite(t, "k16051", "16051", "Neu@Erfurt.example", access.BodyEditor)
	if dbtest.Admin[bool](t, p.w, `SELECT EXISTS (SELECT FROM portal.invitation i WHERE i::text LIKE '%' || $1 || '%') OR EXISTS (SELECT FROM river.river_job j WHERE j.args::text LIKE '%' || $1 || '%')`, token) {
		t.Error("the token itself is stored")
	}
	if o, err := s.Offer(ctx, token); err != nil || o.Org != "Erfurt" || o.Role != access.BodyEditor {
		t.Errorf("the invitation offers %+v, %v", o, err)
	}
	unchecked := invitee("neu", "neu@erfurt.example")
	unchecked.Unverified = true
	for name, person := range map[string]identity.Person{
		"other address": invitee("dieb", "dieb@erfurt.example"), "no address": invitee("dieb", ""), "unchecked address": unchecked,
	} {
		if err := s.Accept(ctx, token, person); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := s.Accept(ctx, identity.NewToken(), invitee("neu", "neu@erfurt.example")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another token: %v", err)
	}
	if err := s.Accept(ctx, token, invitee("neu", "neu@erfurt.example")); err != nil {
		t.Fatal(err)
	}
	if who := p.w.As(t, "neu"); who.Role != access.BodyEditor || who.Org.Key != "16051" {
		t.Errorf("the invited person acts as %+v", who)
	}
	if err := s.Accept(ctx, token, invitee("zweite", "neu@erfurt.example")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the same invitation twice: %v", err)
	}
	if n := dbtest.Admin[int](t, p.w, `SELECT count(*)::int FROM portal.audit_event WHERE action IN ('member.invited', 'member.joined')`); n != 2 {
		t.Errorf("%d entries in the trail, want two", n)
	}
}

func TestWhoTakesAnInvitationStandsWhereItLeads(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := identity.NewService(p.w.DB)
	at := p.w.As(t, "k16052-b")
	stands := func() access.Actor {
		t.Helper()
		token, err := s.SignIn(ctx, invitee("k16052-b", "b@gera.example"))
		if err != nil {
			t.Fatal(err)
		}
		who, err := s.Actor(ctx, token)
		if err != nil {
			t.Fatal(err)
		}
		return who
	}
	for range 2 { // let in, and let in again after the end
		_, token := p.invite(t, "k16051", "16051", "b@gera.example", access.BodyEditor)
		if err := s.Accept(ctx, token, invitee("k16052-b", "b@gera.example")); err != nil {
			t.Fatal(err)
		}
		joined := stands()
		if joined.Org.Key != "16051" {
			t.Fatalf("after the invitation to Erfurt the person stands in %s", joined.Org.Name)
		}
		if _, err := s.Switch(ctx, joined, at.Membership); err != nil {
			t.Fatal(err)
		}
		if who := stands(); who.Org.Key != "16052" {
			t.Errorf("after going back to Gera the next sign-in leads to %s", who.Org.Name)
		}
		if err := s.EndMembership(ctx, p.w.As(t, "k16051"), "16051", joined.Membership); err != nil {
			t.Fatal(err)
		}
	}
}

func TestInvitationsEnd(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := identity.NewService(p.w.DB)
	for name, end := range map[string]func(id uuid.UUID){
		"after 72 hours": func(id uuid.UUID) {
			dbtest.Admin[int](t, p.w, `WITH e AS (UPDATE portal.invitation SET expires_at = expires_at - interval '72 hours' WHERE invitation_id = $1 RETURNING 1) SELECT count(*)::int FROM e`, id)
		},
		"withdrawn": func(id uuid.UUID) {
			if err := s.Withdraw(ctx, p.w.As(t, "k16052"), "16052", id); err != nil {
				t.Error(err)
			}
		},
		"asked anew": func(uuid.UUID) { p.invite(t, "k16052", "16052", "neu@gera.example", access.BodyEditor) },
		"mailed anew": func(id uuid.UUID) {
			dbtest.Admin[int](t, p.w, `WITH e AS (UPDATE portal.invitation SET mail = 'waiting' WHERE invitation_id = $1 RETURNING 1) SELECT count(*)::int FROM e`, id)
			p.send(t, id)
		},
	} {
		id, token := p.invite(t, "k16052", "16052", "neu@gera.example", access.BodyEditor)
		end(id)
		if err := s.Accept(ctx, token, invitee("neu", "neu@gera.example")); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := s.Offer(ctx, token); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s, the page says: %v", name, err)
		}
	}
	_, token := p.invite(t, "k16052", "16052", "neu@gera.example", access.BodyEditor)
	dbtest.Admin[int](t, p.w, `WITH e AS (UPDATE auth.membership m SET status = 'ended' FROM auth.person x WHERE x.person_id = m.person_id AND x.subject = 'k16052' RETURNING 1) SELECT count(*)::int FROM e`)
	if err := s.Accept(ctx, token, invitee("neu", "neu@gera.example")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("whoever invited has left: %v", err)
	}
}

// TestTwoWhoWithdrawAnInvitationDoItOnce: and whoever comes after it was taken is told so.
func TestTwoWhoWithdrawAnInvitationDoItOnce(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := identity.NewService(p.w.DB)
	withdraw := func(login string, id uuid.UUID) error { return s.Withdraw(ctx, p.w.As(t, login), "16051", id) }
	id, _ := p.invite(t, "land", "16051", "eins@erfurt.example", access.BodyCoordinator)
	for _, login := range []string{"land", "land2"} {
		if err := withdraw(login, id); err != nil {
			t.Errorf("%s: %v", login, err)
		}
	}
	if n := dbtest.Admin[int](t, p.w, `SELECT count(*)::int FROM portal.audit_event WHERE action = 'member.uninvited'`); n != 1 {
		t.Errorf("the trail tells of it %d times", n)
	}
	taken, token := p.invite(t, "land", "16051", "zwei@erfurt.example", access.BodyCoordinator)
	if err := s.Accept(ctx, token, invitee("zwei", "zwei@erfurt.example")); err != nil {
		t.Fatal(err)
	}
	if err := withdraw("land", taken); fault.KindOf(err) != fault.Conflict {
		t.Errorf("after it was taken: %v, want a conflict", err)
	}
	for _, gone := range []uuid.UUID{id, taken} {
		if err := withdraw("k16051", gone); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody who may not invite that role: %v", err)
		}
	}
}

func TestInvitationsKeepTheCeilingAndTheWalls(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := identity.NewService(p.w.DB)
	for _, c := range []struct {
		login, org string
		role       access.Role
		want       fault.Kind
	}{
		{"k16051", "16051", access.BodyCoordinator, fault.Invalid},
		{"k16051", "16051", access.StateCoordinator, fault.Invalid},
		{"k16051", "16052", access.BodyEditor, fault.NotFound},
		{"k16051", "TMDI", access.MinistryDecider, fault.NotFound},
		{"k16051", "unbekannt", access.BodyEditor, fault.NotFound},
		{"k16051-b", "16051", access.BodyEditor, fault.Forbidden},
		{"redaktion", "16051", access.BodyCoordinator, fault.Forbidden},
		{"tmdi-leitung", "TMDI", access.MinistryReader, fault.Forbidden},
		{"land", "TMDI-OZG", access.StateCoordinator, fault.Invalid},
		{"land", "16051", access.BodyEditor, fault.Invalid},
		{"land", "16051", access.MinistryDecider, fault.Invalid},
		{"land", "D-OZG", access.StateEditor, fault.NotFound},
		{"d-land", "16051", access.BodyCoordinator, fault.NotFound},
		{"betreiber", "TMDI-OZG", access.StateCoordinator, fault.NotFound},
	} {
		err := s.Invite(ctx, p.w.As(t, c.login), c.org, identity.NewInvitation{ID: uuid.New(), Email: "x@y.example", Role: c.role})
		if fault.KindOf(err) != c.want {
			t.Errorf("%s invites %s to %s: %v", c.login, c.role, c.org, err)
		}
	}
	own := dbtest.Admin[string](t, p.w, `SELECT email FROM auth.person WHERE subject = 'land'`)
	there := dbtest.Admin[string](t, p.w, `UPDATE auth.person SET email = 'da@erfurt.example' WHERE subject = 'k16051' RETURNING email`)
	for name, email := range map[string]string{"who has the role": strings.ToUpper(there), "too long": long(255), "oneself": own, "no address": "x", "a machine": "x@[127.0.0.1]", "a name besides": "X <x@y.example>", "two": "x@y.example, z@y.example", "a header": "x@y.example\nBcc: z@y.example"} {
		if err := s.Invite(ctx, p.w.As(t, "land"), "16051", identity.NewInvitation{ID: uuid.New(), Email: email, Role: access.BodyCoordinator}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	editor := dbtest.Admin[string](t, p.w, `UPDATE auth.person SET email = 'zwei@erfurt.example' WHERE subject = 'k16051-b' RETURNING email`)
	p.invite(t, "land", "16051", editor, access.BodyCoordinator) // the same person may have another role besides
	p.invite(t, "k16051", "16051", long(254), access.BodyEditor)
	id, _ := p.invite(t, "k16051", "16051", "neu@erfurt.example", access.BodyEditor)
	for _, login := range []string{"k16052", "d-land", "land"} {
		if err := s.Withdraw(ctx, p.w.As(t, login), "16051", id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s withdraws: %v", login, err)
		}
	}
	if _, err := s.Team(ctx, p.w.As(t, "k16052"), "16051"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another town looks: %v", err)
	}
	if team, err := s.Team(ctx, p.w.As(t, "k16051-b"), "16051"); err != nil || len(team.Invitations) != 0 || len(team.Members) == 0 {
		t.Errorf("a colleague sees %+v, %v", team, err)
	}
}

// long is an address of so many letters.
func long(letters int) string {
	domain := strings.Repeat(strings.Repeat("y", 62)+".", 3) + "example"
	return strings.Repeat("x", letters-len("@"+domain)) + "@" + domain
}

// TestAMailThatCannotArriveIsShown: whoever invited sees it, and no second try is made.
func TestAMailThatCannotArriveIsShown(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	refused := func(id uuid.UUID) bool {
		return dbtest.Admin[bool](t, p.w, `SELECT mail = 'refused' FROM portal.invitation WHERE invitation_id = $1`, id)
	}
	nowhere := uuid.New()
	if err := identity.NewService(p.w.DB).Invite(ctx, p.w.As(t, "k16051"), "16051", identity.NewInvitation{ID: nowhere, Email: "neu@erfurt.example", Role: access.BodyEditor}); err != nil {
		t.Fatal(err)
	}
	dbtest.Admin[string](t, p.w, `UPDATE portal.invitation SET email = 'neu @erfurt.example' WHERE invitation_id = $1 RETURNING email`, nowhere)
	if p.send(t, nowhere); !refused(nowhere) {
		t.Error("an address at which nobody can be reached is not shown as such")
	}
	back, _ := p.invite(t, "k16051", "16051", "weg@erfurt.example", access.BodyEditor)
	if refused(back) {
		t.Error("a mail that was sent counts as refused")
	}
	for i, want := range []bool{true, false} { // told again, it changes nothing
		if noted, err := p.inviter.Returned(ctx, notify.Bounce{Mail: back}); err != nil || noted != want {
			t.Errorf("report %d that the mail came back: %t, %v; want %t", i+1, noted, err, want)
		}
	}
	if !refused(back) {
		t.Error("a mail that came back is not shown as such")
	}
	if noted, err := p.inviter.Returned(ctx, notify.Bounce{Mail: uuid.New()}); err != nil || noted {
		t.Errorf("a report about a mail that nobody sent: %t, %v", noted, err)
	}
}

func TestPeopleAreEndedButNotTheLastCoordination(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := identity.NewService(p.w.DB)
	editor, coordinator := p.w.As(t, "k16051-b"), p.w.As(t, "k16051")
	for _, login := range []string{"k16052", "d-land"} {
		if err := s.EndMembership(ctx, p.w.As(t, login), "16051", editor.Membership); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s ends a person in Erfurt: %v", login, err)
		}
	}
	if err := s.EndMembership(ctx, p.w.As(t, "land"), "16051", editor.Membership); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the Land ends whom the town let in: %v", err)
	}
	token := p.w.Token(t, "k16051-b")
	if err := s.EndMembership(ctx, coordinator, "16051", editor.Membership); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Actor(ctx, token); fault.KindOf(err) != fault.SignedOut {
		t.Errorf("after the end, the session says %v", err)
	}
	for login, want := range map[string]fault.Kind{"k16051": 0, "land": 0, "k16052": fault.NotFound, "d-land": fault.NotFound} {
		if err := s.EndMembership(ctx, p.w.As(t, login), "16051", editor.Membership); fault.KindOf(err) != want || (err == nil) != (want == 0) {
			t.Errorf("%s ends what has ended: %v, want kind %v", login, err, want)
		}
	}
	if n := dbtest.Admin[int](t, p.w, `SELECT count(*)::int FROM portal.audit_event WHERE action = 'member.ended'`); n != 1 {
		t.Errorf("%d entries say that one membership has ended", n)
	}
	if err := s.EndMembership(ctx, p.w.As(t, "land"), "16051", coordinator.Membership); fault.KindOf(err) != fault.Conflict {
		t.Errorf("the last coordination: %v", err)
	}
	_, invited := p.invite(t, "land", "16051", "zwei@erfurt.example", access.BodyCoordinator)
	if err := s.Accept(ctx, invited, invitee("zwei", "zwei@erfurt.example")); err != nil {
		t.Fatal(err)
	}
	second := p.w.As(t, "zwei")
	results := make(chan error, 2)
	for _, m := range []uuid.UUID{coordinator.Membership, second.Membership} {
		go func() { results <- s.EndMembership(ctx, p.w.As(t, "land"), "16051", m) }()
	}
	ended := 0
	for range 2 {
		if err := <-results; err == nil {
			ended++
		} else if fault.KindOf(err) != fault.Conflict {
			t.Error(err)
		}
	}
	if ended != 1 {
		t.Errorf("%d of the two last coordinators were ended at once, want one", ended)
	}
}
