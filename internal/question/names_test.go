package question_test

import (
	"slices"
	"testing"

	"rollinportal/internal/question"
)

var known = question.Names{
	People: []string{"Anna Ahlendorf", "Ben Kranz", "Clara Grünwald-Huth"},
	Bodies: []string{"Sonneberg", "Stadt Gera", "Ilm-Kreis", "Weimarer Land", "Weimar"},
}

func TestStripTakesNamesOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"Wer hilft?", "Wer hilft?"},
		{"Fragt Anna Ahlendorf.", "Fragt [Person]."},
		{"Ahlendorfs Notiz, von clara grünwald-huth", "[Person] Notiz, von [Person]"},
		{"Frau Unbekannt sagt, Herrn Meier-Lüd auch", "[Person] sagt, [Person] auch"},
		{"Im Landkreis Sonneberg und im LRA Sonneberg", "Im [Einheit] und im [Einheit]"},
		{"Die Sonneberger Kasse, Geras Bürgeramt, STADT GERA", "Die [Einheit] Kasse, [Einheit] Bürgeramt, [Einheit]"},
		{"Weimar oder Weimarer Land", "[Einheit] oder [Einheit]"},
		{"im Ilm-Kreis, nicht am Kreisel", "im [Einheit], nicht am Kreisel"},
		{"Generationen, geradeaus, Bekranzung", "Generationen, geradeaus, Bekranzung"},
		{"an ozg@sonneberg.example oder 03675 / 871-234", "an [E-Mail-Adresse] oder [Telefonnummer]"},
		{"am 01.02.2027 nach § 3 OZG, Ticket 4711", "am 01.02.2027 nach § 3 OZG, Ticket 4711"},
	} {
		got, taken := known.Strip(c.text)
		if got != c.want {
			t.Errorf("Strip(%q) = %q, want %q", c.text, got, c.want)
		}
		if (len(taken) == 0) != (c.text == c.want) {
			t.Errorf("Strip(%q) took %q", c.text, taken)
		}
		if left := known.Named(got); len(left) > 0 {
			t.Errorf("Named(%q) = %q after stripping", got, left)
		}
	}
}

func TestNamedFindsWhatAnEditorPutBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want []string
	}{
		{"Anna Ahlendorf weiß es", []string{"Anna Ahlendorf"}},
		{"Frau Kranz weiß es", []string{"Frau Kranz"}},
		{"Ein Kranz schmückt das Rathaus", nil},
		{"Gera macht es so", []string{"Gera"}},
		{"ozg@gera.example", []string{"ozg@gera.example"}},
	} {
		if got := known.Named(c.text); !slices.Equal(got, c.want) {
			t.Errorf("Named(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
