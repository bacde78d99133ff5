package notify_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/notify"
	"rollinportal/internal/postgres"
)

// report is what Postfix sends about a mail. Lines end as in a pipe: without CR.
func report(to, status, messageID string) string {
	return fmt.Sprintf(`From: MAILER-DAEMON@mx.land.example (Mail Delivery System)
To: %s
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="4bXk2z.1763803500/mx.land.example"

This is a MIME-encapsulated message.

--4bXk2z.1763803500/mx.land.example
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not be delivered.

--4bXk2z.1763803500/mx.land.example
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.land.example
X-Postfix-Queue-ID: 4bXk2z
Arrival-Date: Fri, 20 Nov 2026 09:00:02 +0100 (CET)

Final-Recipient: rfc822; weg@kreis.example
Original-Recipient: rfc822;weg@kreis.example
%s

--4bXk2z.1763803500/mx.land.example
Content-Description: Undelivered Message Headers
Content-Type: text/rfc822-headers

From: Roll-in-Portal <portal@land.example>
%sSubject: Bitte gleich ansehen

--4bXk2z.1763803500/mx.land.example--
`, to, status, messageID)
}

const (
	failed = `Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.kreis.example
Diagnostic-Code: smtp; 550 5.1.1 <weg@kreis.example>: Recipient address
    rejected: User unknown`
	delayed = "Action: delayed\nStatus: 4.4.1\nDiagnostic-Code: X-Postfix; connect to mx.kreis.example: timed out"
)

func TestAReportNamesItsMailByTheMessageIDOrByItsAddress(t *testing.T) {
	t.Parallel()
	id := uuid.New()
	header := "Message-ID: <" + id.String() + "@portal.example>\n"
	why := "550 5.1.1 <weg@kreis.example>: Recipient address rejected: User unknown"
	for name, c := range map[string]struct {
		message string
		want    notify.Bounce
	}{
		"message id":         {report("portal@land.example", failed, header), notify.Bounce{Mail: id, Failed: true, Why: why}},
		"the whole mail":     {strings.Replace(report("portal@land.example", failed, header), "Bitte gleich ansehen\n", "Bitte gleich ansehen\n\nGuten Tag,\n", 1), notify.Bounce{Mail: id, Failed: true, Why: why}},
		"invitation":         {report("portal@land.example", failed, strings.Replace(header, "@", ".ABC234@", 1)), notify.Bounce{Mail: id, Failed: true, Why: why}},
		"address":            {report("rueck+"+id.String()+"@land.example", failed, ""), notify.Bounce{Mail: id, Failed: true, Why: why}},
		"lines end with CR":  {strings.ReplaceAll(report("portal@land.example", failed, header), "\n", "\r\n"), notify.Bounce{Mail: id, Failed: true, Why: why}},
		"no words":           {report("portal@land.example", "Action: Failed (gave up)\nStatus: 5.4.7", header), notify.Bounce{Mail: id, Failed: true, Why: "5.4.7"}},
		"only late":          {report("portal@land.example", delayed, header), notify.Bounce{Mail: id}},
		"bytes of no letter": {report("portal@land.example", "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; \xff\xfeweg", header), notify.Bounce{Mail: id, Failed: true, Why: "?weg"}},
	} {
		if got, err := notify.ReadBounce(strings.NewReader(c.message)); err != nil || got != c.want {
			t.Errorf("%s: %+v, %v, want %+v", name, got, err, c.want)
		}
	}
}

func TestAReportMayHaveAMegabyte(t *testing.T) {
	t.Parallel()
	id := uuid.New()
	good := report("portal@land.example", failed, "Message-ID: <"+id.String()+"@portal.example>\n")
	for more, fits := range map[int]bool{0: true, 1: false} {
		full := good + strings.Repeat("x", 1<<20-len(good)+more)
		if got, err := notify.ReadBounce(strings.NewReader(full)); (err == nil && got.Mail == id) != fits {
			t.Errorf("a report of %d bytes: %+v, %v", len(full), got, err)
		}
	}
}

func TestWhatIsNoReportIsSaidToBeNone(t *testing.T) {
	t.Parallel()
	id := "Message-ID: <" + uuid.NewString() + "@portal.example>\n"
	good := report("portal@land.example", failed, id)
	for name, message := range map[string]io.Reader{
		"nothing":            strings.NewReader(""),
		"zeros":              strings.NewReader(strings.Repeat("\x00", 5000)),
		"an answer":          strings.NewReader("From: a@b.example\nTo: portal@land.example\nSubject: Re: Frist\n\nDanke!\n"),
		"broken off":         strings.NewReader(good[:strings.Index(good, "Final-Recipient")]),
		"about no mail":      strings.NewReader(report("portal@land.example", failed, "")),
		"about another mail": strings.NewReader(report("portal@land.example", failed, "Message-ID: <4711@elsewhere.example>\n")),
		"read, not returned": strings.NewReader(strings.Replace(good, "delivery-status;", "disposition-notification;", 1)),
		"no boundary":        strings.NewReader(strings.Replace(good, "boundary=", "bounds=", 1)),
		"endless":            io.MultiReader(strings.NewReader(good[:strings.Index(good, "I'm sorry")]), &endless{}),
	} {
		if got, err := notify.ReadBounce(message); !errors.Is(err, notify.ErrNoReport) {
			t.Errorf("%s: %+v, %v, want ErrNoReport", name, got, err)
		}
	}
}

