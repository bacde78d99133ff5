package ui

import "net/url"

// A Page is everything Layout needs around the content of one page.
type Page struct {
	Title       string // in the browser's tab; the heading when empty
	ErrorPrefix bool   // "Fehler: …" in the title, when the form came back
	Product     string // name of the portal, for example "Roll-in-Portal Thüringen"
	Claim       string // small line below the product name
	Home        string // where the product name leads; "/" when empty
	Banner      string // text of the line above the header; no line when empty
	Official    bool   // flag beside the banner: only on an official website
	Styles      []string
	Scripts     []string // that the page works without
	Favicon     string

	Nav     []NavItem
	User    *User  // nil when nobody is signed in
	SignOut string // where the sign-out form posts to
	Inbox   *Inbox // nil when nobody is signed in
	Search  string // where the box in the header sends its words; no box when empty

	Crumbs  []Link // path to this page; the last one is the page itself
	Heading string // the one h1
	Meta    string // one line below it
	State   StatusProps
	Actions []Action // at most two, secondary
	Flash   string   // what has just succeeded

	Land       string // whose pages a stranger reads; the footer keeps to it
	FooterNote string

	FooterNoteLink Link // after the note
	Narrow         bool // a text column instead of the full width
	Wall           bool // presentation view: no header and footer on a large screen
}

// A Link has a text and leads somewhere. Note is a muted second line, in lists.
type Link struct{ Text, URL, Note string }

// A NavItem is one entry of the main menu or of a view switch.
type NavItem struct {
	Text, URL string
	Current   bool
}

// A User is the signed-in person as the header shows them.
type User struct {
	Name, Role string
	Links      []Link
}

// An Inbox is where what concerns the person stands, with how much of it is new.
type Inbox struct {
	URL    string
	Unread int
}

// label reads the count aloud.
func (i Inbox) label() string {
	if i.Unread == 0 {
		return "Mitteilungen"
	}
	return "Mitteilungen, " + Number(int64(i.Unread)) + " ungelesen"
}

// count fits into the badge.
func (i Inbox) count() string {
	if i.Unread > 99 {
		return "99+"
	}
	return Number(int64(i.Unread))
}

// An Action is a secondary link in the page head. WideOnly hides it on phones.
type Action struct {
	Text, URL, Icon string
	WideOnly        bool
}

// footerLinks stand on every page, the sign-in and error pages included
// (ThürBITVO, § 5 DDG).
var footerLinks = []Link{
	{Text: "Erklärung zur Barrierefreiheit", URL: "/barrierefreiheit"},
	{Text: "Barriere melden", URL: "/barriere-melden"},
	{Text: "Leichte Sprache", URL: "/leichte-sprache"},
	{Text: "Gebärdensprache", URL: "/gebaerdensprache"},
	{Text: "Datenschutz", URL: "/datenschutz"},
	{Text: "Impressum", URL: "/impressum"},
	{Text: "Hilfe und Kontakt", URL: "/hilfe"},
}

// footerURL leads on to the pages of the Land that a stranger has chosen.
func (p Page) footerURL(l Link) string {
	if p.Land == "" {
		return l.URL
	}
	return l.URL + "?land=" + url.QueryEscape(p.Land)
}

func (p Page) title() string {
	title := p.Title
	if title == "" {
		title = p.Heading
	}
	if p.ErrorPrefix {
		title = "Fehler: " + title
	}
	if p.Product != "" {
		title += " – " + p.Product
	}
	return title
}

func (p Page) home() string {
	if p.Home == "" {
		return "/"
	}
	return p.Home
}

// classes joins the class names that are not empty.
func classes(names ...string) string {
	joined := ""
	for _, name := range names {
		if name == "" {
			continue
		}
		if joined != "" {
			joined += " "
		}
		joined += name
	}
	return joined
}

// when answers the name if the condition holds; for classes and attributes.
func when(condition bool, name string) string {
	if condition {
		return name
	}
	return ""
}
