package profile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/mailaddress"
)

// maxText is how many letters a detail may have, unless its field says otherwise.
const maxText = 200

const errKey = "Hier steht ein privater Schlüssel oder ein Passwort. Das gehört nicht in das Portal und ist nicht gespeichert. Entfernen Sie es auch dort, woher Sie es kopiert haben, falls andere es lesen können."

// wrong names every detail that does not hold.
func (in Input) wrong(spec Spec, today time.Time) fault.Wrong {
	var wrong fault.Wrong
	wrong.If(spec.NeedsService() && in.Service == "", "service", "Wählen Sie die Leistung.")
	for _, f := range spec.Fields {
		wrong.Add(f.Name, f.wrong(in.Details[f.Name]))
	}
	if len(wrong) > 0 {
		return wrong
	}
	switch in.Kind {
	case Links:
		wrong.If(len(in.Details) == 0, "privacy", "Geben Sie mindestens einen Link ein.")
	case Certificate:
		wrong.Add(ValidTo, wrongPeriod(in.day(ValidFrom), in.day(ValidTo), today))
	case PostOffice, DMS:
		wrong.Add(in.wrongProduct())
	case Payment, Configuration:
		wrong.Add(in.wrongProduct())
		tested := in.day(TestedOn)
		wrong.If(tested != nil && tested.After(today), TestedOn, "Dieser Tag liegt in der Zukunft. Tragen Sie ihn ein, wenn der Test gelaufen ist.")
	}
	return wrong
}

// wrongProduct says what is wrong with the product as a whole: which field, and the sentence.
func (in Input) wrongProduct() (field, text string) {
	products := strings.Split(in.Details[Product], "\n")
	other := slices.Contains(products, OtherProduct)
	switch {
	case len(products) > 1 && slices.Contains(products, noDMS):
		return Product, "Wählen Sie entweder „kein DMS“ oder Produkte."
	case other && ProductKey(in.Details[Other]) == "":
		return Other, "Nennen Sie das andere Produkt."
	case !other && in.Details[Other] != "":
		return Other, "Wählen Sie dazu oben „anderes“, oder lassen Sie das Feld frei."
	}
	return "", ""
}

func wrongPeriod(from, to *time.Time, today time.Time) string {
	switch {
	case from == nil || to == nil:
		return "Geben Sie ein Datum ein, zum Beispiel 30.04.2027."
	case !to.After(*from):
		return "Das Ende liegt vor dem Anfang. Prüfen Sie beide Tage."
	case !to.After(today):
		return "Dieses Zertifikat ist abgelaufen. Tragen Sie das neue ein."
	}
	return ""
}

// wrong says what is wrong with a value; "" if nothing is.
func (f Field) wrong(value string) string {
	most := f.Most
	if most == 0 {
		most = maxText
	}
	switch {
	case f.Many && value != "":
		for _, one := range strings.Split(value, "\n") {
			if !slices.Contains(f.Options, one) {
				return "Wählen Sie aus der Liste."
			}
		}
		return ""
	case CarriesKey(value):
		return errKey
	case value == "" && f.Needed && (f.Many || len(f.Options) > 0):
		return "Wählen Sie bei „" + f.Word + "“ etwas aus."
	case value == "" && f.Needed:
		return "Füllen Sie „" + f.Word + "“ aus."
	case value == "":
		return ""
	case utf8.RuneCountInString(value) > most:
		return "Kürzen Sie den Text auf höchstens " + strconv.Itoa(most) + " Zeichen."
	case len(f.Options) > 0 && !slices.Contains(f.Options, value):
		return "Wählen Sie aus der Liste."
	case f.Day && parseDay(value) == nil:
		return "Geben Sie ein Datum ein, zum Beispiel 30.04.2027."
	case f.check != nil:
		return f.check(value)
	}
	return ""
}

func checkEmail(value string) string {
	if !mailaddress.Valid(value) {
		return "Geben Sie eine E-Mail-Adresse ein, zum Beispiel ozg@stadt.example."
	}
	return ""
}

var phone = regexp.MustCompile(`^\+?[0-9][0-9 /()-]{4,30}$`)

func checkPhone(value string) string {
	if !phone.MatchString(value) {
		return "Geben Sie eine Telefonnummer ein, zum Beispiel 03641 49-0."
	}
	return ""
}

func checkProduct(value string) string {
	if ProductKey(value) == "" {
		return "Geben Sie den Namen des Produkts ein."
	}
	return ""
}

// hexadecimal digits of SHA-1 or SHA-256, after spaces and colons are gone.
var digest = regexp.MustCompile(`^(?:[0-9A-F]{40}|[0-9A-F]{64})$`)

func bareFingerprint(value string) string {
	return strings.ToUpper(strings.NewReplacer(":", "", " ", "", "-", "").Replace(value))
}

func checkFingerprint(value string) string {
	if !digest.MatchString(bareFingerprint(value)) {
		return "Geben Sie den Fingerabdruck ein: 64 Zeichen aus 0–9 und A–F (SHA-256), oder 40 (SHA-1)."
	}
	return ""
}

// orgKey: keys seen are wgb010540880000 and bab:05111000 (domain.md 2.1); more is not known, so more is allowed.
var orgKey = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9:._-]{3,79}$`)

func checkOrgKey(value string) string {
	if !orgKey.MatchString(value) {
		return "Geben Sie den Schlüssel ohne Leerzeichen ein, zum Beispiel wgb160530000000."
	}
	return ""
}

func checkDestination(value string) string {
	if _, err := uuid.Parse(value); err != nil || len(value) != 36 {
		return "Geben Sie die DestinationID ein, zum Beispiel 6f1c1e5e-0a4b-4b5e-9c53-0d6a5f2f9c11."
	}
	return ""
}

func parseDay(value string) *time.Time {
	d, err := time.Parse(time.DateOnly, value)
	if err != nil || d.Year() < 1990 || d.Year() > 2199 {
		return nil
	}
	return &d
}
