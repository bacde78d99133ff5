package page

import (
	"slices"
	"strconv"
	"strings"

	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
)

// ReturnField is the hidden field of a form that stands on another page than its own. It names a page, never a path.
const ReturnField = "zurueck"

// ToHome is the value of ReturnField on the start page of a town.
const ToHome = "start"

// Return is where a form leads after it was saved: to the page it stood on, or else to path.
func (f Form) Return(path string) string {
	if f.Text(ReturnField) == ToHome {
		return link.Tasks
	}
	return path
}

// StepsField is the field of the steps that were ticked.
const StepsField = "steps"

// StepValue is a step as a ticked box names it.
func StepValue(a onboarding.Address) string {
	return strings.Join([]string{a.Body, a.Service, a.Key, strconv.FormatInt(a.Version, 10)}, "/")
}

// Steps returns the steps that were ticked. Values that name none are forged.
func (f Form) Steps() ([]onboarding.Address, error) {
	var found []onboarding.Address
	for _, value := range f.All(StepsField) {
		parts := strings.Split(value, "/")
		if len(parts) != 4 {
			return nil, errNoStep
		}
		version, err := strconv.ParseInt(parts[3], 10, 64)
		if err != nil {
			return nil, errNoStep
		}
		found = append(found, onboarding.Address{Body: parts[0], Service: parts[1], Key: parts[2], Version: version})
	}
	return found, nil
}

var errNoStep = fault.New(fault.Invalid, "Das Formular kam beschädigt an. Laden Sie die Seite neu.")

// The fields of cells and rows of the matrix that were ticked, and of the view in which.
const (
	CellsField = "zellen"
	RowsField  = "zeilen"
	ViewField  = "ansicht"
)

// CellValue is a cell of the matrix as a ticked box names it.
func CellValue(body, slug string) string { return body + "/" + slug }

// RowValue is all that can be ticked in a row of the matrix.
func RowValue(bodies []string, slug string) string { return strings.Join(bodies, ",") + "/" + slug }

// Cells returns the cells that were ticked, one by one or with their row, each once. Values that name none are forged.
func (f Form) Cells() ([]onboarding.Address, error) {
	var found []onboarding.Address
	for _, value := range append(slices.Clone(f.All(CellsField)), f.All(RowsField)...) {
		bodies, slug, ok := strings.Cut(value, "/")
		if !ok {
			return nil, errNoStep
		}
		for body := range strings.SplitSeq(bodies, ",") {
			if a := (onboarding.Address{Body: body, Service: slug}); !slices.Contains(found, a) {
				found = append(found, a)
			}
		}
	}
	return found, nil
}