// endless never ends, and says how much of it was read.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return len(p), nil
}

func TestAnEndlessReportIsNotReadToTheEnd(t *testing.T) {
	t.Parallel()
	var flood endless
	if _, err := notify.ReadBounce(&flood); !errors.Is(err, notify.ErrNoReport) || flood.read > 3<<20 {
		t.Errorf("read %d bytes, %v", flood.read, err)
	}
}

func TestAReturnedMailIsShownToTheLandOnce(t *testing.T) {
	t.Parallel()
	now := friday
	w := dbtest.New(t, postgres.WithClock(func() time.Time { return now }))
	box := mailbox(t, "127.0.0.1:0")
	back := make(chan []byte, 1)
	box.ReturnTo(func(report []byte) { back <- report })
	dbtest.Admin[int](t, w, `WITH moved AS (UPDATE auth.person SET email = 'weg@kreis.test' WHERE subject = 'k16051' RETURNING 1) SELECT count(*)::int FROM moved`)
	tell(t, w, "land", nil, notify.Notice{Kind: notify.ObstacleClosed, To: notify.Orgs(w.As(t, "k16051").Org.ID).In(access.BodyCoordinator), Text: "Gelöst.", Path: "/", Urgent: true})
	p, who := post(w, box.Port()), worker(t, w)
	if err := p.Collect(ctx, who); err != nil {
		t.Fatal(err)
	}
	id := uuid.UUID(dbtest.Admin[[16]byte](t, w, `SELECT mail_id FROM portal.mail`))
	if err := p.Send(ctx, who, id); err != nil || mails(t, w, "sent") != 1 {
		t.Fatalf("not sent: %v", err)
	}
	came, err := notify.ReadBounce(bytes.NewReader(<-back))
	if err != nil || came.Mail != id {
		t.Fatalf("the report on the mail as it went out says %+v, %v, want %s", came, err, id)
	}
	now = friday.Add(3 * time.Hour)
	first := now
	for i := range 2 {
		if noted, err := p.Returned(ctx, came); err != nil || noted != (i == 0) {
			t.Errorf("told for time %d: %v, %v", i+1, noted, err)
		}
		now = now.Add(time.Hour)
	}
	found, err := notify.NewService(w.DB).Deliveries(ctx, w.As(t, "land"))
	if err != nil || found.Sent != 0 || len(found.Trouble) != 1 {
		t.Fatalf("the Land sees %+v, %v", found, err)
	}
	d := found.Trouble[0]
	if !d.Refused() || !d.Unknown() || d.ReturnedAt == nil || !d.ReturnedAt.Equal(first) || d.Error != came.Why {
		t.Errorf("the Land sees %+v", d)
	}
	if abroad, err := notify.NewService(w.DB).Deliveries(ctx, w.As(t, "d-land")); err != nil || len(abroad.Trouble) != 0 {
		t.Errorf("another Land sees %+v, %v", abroad, err)
	}
	if noted, err := p.Returned(ctx, notify.Bounce{Mail: uuid.New(), Failed: true, Why: "550"}); err != nil || noted {
		t.Errorf("an invented number: %v, %v", noted, err)
	}
}

// TestReportsGoToAnAddressOfTheirOwn: with SMTP.Bounces the address of the report alone names the mail.
func TestReportsGoToAnAddressOfTheirOwn(t *testing.T) {
	t.Parallel()
	box := mailbox(t, "127.0.0.1:0")
	back := make(chan []byte, 1)
	box.ReturnTo(func(report []byte) { back <- report })
	server := &notify.SMTP{Host: "127.0.0.1", Port: box.Port(), From: "portal@land.example", Bounces: "rueck@land.example", TLS: notify.Plain}
	number := uuid.New()
	if err := server.Send(ctx, notify.Message{Number: number, ID: "x@land.example", Address: "weg@kreis.test", Subject: "Frist", Body: "Heute."}); err != nil {
		t.Fatal(err)
	}
	raw := <-back
	if came, err := notify.ReadBounce(bytes.NewReader(raw)); err != nil || came.Mail != number || !came.Failed {
		t.Errorf("%+v, %v, want %s\n%s", came, err, number, raw)
	}
}
