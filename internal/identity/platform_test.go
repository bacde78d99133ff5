package identity_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
)

// inviteTo invites somebody to coordinate a Land and returns the token of the mail.
func (p post) inviteTo(t *testing.T, land, email string, send func(id uuid.UUID)) string {
	t.Helper()
	id := uuid.New()
	for range 2 { // a double click
		if err := identity.NewService(p.w.DB).InviteCoordination(ctx, p.w.As(t, "betreiber"), land, identity.NewInvitation{ID: id, Email: email}); err != nil {
			t.Fatal(err)
		}
	}
	send(id)
	last := p.mailbox.Mails()[0]
	found := inMail.FindStringSubmatch(last.Body)
	if found == nil || !strings.Contains(last.To, email) {
		t.Fatalf("the mail to %s carries no link:\n%s", last.To, last.Body)
	}
	return found[1]
}

func TestTheOperatorInvitesACoordinationAndTheOthersHearOfIt(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := identity.NewService(p.w.DB)
	token := p.inviteTo(t, "thueringen", "neu@land.example", func(id uuid.UUID) { p.send(t, id) })
	if n := dbtest.Admin[int](t, p.w, `SELECT count(*)::int FROM portal.notice WHERE kind = 'member.coordination' AND urgent`); n != dbtest.Admin[int](t, p.w, `
		SELECT count(*)::int FROM auth.membership m JOIN portal.land l USING (land_id) JOIN auth.person p USING (person_id) WHERE l.key = 'thueringen' AND m.role = 'LK'`) || n == 0 {
		t.Errorf("%d coordinators heard of it, want all of this Land and nobody else", n)
	}
	if n := dbtest.Admin[int](t, p.w, `SELECT count(*)::int FROM portal.audit_event WHERE action IN ('member.platform-invited', 'platform.invited')`); n != 2 {
		t.Errorf("%d entries, want one in the trail of the Land and one of the platform", n)
	}
	if team, err := s.Team(ctx, p.w.As(t, "land"), "TMDI-OZG"); err != nil || len(team.Invitations) != 1 {
		t.Errorf("the Land sees %d invitations, %v; want the one", len(team.Invitations), err)
	}
	if err := s.Accept(ctx, token, invitee("dieb", "dieb@land.example")); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("another address: %v", err)
	}
	if err := s.Accept(ctx, token, invitee("neu", "neu@land.example")); err != nil {
		t.Fatal(err)
	}
	if who := p.w.As(t, "neu"); who.Role != access.StateCoordinator || who.Land.Key != "thueringen" {
		t.Errorf("the invited person acts as %+v", who)
	}
}

// TestTheFirstCoordinationOfALandComesByInvitation: nobody has a role in the Land yet, so nobody can invite but the operator.
func TestTheFirstCoordinationOfALandComesByInvitation(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	land := identity.Land{Key: "neuland", Name: "Neuland", Product: "Portal", Banner: "x", ContactEmail: "ozg@neuland.example", Coordination: identity.Org{Kind: "state_coordination", Key: "N-OZG", Name: "Koordination", Short: "N"}}
	for range 2 {
		if err := identity.NewOperator(p.w.AdminURL).AddLand(ctx, land); err != nil {
			t.Fatal(err)
		}
	}
	token := p.inviteTo(t, "neuland", "erste@neuland.example", func(id uuid.UUID) {
		who := p.w.As(t, "land")
		who.Automatic, who.Token = true, nil
		who.Land.ID, who.Org.ID = identity.ID("neuland"), identity.ID("neuland", "N-OZG")
		who.Membership, who.Person = automatic, automatic
		if err := p.inviter.Send(ctx, who, id); err != nil {
			t.Fatal(err)
		}
	})
	if o, err := identity.NewService(p.w.DB).Offer(ctx, token); err != nil || o.Org != "Koordination" {
		t.Errorf("the page of the invitation: %+v, %v", o, err)
	}
	if err := identity.NewService(p.w.DB).Accept(ctx, token, invitee("erste", "erste@neuland.example")); err != nil {
		t.Fatal(err)
	}
	if who := p.w.As(t, "erste"); who.Role != access.StateCoordinator || who.Land.Key != "neuland" {
		t.Errorf("the first person acts as %+v", who)
	}
}

