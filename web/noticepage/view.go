package noticepage

import (
	"slices"
	"strconv"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/notify"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

type inboxView struct {
	Heading string
	Until   string // "alle gelesen" is about what stands here, not about what comes meanwhile
	Unread  bool
	Rows    []noticeView
	Pages   ui.PaginationProps
	Empty   ui.EmptyProps
}

type noticeView struct {
	URL, Text, Reason, At, Machine string
	Unread                         bool
}

func newInboxView(in notify.Inbox, q page.Query, who access.Actor) inboxView {
	v := inboxView{
		Heading: ui.Count(in.Total, "Mitteilung", "Mitteilungen"), Unread: in.Unread > 0, Pages: q.Pagination(in.Total, notify.PerPage),
		Empty: ui.EmptyProps{Text: "Noch keine Mitteilungen. Sobald etwas Sie betrifft, steht es hier."},
	}
	var newest time.Time
	for _, n := range in.Items {
		if n.At.After(newest) {
			newest = n.At
		}
		v.Rows = append(v.Rows, noticeView{
			URL: link.Notice(n.ID), Text: n.Text, Reason: notify.Reason(n.Role, orgName(who), n.About),
			At: ui.DateTime(n.At), Machine: ui.MachineTime(n.At), Unread: n.ReadAt == nil,
		})
	}
	v.Until = newest.Format(time.RFC3339Nano)
	return v
}

// orgName is how people of an organisation call it: towns by their name, ministries and providers by their letters.
func orgName(who access.Actor) string {
	if who.Role == access.BodyCoordinator || who.Role == access.BodyEditor {
		return who.Org.Name
	}
	return who.Org.Short
}

func unreadLine(unread, total int) string {
	switch {
	case total == 0:
		return "Was Sie betrifft, steht hier"
	case unread == 0:
		return "Alles gelesen"
	}
	return ui.Number(int64(unread)) + " ungelesen"
}

type settingsView struct {
	Errors   []ui.FieldError
	Hour     ui.Field
	Kinds    ui.Field
	Required []string
	URL      string
}

func newSettingsView(s notify.Settings, wrong page.Errors) settingsView {
	v := settingsView{
		Errors: wrong.Summary(), URL: link.MailSettings,
		Hour: ui.Field{
			Name: "digest_hour", Label: "Uhrzeit der Tagesmail", Value: strconv.Itoa(s.DigestHour), Error: wrong.For("digest_hour"), Width: ui.Small,
			Hint: "An Arbeitstagen, höchstens eine. Nur was andere aufhält, kommt sofort.",
		},
		Kinds: ui.Field{Name: "kinds", Label: "Diese Ereignisse per Mail", Hint: "In den Mitteilungen des Portals steht immer alles."},
	}
	for _, hour := range notify.Hours {
		v.Hour.Options = append(v.Hour.Options, ui.Option{Value: strconv.Itoa(hour), Text: strconv.Itoa(hour) + " Uhr"})
	}
	for _, k := range notify.Kinds {
		if k.Required {
			v.Required = append(v.Required, k.Label)
			continue
		}
		v.Kinds.Options = append(v.Kinds.Options, ui.Option{Value: string(k.Kind), Text: k.Label, Checked: !slices.Contains(s.Muted, k.Kind)})
	}
	return v
}

// readSettings turns the ticked kinds into those that are off.
func readSettings(sent page.Form) notify.Settings {
	wanted := kindsOf(sent.All("kinds"))
	hour, _ := strconv.Atoi(sent.Text("digest_hour")) // what is no number is no hour of the list
	in := notify.Settings{DigestHour: hour}
	for _, k := range notify.Kinds {
		if !k.Required && !slices.Contains(wanted, k.Kind) {
			in.Muted = append(in.Muted, k.Kind)
		}
	}
	return in
}

func kindsOf(sent []string) []notify.Kind {
	found := make([]notify.Kind, len(sent))
	for i, k := range sent {
		found[i] = notify.Kind(k)
	}
	return found
}

type deliveriesView struct {
	Sum   string
	Rows  []deliveryView
	Empty ui.EmptyProps
}

type deliveryView struct {
	Name, Org, Why, Went string
	Status               ui.StatusProps
}

func newDeliveriesView(d notify.Deliveries) deliveriesView {
	v := deliveriesView{
		Sum: ui.Count(d.Sent, "Mail", "Mails") + " versandt, " + ui.Number(int64(d.Waiting)) + " in der Warteschlange, " +
			ui.Number(int64(len(d.Trouble))) + " mit Problem.",
		Empty: ui.EmptyProps{Text: "Keine Mail ist zurückgekommen."},
	}
	for _, m := range d.Trouble {
		row := deliveryView{Name: m.Name, Org: m.Org, Why: why(m), Went: m.Address + " · erstellt " + ui.DateTime(m.MadeAt)}
		if m.TriedAt != nil {
			row.Went += " · zuletzt versucht " + ui.DateTime(*m.TriedAt)
		}
		if m.ReturnedAt != nil {
			row.Went += " · zurückgekommen " + ui.DateTime(*m.ReturnedAt)
		}
		row.Status = ui.StatusProps{Kind: ui.Waiting, Text: "Wird wiederholt"}
		if m.Refused() {
			row.Status = ui.StatusProps{Kind: ui.Blocked, Text: "Nicht zugestellt"}
		}
		v.Rows = append(v.Rows, row)
	}
	return v
}

// why says what is wrong and who mends it.
func why(m notify.Delivery) string {
	switch {
	case m.Unknown():
		return "Die Adresse nimmt keine Mails an. Bitten Sie die Person, sie bei ihrem Anmeldedienst zu berichtigen."
	case m.ReturnedAt != nil:
		return "Der Mailserver der Person hat die Mail zurückgeschickt: „" + m.Error + "“"
	case m.Refused():
		return "Der Mailserver nimmt die Mail nicht: „" + m.Error + "“ Der Betrieb prüft ihn."
	}
	return "Der Mailserver ist gerade nicht bereit. Das Portal versucht es fünf Tage lang weiter (bisher " + ui.Count(m.Attempts, "Versuch", "Versuche") + ")."
}

type subscriptionView struct {
	URL   string
	Kinds ui.Field
	Off   []string // off already
}

func newSubscriptionView(s notify.Subscription, token string) subscriptionView {
	v := subscriptionView{
		URL:   link.Unsubscribe(token),
		Kinds: ui.Field{Name: "kinds", Label: "Diese Mails abbestellen", Hint: "In den Mitteilungen des Portals steht es weiterhin."},
	}
	for _, k := range s.Kinds {
		if slices.Contains(s.Muted, k) {
			v.Off = append(v.Off, k.Label())
			continue
		}
		v.Kinds.Options = append(v.Kinds.Options, ui.Option{Value: string(k), Text: k.Label(), Checked: true})
	}
	return v
}
