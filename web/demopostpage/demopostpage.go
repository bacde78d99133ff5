// Package demopostpage shows the mails of a demonstration. It exists only there: mails go to a mailbox in memory.
package demopostpage

import (
	"net/http"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/devstack"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Pages are the mails of the demo.
type Pages struct {
	Shell   page.Shell
	Mailbox *devstack.Mailbox
}

// shown is how many mails the page shows.
const shown = 50

type mailView struct{ ID, To, Subject, At, Machine, Body string }

type postView struct {
	Note, Search string
	Mails        []mailView
}

// List shows the newest mails, or those to one recipient.
func (p Pages) List(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	head := ui.Page{Heading: "Post der Demo", Meta: "Diese Mails verlassen den Rechner nicht. Alle Adressen sind erfunden."}
	return p.Shell.Render(w, r, who, http.StatusOK, head, list(newPostView(p.Mailbox.Mails(), strings.TrimSpace(r.URL.Query().Get("an")))))
}

func newPostView(mails []devstack.Mail, to string) postView {
	v := postView{Search: strings.ToValidUTF8(to, "")}
	total := 0
	for _, m := range mails {
		if !strings.Contains(strings.ToLower(m.To), strings.ToLower(to)) {
			continue
		}
		if total++; total > shown {
			continue
		}
		v.Mails = append(v.Mails, mailView{
			ID: m.Header.Get("Message-Id"), To: m.To, Subject: m.Subject, At: ui.DateTime(m.At), Machine: ui.MachineTime(m.At), Body: m.Body,
		})
	}
	v.Note = ui.Count(total, "Mail", "Mails")
	if total > shown {
		v.Note += ", die neuesten 50"
	}
	return v
}
