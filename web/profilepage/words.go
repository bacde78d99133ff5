package profilepage

import "rollinportal/internal/profile"

// words say how the page speaks of each kind of facts.
var words = map[profile.Kind]struct {
	heading string // above its facts
	add     string // the link to a new one
	form    string // the heading of its form
	intro   string // what to know before filling it in
}{
	profile.Contact:       {"Ansprechpersonen", "Ansprechperson eintragen", "Ansprechperson", "Das Land sieht die Ansprechperson. Andere Kommunen sehen sie nur, wenn Sie das freigeben. Sie können die Freigabe jederzeit zurücknehmen; das gilt sofort."},
	profile.Mailbox:       {"Funktionspostfach", "Funktionspostfach eintragen", "Funktionspostfach", "Eine gemeinsame Adresse, die auch bei Urlaub und Krankheit gelesen wird."},
	profile.PostOffice:    {"Virtuelle Poststelle", "Poststelle eintragen", "Virtuelle Poststelle", "Darüber kommen Anträge per OSCI bei Ihnen an."},
	profile.Configuration: {"Konfigurationen", "Konfiguration eintragen", "Konfiguration der Poststelle", "Eine Konfiguration ist ein Empfänger, den Sie in der Poststelle eingerichtet haben."},
	profile.DMS:           {"Dokumentenmanagement", "DMS eintragen", "Dokumentenmanagement (DMS)", "Kreuzen Sie alles an, was bei Ihnen im Einsatz ist."},
	profile.Variant:       {"Anbindungsvariante", "Variante eintragen", "Bevorzugte Anbindungsvariante", "So möchten Sie Anträge am liebsten empfangen. Für eine einzelne Leistung kann es anders kommen."},
	profile.Payment:       {"E-Payment", "E-Payment eintragen", "E-Payment", "Mit dem Tag einer Testzahlung zählt E-Payment als eingerichtet. Zugangsdaten gehören nicht hierher."},
	profile.Backend:       {"Fachverfahren", "Fachverfahren eintragen", "Fachverfahren", "Kommunen mit demselben Fachverfahren können voneinander lernen. Andere sehen das Produkt nur, wenn sie es selbst einsetzen."},
	profile.Certificate:   {"Zertifikate", "Zertifikat eintragen", "Zertifikat", "Nur Angaben zum öffentlichen Zertifikat. Der private Schlüssel bleibt bei Ihnen."},
	profile.DVDV:          {"DVDV-Einträge", "DVDV-Eintrag eintragen", "DVDV-Eintrag", "So finden Anträge über das Deutsche Verwaltungsdiensteverzeichnis zu Ihnen."},
	profile.Destination:   {"Zustellpunkte (FIT-Connect)", "Zustellpunkt eintragen", "Zustellpunkt (FIT-Connect)", "Die DestinationID steht im Self-Service-Portal von FIT-Connect. Schlüssel gehören nicht hierher."},
	profile.Links:         {"Links der Website", "Links eintragen", "Links der Website", "Viele Onlinedienste verlangen diese drei Seiten."},
}

const otherHint = "nur, wenn Sie oben „anderes“ gewählt haben"

// hints say what belongs into a field, and where to find it.
var hints = map[profile.Kind]map[string]string{
	profile.Contact:       {profile.Function: "zum Beispiel OZG-Koordination", profile.Email: "dienstlich, zum Beispiel ozg@stadt.example"},
	profile.Mailbox:       {profile.Email: "zum Beispiel ozg@stadt.example"},
	profile.PostOffice:    {profile.Other: otherHint, profile.Release: "zum Beispiel 4.2 oder Enterprise"},
	profile.DMS:           {profile.Other: otherHint, profile.Release: "zum Beispiel 2024.1"},
	profile.Configuration: {profile.Name: "zum Beispiel Wohngeldbehörde", profile.TestedOn: "Mit diesem Tag zählt der OSCI-Empfang als eingerichtet. TT.MM.JJJJ"},
	profile.Payment:       {profile.Other: otherHint, "tenant": "unter dem Ihre Kasse geführt wird", profile.TestedOn: "TT.MM.JJJJ, frei lassen, solange keine gelaufen ist"},
	profile.Backend:       {profile.Product: "der Name des Produkts, ohne Version", profile.Release: "zum Beispiel 4.2"},
	profile.Certificate: {
		profile.Subject: "steht im Zertifikat, zum Beispiel CN=GRP: Wohngeldbehörde 2026-OSCI", profile.Issuer: "wer das Zertifikat ausgestellt hat",
		profile.Fingerprint: "SHA-256 oder SHA-1", profile.Custodian: "bei welcher Stelle der private Schlüssel liegt, zum Beispiel IT-Abteilung",
	},
	profile.DVDV:        {"category": "zum Beispiel Wohngeldbehörde", "key": "zum Beispiel wgb160530000000", "intermediary": "wer Nachrichten für Sie annimmt"},
	profile.Destination: {"destination": "36 Zeichen mit Bindestrichen"},
	profile.Links:       {"privacy": "beginnt mit https://", "imprint": "beginnt mit https://", "accessibility": "Erklärung zur Barrierefreiheit, beginnt mit https://"},
}
