package economics_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"rollinportal/internal/economics"
)

// TestComputeAgreesWithTheSpreadsheet compares with testdata/cases.csv, which another program computed.
func TestComputeAgreesWithTheSpreadsheet(t *testing.T) {
	t.Parallel()
	rows := readCases(t)
	if len(rows) != 10 {
		t.Fatalf("%d cases, want 10", len(rows))
	}
	for _, row := range rows {
		a, r := row.assessment(t), economics.Result{}
		r = a.Compute()
		for which, column := range map[economics.Alternative]string{economics.Reuse: "pv_reuse", economics.Own: "pv_own", economics.AsIs: "pv_as_is"} {
			if f, ok := of(r, which); ok && f.PresentValue != row.number(t, column) {
				t.Errorf("%s: %s is %d, want %s", row["name"], column, f.PresentValue, row[column])
			}
		}
		reuse, _ := of(r, economics.Reuse)
		if reuse.CapitalValue != row.number(t, "capital_value") || int64(reuse.BreakEven) != row.number(t, "break_even") {
			t.Errorf("%s: capital value %d, break-even %d; want %s and %s", row["name"], reuse.CapitalValue, reuse.BreakEven, row["capital_value"], row["break_even"])
		}
		for i, column := range []string{"capital_value", "cases_less", "cases_more", "price_less", "price_more"} {
			if got := r.Sensitivity[i].CapitalValue; got != row.number(t, column) {
				t.Errorf("%s: %s is %d, want %s", row["name"], column, got, row[column])
			}
		}
	}
}

func of(r economics.Result, which economics.Alternative) (economics.Figures, bool) {
	for _, f := range r.Figures {
		if f.Alternative == which {
			return f, true
		}
	}
	return economics.Figures{}, false
}

// record is a row of the spreadsheet by its column names.
type record map[string]string

func readCases(t *testing.T) []record {
	t.Helper()
	file, err := os.Open("testdata/cases.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	in := csv.NewReader(file)
	in.Comma = ';'
	lines, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var found []record
	for _, line := range lines[1:] {
		r := record{}
		for i, name := range lines[0] {
			r[name] = line[i]
		}
		found = append(found, r)
	}
	return found
}

func (r record) number(t *testing.T, column string) int64 {
	t.Helper()
	n, err := strconv.ParseInt(r[column], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// hundredths reads "57.43" as 5743.
func hundredths(t *testing.T, text string) int64 {
	t.Helper()
	whole, part, _ := strings.Cut(text, ".")
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func (r record) assessment(t *testing.T) economics.Assessment {
	t.Helper()
	a := economics.Assessment{Frame: economics.Frame{
		FirstYear: 2027, Years: int(r.number(t, "years")), RateBP: hundredths(t, r["rate"]), Cases: r.number(t, "cases"), HourCents: hundredths(t, r["hour"]),
	}}
	for _, which := range economics.Alternatives {
		o := economics.Option{Alternative: which, Minutes: r.number(t, "minutes_"+string(which))}
		for _, text := range strings.FieldsFunc(r["amounts"], func(c rune) bool { return c == '|' }) {
			part := strings.Split(text, ":")
			if economics.Alternative(part[0]) == which {
				o.Items = append(o.Items, economics.Item{Kind: economics.Kind(part[1]), Payer: economics.Payer(part[2]), Cents: hundredths(t, part[3])})
			}
		}
		a.Options = append(a.Options, o)
	}
	return a
}
