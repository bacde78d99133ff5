package legalpage

// content is a page of plain text: headings with their paragraphs.
type content struct {
	Sections []section
	Mail     string // where to write; "" while it is not known for whom the page is shown
}

type section struct {
	Heading    string
	Paragraphs []string
}

const ask = "Die zuständige Stelle und ihre Anschrift legt das Land fest, das dieses Portal betreibt."

func imprint(mail string) content {
	return content{Mail: mail, Sections: []section{
		{"Verantwortlich", []string{"Verantwortlich für die Inhalte ist die OZG-Landeskoordination des Landes, in dem Sie angemeldet sind. " + ask}},
		{"Software", []string{"Das Roll-in-Portal ist freie Software unter der EUPL-1.2. Es enthält KERN UX (EUPL-1.2) und die Schrift Fira Sans (OFL)."}},
	}}
}

func privacy(mail string) content {
	return content{Mail: mail, Sections: []section{
		{"Welche Daten das Portal speichert", []string{
			"Ihren Namen, Ihre dienstliche E-Mail-Adresse, Ihre Organisation und Ihre Rolle. Sie kommen vom Anmeldedienst Ihrer Verwaltung.",
			"Was Sie im Portal eintragen, und wer wann was geändert hat. Das Portal wertet nicht aus, wie viel einzelne Personen arbeiten.",
		}},
		{"Cookies", []string{"Das Portal setzt ein Cookie für Ihre Anmeldung. Es endet nach 30 Minuten ohne Aktivität, spätestens nach 10 Stunden. Es gibt keine Auswertung Ihres Besuchs und keine Inhalte von Dritten."}},
		{"Ihre Rechte", []string{"Sie haben das Recht auf Auskunft, Berichtigung und Löschung (Art. 15 bis 17 DSGVO). Wenden Sie sich an die OZG-Landeskoordination."}},
	}}
}

func accessibility(mail string) content {
	return content{Mail: mail, Sections: []section{
		{"Stand der Barrierefreiheit", []string{
			"Dieses Portal soll die Anforderungen der BITV 2.0 und der EN 301 549 erfüllen, auch für Beschäftigte (ThürBarrWebG § 1).",
			"Jede Seite wird bei jeder Änderung automatisch mit axe geprüft. Eine Prüfung durch Menschen mit Behinderungen steht noch aus. Deshalb gilt das Portal als teilweise vereinbar.",
		}},
		{"Bekannte Lücken", []string{"Texte in Leichter Sprache erklären nur den Zweck des Portals. Videos in Gebärdensprache gibt es noch nicht."}},
		{"Durchsetzung", []string{"Sind Sie mit einer Antwort nicht zufrieden, können Sie sich an die Landesdurchsetzungsstelle beim Beauftragten für Menschen mit Behinderungen wenden."}},
	}}
}

func reportBarrier(mail string) content {
	return content{Mail: mail, Sections: []section{
		{"So melden Sie eine Barriere", []string{"Schreiben Sie, auf welcher Seite Sie waren, was Sie tun wollten und was nicht ging. Sie erhalten eine Antwort innerhalb von vier Wochen."}},
	}}
}

func easyLanguage(mail string) content {
	return content{Mail: mail, Sections: []section{
		{"Was ist das Roll-in-Portal?", []string{
			"Viele Anträge kann man im Internet stellen. Zum Beispiel: Wohngeld.",
			"Ein Bundes-Land baut den Antrag. Die anderen Länder benutzen ihn mit.",
			"Dafür müssen die Land-Kreise und Städte viel vorbereiten.",
			"In diesem Portal steht: Was ist schon fertig? Was fehlt noch? Wer hilft?",
		}},
	}}
}

func signLanguage(mail string) content {
	return content{Mail: mail, Sections: []section{
		{"Informationen in Gebärdensprache", []string{"Es gibt noch kein Video in Deutscher Gebärdensprache. Schreiben Sie uns, wenn Sie ein Gespräch mit Gebärdensprach-Dolmetschung brauchen."}},
	}}
}

func help(mail string) content {
	return content{Mail: mail, Sections: []section{
		{"Anmelden", []string{"Sie melden sich mit dem Konto Ihrer Verwaltung an. Geht das nicht, hilft der Anmeldedienst Ihrer Verwaltung. Fehlt Ihnen eine Rolle, wenden Sie sich an die Koordination Ihrer Organisation."}},
		{"Fragen zum Roll-in", []string{"Fragen zu einer Leistung, einer Aufgabe oder einem Termin beantwortet die OZG-Landeskoordination."}},
	}}
}
