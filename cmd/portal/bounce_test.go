package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
)

// bounce pipes a message into `portal bounce` as a mail server does, and returns how the process ended.
func bounce(t *testing.T, database, message string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	command := exec.CommandContext(t.Context(), os.Args[0], "bounce")
	command.Env = append(os.Environ(), asPortal+"=1", "WORKER_DATABASE_URL="+database)
	command.Stdin, command.Stdout, command.Stderr = strings.NewReader(message), &out, &out
	err := command.Run()
	if failed, ok := errors.AsType[*exec.ExitError](err); ok {
		return failed.ExitCode(), out.String()
	}
	if err != nil {
		t.Fatal(err)
	}
	return 0, out.String()
}

func failure(number uuid.UUID) string {
	return fmt.Sprintf("From: <>\nTo: rueck+%s@land.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n"+
		"Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.land.example\n\nFinal-Recipient: rfc822; neu@gera.example\nAction: failed\nStatus: 5.1.1\n\n--x--\n", number)
}

func TestAReturnedInvitationIsShownToThoseWhoInvited(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	id := uuid.New()
	service := identity.NewService(w.DB)
	if err := service.Invite(t.Context(), w.As(t, "k16052"), "16052", identity.NewInvitation{ID: id, Email: "neu@gera.example", Role: access.BodyEditor}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"als nicht zugestellt vermerkt", "unbekannt oder schon vermerkt"} {
		if code, said := bounce(t, w.WorkerURL, failure(id)); code != 0 || !strings.Contains(said, want) {
			t.Errorf("ended with %d: %s; want 0: %s", code, said, want)
		}
	}
	team, err := service.Team(t.Context(), w.As(t, "k16052"), "16052")
	if err != nil || len(team.Invitations) != 1 || team.Invitations[0].Mail != "refused" {
		t.Errorf("Gera sees %+v, %v", team.Invitations, err)
	}
}

func TestWhatIsNoReportChangesNothingAndEndsClearly(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for name, c := range map[string]struct {
		database, message string
		code              int
	}{
		"garbage":               {w.WorkerURL, "\x00\x01\x02 Unsinn", exitData},
		"an answer":             {w.WorkerURL, "From: a@b.example\nSubject: Danke\n\nGern.\n", exitData},
		"about no mail of ours": {w.WorkerURL, failure(uuid.New()), 0},
		"database away":         {"postgres://portal_worker@127.0.0.1:1/portal", failure(uuid.New()), exitLater},
		"no database set":       {"", failure(uuid.New()), exitLater},
	} {
		if code, said := bounce(t, c.database, c.message); code != c.code || strings.TrimSpace(said) == "" {
			t.Errorf("%s: ended with %d and said %q, want %d", name, code, said, c.code)
		}
	}
}
