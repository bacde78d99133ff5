package notify_test

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/notify"
)

// talkative is a mail server that takes nothing now and says for whom.
type talkative struct{}

func (talkative) Reset()                               {}
func (talkative) Logout() error                        { return nil }
func (talkative) Mail(string, *smtp.MailOptions) error { return nil }
func (talkative) Data(io.Reader) error                 { return nil }
func (talkative) Rcpt(to string, _ *smtp.RcptOptions) error {
	return &smtp.SMTPError{Code: 450, EnhancedCode: smtp.EnhancedCode{4, 2, 1}, Message: fmt.Sprintf("mailbox <%s> of %s is busy", strings.ToUpper(to), to)}
}

// TestWorkersLogNobody: a mail server names whom it refuses. The log says that a mail failed, and why, but not whose it
// was (promise P17); the Land reads that on its page.
func TestWorkersLogNobody(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t, onFriday())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return talkative{}, nil }))
	server.Domain = "localhost"
	served := make(chan struct{})
	go func() { defer close(served); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-served })
	tell(t, w, "land", nil, notify.Notice{Kind: notify.ObstacleClosed, To: notify.Orgs(w.As(t, "k16051").Org.ID), Text: "Gelöst.", Path: "/", Urgent: true})

	log := dbtest.NewLog(t, nil)
	stop := crewLogging(t, w, listener.Addr().(*net.TCPAddr).Port, log)
	eventually(t, "both mails were tried", func() bool { return mails(t, w, "failing") == 2 })
	eventually(t, "the log tells of both", func() bool { return strings.Count(log.String(), "is busy") >= 2 })
	stop()
	if said := log.String(); !strings.Contains(said, "mailbox <(Adresse)>") || !strings.Contains(said, "notify.send") {
		t.Errorf("the log does not say what went wrong: %s", said)
	}
	found, err := notify.NewService(w.DB).Deliveries(ctx, w.As(t, "land"))
	if err != nil || len(found.Trouble) != 2 || !strings.Contains(found.Trouble[0].Address, "@") {
		t.Errorf("the Land reads %+v, %v", found.Trouble, err)
	}
}
