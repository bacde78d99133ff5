package page

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
)

func sent(body string) *http.Request {
	r := httptest.NewRequest("POST", "/x", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func TestAFormIsReadWholeOrRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body string
		want error
	}{
		"as it is":        {"version=1&text=a", nil},
		"nothing":         {"", nil},
		"a strange field": {"version=1&org=2", fault.New(fault.Invalid, "")},
		"half a byte":     {"text=%f", fault.New(fault.Invalid, "")},
		"a zero":          {"text=%00", fault.New(fault.Invalid, "")},
		"a full megabyte": {"text=" + strings.Repeat("a", MaxForm-len("text=")), nil},
		"a byte more":     {"text=" + strings.Repeat("a", MaxForm-len("text=")+1), errTooLarge},
	} {
		_, err := ReadForm(httptest.NewRecorder(), sent(c.body), "version", "text")
		if (err == nil) != (c.want == nil) || err != nil && fault.KindOf(err) != fault.Invalid || errors.Is(err, errTooLarge) != (c.want == errTooLarge) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAFormSaysWhichStateItWasMadeOf(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]int64{"version=1&reason=x": 1, "version=7&reason=++y+": 7, "version=0": 0, "version=-1": 0, "version=x": 0, "": 0, "version=1&fremd=": 0} {
		version, reason, err := ReadReason(httptest.NewRecorder(), sent(body))
		if (err == nil) != (want > 0) || err == nil && (version != want || strings.TrimSpace(reason) != reason || reason == "") {
			t.Errorf("%q: %d %q %v", body, version, reason, err)
		}
		button, _, _ := strings.Cut(body, "&reason")
		if version, err := ReadVersion(httptest.NewRecorder(), sent(button)); (err == nil) != (want > 0) || version != want {
			t.Errorf("the button %q: %d %v", button, version, err)
		}
	}
	if id, err := FormID("8a6e0804-2bd0-4672-b79d-d97027f9071a"); err != nil || id == uuid.Nil {
		t.Errorf("%v, %v", id, err)
	}
	if id, err := FormID("x"); fault.KindOf(err) != fault.Invalid || err == nil || id != uuid.Nil {
		t.Errorf("no number is %v, %v", id, err)
	}
}

func TestWhatIsTypedIsKeptWithoutWhatTheFormWorksBy(t *testing.T) {
	t.Parallel()
	f := FormOf(map[string][]string{"version": {"3"}, "text": {"Satz"}, "leer": {""}})
	if typed := f.Typed("version"); len(typed) != 2 || typed["version"] != nil || !slices.Equal(f.Names(), []string{"leer", "text", "version"}) {
		t.Errorf("kept %v of %v", typed, f.Names())
	}
	if !f.Has("text") || f.Has("leer") || f.Has("fehlt") {
		t.Error("a field counts as sent that is empty, or the other way round")
	}
}

func TestErrorsOfAFormStandAtTheirFields(t *testing.T) {
	t.Parallel()
	broken := errors.New("the line broke")
	for name, c := range map[string]struct {
		cause   error
		status  int
		handed  error
		atField string
		above   string
	}{
		"unreadable": {nil, http.StatusUnprocessableEntity, nil, "", ""},
		"a field":    {fault.InField("email", "Adresse fehlt."), http.StatusUnprocessableEntity, nil, "Adresse fehlt.", ""},
		"a sentence": {fault.New(fault.Invalid, "So nicht."), http.StatusUnprocessableEntity, nil, "", "So nicht."},
		"too late":   {fault.New(fault.Conflict, "Jemand war schneller."), http.StatusConflict, nil, "", ""},
		"forbidden":  {fault.New(fault.Forbidden, "Nein."), 0, fault.New(fault.Forbidden, ""), "", ""},
		"ours":       {broken, 0, broken, "", ""},
	} {
		var e Errors
		status, err := e.Status(c.cause)
		if status != c.status || (err == nil) != (c.handed == nil) || e.For("email") != c.atField || e.For("") != c.above {
			t.Errorf("%s: %d, %v, at the field %q, above %q", name, status, err, e.For("email"), e.For(""))
		}
	}
	var e Errors
	e.Add("a", "")
	e.Add("b", "eins")
	e.Add("b", "zwei")
	if all := e.Summary(); len(all) != 2 || all[1].Text != "zwei" || e.For("b") != "eins" {
		t.Errorf("%v", all)
	}
}

func TestTickedBoxesNameStepsAndCells(t *testing.T) {
	t.Parallel()
	one := onboarding.Address{Body: "16051", Service: "wohngeld", Key: "k_cert", Version: 4}
	if got, err := FormOf(map[string][]string{StepsField: {StepValue(one)}}).Steps(); err != nil || !slices.Equal(got, []onboarding.Address{one}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, forged := range []string{"", "16051/wohngeld/k_cert", "16051/wohngeld/k_cert/x", "16051/wohngeld/k_cert/4/5"} {
		if got, err := FormOf(map[string][]string{StepsField: {forged}}).Steps(); fault.KindOf(err) != fault.Invalid || err == nil {
			t.Errorf("%q: %v, %v", forged, got, err)
		}
	}
	cells, err := FormOf(map[string][]string{CellsField: {CellValue("16051", "wohngeld")}, RowsField: {RowValue([]string{"16051", "16052"}, "wohngeld")}}).Cells()
	if want := []onboarding.Address{{Body: "16051", Service: "wohngeld"}, {Body: "16052", Service: "wohngeld"}}; err != nil || !slices.Equal(cells, want) {
		t.Errorf("%v, %v, want %v", cells, err, want)
	}
	if _, err := FormOf(map[string][]string{CellsField: {"16051"}}).Cells(); fault.KindOf(err) != fault.Invalid || err == nil {
		t.Errorf("no cell: %v", err)
	}
	if back := FormOf(map[string][]string{ReturnField: {ToHome}}).Return("/x"); back == "/x" {
		t.Error("the form on the start page leads elsewhere")
	}
	if back := FormOf(map[string][]string{ReturnField: {"//boese.example"}}).Return("/x"); back != "/x" {
		t.Errorf("a forged way back leads to %s", back)
	}
}
