package link

// sections are the kinds of facts of a profile as addresses call them.
var sections = map[string]string{
	"contact": "ansprechperson", "mailbox": "postfach", "post_office": "poststelle", "configuration": "konfiguration", "dms": "dms",
	"variant": "anbindungsvariante", "payment": "e-payment", "backend": "fachverfahren", "certificate": "zertifikat", "dvdv": "dvdv",
	"destination": "zustellpunkt", "links": "links",
}

// KindOfSection returns the kind of facts that an address names, "" if it names none.
func KindOfSection(section string) string {
	for kind, name := range sections {
		if name == section {
			return kind
		}
	}
	return ""
}

// Section is what addresses call a kind of facts.
func Section(kind string) string { return sections[kind] }

// New stands in an address for what does not exist yet.
const New = "neu"

// Profile is what a body says about itself.
func Profile(body string) string { return Body(body) + "/profil" }

// ProfileSection is the part of a profile that is about a kind of facts.
func ProfileSection(body, kind string) string { return Profile(body) + "#" + sections[kind] }

// ConfirmProfile is where a body says that its profile still holds.
func ConfirmProfile(body string) string { return Profile(body) + "/bestaetigen" }

// Fact is the form for a fact of a profile; id may be New.
func Fact(body, kind, id string) string { return Profile(body) + "/" + sections[kind] + "/" + id }

// RemoveFact is where a fact is taken out of a profile.
func RemoveFact(body, kind, id string) string { return Fact(body, kind, id) + "/entfernen" }

// ReadCertificate is where a form is filled from a certificate.
func ReadCertificate(body, id string) string { return Fact(body, "certificate", id) + "/einlesen" }
