package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/devstack"
	"rollinportal/internal/identity"
	"rollinportal/internal/jobs"
	"rollinportal/internal/notify"
	"rollinportal/internal/workday"
)

// digestTime is the evening of the next working day: whatever happened has its mail by then.
func digestTime(now time.Time) time.Time {
	day := workday.Day(now).AddDate(0, 0, 1)
	for !workday.IsWorkingDay(day) {
		day = day.AddDate(0, 0, 1)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 19, 0, 0, 0, workday.Berlin)
}

// readMails sends every mail that is due, invitations too, and reads them at the other end.
func (m *marker) readMails(t *testing.T) {
	t.Helper()
	box, err := devstack.StartMailbox("127.0.0.1:0")
	must(t, err)
	defer box.Stop()
	base, _ := url.Parse("https://portal.example")
	server := &notify.SMTP{Host: "127.0.0.1", Port: box.Port(), From: "portal@land.example", TLS: notify.Plain}
	who, err := jobs.Actor(t.Context(), m.p.Work, m.p.As(t, "land").Land.ID, uuid.Nil)
	must(t, err)
	post, inviter := notify.NewPost(m.p.Work, server, base), identity.NewInviter(m.p.Work, server, base)
	must(t, post.Collect(t.Context(), who))
	sent := 0
	for _, id := range m.ids(t, `SELECT coalesce(string_agg(mail_id::text, ' '), '') FROM portal.mail WHERE state = 'waiting'`) {
		must(t, post.Send(t.Context(), who, id))
		sent++
	}
	for _, id := range m.ids(t, `SELECT coalesce(string_agg(args ->> 'invitation', ' '), '') FROM river.river_job WHERE kind = 'identity.invite'`) {
		must(t, inviter.Send(t.Context(), who, id))
		sent++
	}
	if box.Arrivals() != sent {
		t.Errorf("%d mails were sent, %d arrived", sent, box.Arrivals())
	}
	for _, mail := range box.Mails() {
		m.readHeader(t, "mail", http.Header(mail.Header), false)
		if controls.MatchString(mail.Subject) {
			t.Errorf("the subject %q", mail.Subject)
		}
		m.sees(throughMail, mail.Body)
	}
}

func (m *marker) ids(t *testing.T, sql string) (found []uuid.UUID) {
	t.Helper()
	for id := range strings.FieldsSeq(dbtest.Admin[string](t, m.p.World, sql)) {
		found = append(found, uuid.MustParse(id))
	}
	return found
}

// readLog: each line is one JSON object, and no line tells what somebody typed.
func (m *marker) readLog(t *testing.T) {
	t.Helper()
	lines := m.p.log.About("")
	if len(lines) < m.pages {
		t.Errorf("%d lines in the log for %d answers", len(lines), m.pages)
	}
	for _, line := range lines {
		if !json.Valid([]byte(line)) || controls.MatchString(strings.TrimSuffix(line, "\n")) || markWord.MatchString(line) {
			t.Errorf("the log says %q", line)
		}
	}
}
