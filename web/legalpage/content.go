package legalpage

import "rollinportal/internal/legal"

// wordings are what the portal says itself, until a Land has published its own text.
var wordings = map[legal.Page]string{
	legal.Imprint: `## Verantwortlich

Verantwortlich für die Inhalte ist die OZG-Landeskoordination des Landes. Die zuständige Stelle und ihre Anschrift legt das Land fest, das dieses Portal betreibt.

## Software

Das Roll-in-Portal ist freie Software unter der EUPL-1.2. Es enthält KERN UX (EUPL-1.2) und die Schrift Fira Sans (OFL).
`,
	legal.Privacy: `## Welche Daten das Portal speichert

- Ihren Namen, Ihre dienstliche E-Mail-Adresse, Ihre Organisation und Ihre Rolle. Sie kommen vom Anmeldedienst Ihrer Verwaltung.
- Was Sie im Portal eintragen, und wer wann was geändert hat. Das Portal wertet nicht aus, wie viel einzelne Personen arbeiten.

## Wofür und auf welcher Grundlage

Die Daten dienen dazu, EfA-Leistungen im Land einzuführen: Aufgaben zu verteilen, Entscheidungen zu belegen und nachzuweisen, wer was veranlasst hat. Das ist eine Aufgabe im öffentlichen Interesse (Art. 6 Abs. 1 Buchst. e DSGVO). Endet Ihr Zugang, steht nach der Löschfrist Ihres Landes statt Ihres Namens Ihre Organisation.

## Cookies

Das Portal setzt ein Cookie für Ihre Anmeldung. Es endet nach 30 Minuten ohne Aktivität, spätestens nach 10 Stunden. Es gibt keine Auswertung Ihres Besuchs und keine Inhalte von Dritten.

## Ihre Rechte

Sie haben das Recht auf Auskunft, Berichtigung, Löschung und Einschränkung (Art. 15 bis 18 DSGVO) und können der Verarbeitung widersprechen (Art. 21 DSGVO). Ihre Auskunft laden Sie angemeldet unter „Ihr Zugang“ herunter. Für alles andere wenden Sie sich an die OZG-Landeskoordination.

Sie können sich bei der Datenschutzaufsicht Ihres Landes beschweren (Art. 77 DSGVO).
`,
	legal.Accessibility: `## Stand der Barrierefreiheit

Dieses Portal soll die Anforderungen der BITV 2.0 und der EN 301 549 erfüllen, auch für Beschäftigte (ThürBarrWebG § 1).

Jede Seite wird bei jeder Änderung automatisch mit axe geprüft. Eine Prüfung durch Menschen mit Behinderungen steht noch aus. Deshalb gilt das Portal als teilweise vereinbar.

## Bekannte Lücken

Texte in Leichter Sprache erklären nur den Zweck des Portals. Videos in Gebärdensprache gibt es noch nicht.

## Barriere melden

Haben Sie eine Barriere gefunden? [Melden Sie sie hier](/barriere-melden).

## Durchsetzung

Sind Sie mit einer Antwort nicht zufrieden, können Sie sich an die Landesdurchsetzungsstelle beim Beauftragten für Menschen mit Behinderungen wenden.
`,
}

const easyLanguage = `## Was ist das Roll-in-Portal?

Viele Anträge kann man im Internet stellen. Zum Beispiel: Wohngeld.

Ein Bundes-Land baut den Antrag. Die anderen Länder benutzen ihn mit.

Dafür müssen die Land-Kreise und Städte viel vorbereiten.

In diesem Portal steht: Was ist schon fertig? Was fehlt noch? Wer hilft?
`

const signLanguage = `## Informationen in Gebärdensprache

Es gibt noch kein Video in Deutscher Gebärdensprache. Schreiben Sie uns, wenn Sie ein Gespräch mit Gebärdensprach-Dolmetschung brauchen.
`

const help = `## Anmelden

Sie melden sich mit dem Konto Ihrer Verwaltung an. Geht das nicht, hilft der Anmeldedienst Ihrer Verwaltung. Fehlt Ihnen eine Rolle, wenden Sie sich an die Koordination Ihrer Organisation.

## Fragen zum Roll-in

Fragen zu einer Leistung, einer Aufgabe oder einem Termin beantwortet die OZG-Landeskoordination.
`