var automatic = uuid.MustParse("00000000-0000-4000-8000-000000000001")

func TestOnlyTheOperatorInvitesCoordinations(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s := identity.NewService(p.w.DB)
	for _, login := range []string{"land", "redaktion", "k16051", "tmdi-leitung", "tlrz", "gremium"} {
		if err := s.InviteCoordination(ctx, p.w.As(t, login), "thueringen", identity.NewInvitation{ID: uuid.New(), Email: "x@y.example"}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", login, err)
		}
	}
	operator := p.w.As(t, "betreiber")
	own := dbtest.Admin[string](t, p.w, `UPDATE auth.person SET email = 'pa@betrieb.example' WHERE person_id = $1 RETURNING email`, operator.Person)
	known := dbtest.Admin[string](t, p.w, `UPDATE auth.person SET email = 'lk@land.example' WHERE person_id = $1 RETURNING email`, p.w.As(t, "land").Person)
	for what, c := range map[string]struct {
		land, email string
		want        fault.Kind
	}{
		"oneself": {"thueringen", strings.ToUpper(own), fault.Invalid}, "who has the role": {"thueringen", known, fault.Invalid},
		"no address": {"thueringen", "x", fault.Invalid}, "no such Land": {"nirgendwo", "x@y.example", fault.NotFound}, "the platform": {"plattform", "x@y.example", fault.NotFound},
	} {
		if err := s.InviteCoordination(ctx, operator, c.land, identity.NewInvitation{ID: uuid.New(), Email: c.email}); fault.KindOf(err) != c.want {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
	// whoever has left the platform invites nobody any more
	token := p.inviteTo(t, "thueringen", "neu@land.example", func(id uuid.UUID) { p.send(t, id) })
	dbtest.Admin[int](t, p.w, `WITH e AS (UPDATE auth.membership SET status = 'ended' WHERE person_id = $1 RETURNING 1) SELECT count(*)::int FROM e`, operator.Person)
	if err := s.Accept(ctx, token, invitee("neu", "neu@land.example")); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an invitation of somebody who left: %v", err)
	}
}

// TestTheImporterIsNoCoordination: the technical person under whose name data come in has the role, and is nobody.
func TestTheImporterIsNoCoordination(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s, operator := identity.NewService(p.w.DB), p.w.As(t, "betreiber")
	who, err := identity.NewOperator(p.w.AdminURL).Importer(ctx, p.w.DB, "thueringen", "TMDI-OZG")
	if err != nil || who.Name != "Datenimport" || who.Land.Key != "thueringen" {
		t.Fatalf("the importer is %+v, %v", who, err)
	}
	if _, err := identity.NewOperator(p.w.AdminURL).Importer(ctx, p.w.DB, "thueringen", "gibt-es-nicht"); err == nil {
		t.Error("files come in for an organisation that does not exist")
	}
	found, err := s.Coordination(ctx, operator, "thueringen")
	if err != nil || len(found.Members) == 0 {
		t.Fatalf("%+v, %v", found, err)
	}
	for i, m := range found.Members {
		want := fault.Kind(0)
		if i == len(found.Members)-1 {
			want = fault.Conflict
		}
		if err := s.EndCoordination(ctx, operator, "thueringen", m.ID); err != nil && fault.KindOf(err) != want || err == nil && want != 0 {
			t.Errorf("ending %d of %d: %v", i+1, len(found.Members), err)
		}
	}
	if err := s.EndCoordination(ctx, operator, "demoland", found.Members[0].ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("under the name of another Land: %v", err)
	}
}

// TestTheOperatorGivesRolesOnlyWhereTheyExist: whom the operator adds has the role at once, and nothing is half done.
func TestTheOperatorGivesRolesOnlyWhereTheyExist(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	good := identity.Member{OrgKey: "16051", Issuer: dbtest.Issuer, Subject: "zwei", Name: "Zwei", Role: string(access.BodyEditor)}
	nowhere, strange := good, good
	nowhere.OrgKey, strange.Role = "gibt-es-nicht", string(access.MinistryDecider)
	for what, wrong := range map[string]identity.Member{"no such organisation": nowhere, "no such role there": strange} {
		for _, add := range []func(context.Context, string, []identity.Member) error{identity.NewOperator(w.AdminURL).AddMembers, identity.NewOperator(w.AdminURL).KeepMembers} {
			if err := add(ctx, "thueringen", []identity.Member{good, wrong}); err == nil {
				t.Errorf("%s is no error", what)
			}
		}
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.person WHERE subject = 'zwei'`); n != 0 {
		t.Error("a list with a mistake in it has added somebody")
	}
	if err := identity.NewOperator(w.AdminURL).AddMembers(ctx, "thueringen", []identity.Member{good}); err != nil {
		t.Fatal(err)
	}
	if who := w.As(t, "zwei"); who.Role != access.BodyEditor || who.Org.Key != "16051" {
		t.Errorf("who was added acts as %+v", who)
	}
}

// TestWhatTheOperatorTakesAwayTwiceIsTakenOnce: two of the platform's administration click, or one clicks twice.
func TestWhatTheOperatorTakesAwayTwiceIsTakenOnce(t *testing.T) {
	t.Parallel()
	p := newPost(t)
	s, operator := identity.NewService(p.w.DB), p.w.As(t, "betreiber")
	id := uuid.New()
	if err := s.InviteCoordination(ctx, operator, "thueringen", identity.NewInvitation{ID: id, Email: "neu@land.example"}); err != nil {
		t.Fatal(err)
	}
	found, err := s.Coordination(ctx, operator, "thueringen")
	if err != nil || len(found.Members) < 2 || len(found.Invitations) != 1 {
		t.Fatalf("%+v, %v", found, err)
	}
	other := slices.IndexFunc(found.Members, func(m identity.OrgMember) bool { return m.Person != p.w.As(t, "land").Person }) // who sends the mails stays
	member := found.Members[other].ID
	for click := range 2 {
		if err := s.UninviteCoordination(ctx, operator, "thueringen", id); err != nil {
			t.Errorf("click %d on the invitation: %v", click+1, err)
		}
		if err := s.EndCoordination(ctx, operator, "thueringen", member); err != nil {
			t.Errorf("click %d on the role: %v", click+1, err)
		}
	}
	if n := dbtest.Admin[int](t, p.w, `SELECT count(*)::int FROM portal.audit_event WHERE action IN ('platform.uninvited', 'member.platform-uninvited', 'platform.ended', 'member.platform-ended')`); n != 4 {
		t.Errorf("%d entries, want one for each deed in the trail of the Land and in that of the platform", n)
	}
	for _, gone := range []uuid.UUID{id, member} {
		if err := s.UninviteCoordination(ctx, operator, "demoland", gone); fault.KindOf(err) != fault.NotFound {
			t.Errorf("under the name of another Land: %v", err)
		}
	}
	token := p.inviteTo(t, "thueringen", "taken@land.example", func(id uuid.UUID) { p.send(t, id) })
	taken := dbtest.Admin[uuid.UUID](t, p.w, `SELECT invitation_id FROM portal.invitation WHERE email = 'taken@land.example'`)
	if err := s.Accept(ctx, token, invitee("taken", "taken@land.example")); err != nil {
		t.Fatal(err)
	}
	if err := s.UninviteCoordination(ctx, operator, "thueringen", taken); fault.KindOf(err) != fault.Conflict {
		t.Errorf("after it was taken: %v, want a conflict", err)
	}
}
