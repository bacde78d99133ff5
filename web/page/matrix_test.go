package page

import (
	"net/url"
	"strings"
	"testing"
)

func TestEveryStageOfTheMatrixHasWords(t *testing.T) {
	t.Parallel()
	if len(MatrixStageKeys) != len(MatrixStages) {
		t.Errorf("%d keys, %d stages", len(MatrixStageKeys), len(MatrixStages))
	}
	for _, key := range MatrixStageKeys {
		if MatrixStages[key] == "" || StageLegend(MatrixStages[key]).Text == "" {
			t.Errorf("%s is no stage, or has no words", key)
		}
	}
}

func TestAStateOfTheMatrixIsSaidInWords(t *testing.T) {
	t.Parallel()
	names := map[string]string{"wohngeld": "Wohngeld", "16051": "Erfurt", "16052": "Gera"}
	for query, want := range map[string]string{
		"":                               "Alle Leistungen und Einheiten · Zeilen nach Themenfeld · Spalten nach Art der Einheit",
		"leistung=wohngeld&stand=testen": "Leistung: Wohngeld · Stand: Testen · Zeilen nach Themenfeld · Spalten nach Art der Einheit",
		"leistung=weg&spalten=welle":     "Leistung: „weg“ (gibt es hier nicht mehr) · Zeilen nach Themenfeld · Spalten nach Welle",
		"art=landkreis&themenfeld=Familie&zeilen=name&spalten=name&dauer=ja": "Themenfeld: Familie · Einheiten: Landkreise · Zeilen von A bis Z · Spalten von A bis Z · Zellen mit Dauer",
		"einheit=16051,16052":       "Nur Erfurt, Gera · Zeilen nach Themenfeld · Spalten nach Art der Einheit",
		"einheit=1,2,3,4,16051,6,7": "Nur „1“ (gibt es hier nicht mehr), „2“ (gibt es hier nicht mehr), „3“ (gibt es hier nicht mehr), „4“ (gibt es hier nicht mehr), Erfurt und 2 weitere · Zeilen nach Themenfeld · Spalten nach Art der Einheit",
	} {
		state, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(MatrixWords(state, names), " · "); got != want {
			t.Errorf("%s:\n%q, want\n%q", query, got, want)
		}
	}
}
