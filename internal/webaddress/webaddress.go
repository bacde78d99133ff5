// Package webaddress judges what people type as a link, once for every form.
//
// A link leads to a page: into an E-Akte, which may stand in a network of its own without TLS, or to what everybody may
// read. It never carries a name and a password, because whoever reads the page reads them, too.
package webaddress

import "net/url"

// longest is how many bytes a link may have.
const longest = 500

const notSecure = "Geben Sie einen Link ein, der mit https:// beginnt."

// Wrong says in a sentence what is wrong with a link, "" if nothing is.
func Wrong(link string) string {
	u, err := url.Parse(link)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return notSecure
	case u.User != nil:
		return "Entfernen Sie die Zugangsdaten aus dem Link."
	case len(link) > longest:
		return "Der Link ist zu lang. Geben Sie höchstens 500 Zeichen ein."
	}
	return ""
}

// Valid reports whether nothing is wrong with a link.
func Valid(link string) bool { return Wrong(link) == "" }

// WrongOpenly is Wrong for a link that leads out of the house: nobody on the way may read or change what it shows.
func WrongOpenly(link string) string {
	if why := Wrong(link); why != "" {
		return why
	}
	if u, err := url.Parse(link); err != nil || u.Scheme != "https" {
		return notSecure
	}
	return ""
}
