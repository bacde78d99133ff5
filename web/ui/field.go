package ui

import "strconv"

// A Field is one question of a form. The same struct feeds every field
// component; each reads what concerns it and ignores the rest.
//
// The label stands above the field, the hint between, the error below; the
// field names hint and error as its description.
type Field struct {
	Name  string // name in the request
	ID    string // the name, unless it occurs twice on the page
	Label string // label, or the question of a group
	Value string // what was typed or chosen; it stays after an error
	Hint  string
	Error string // the sentence from the error summary

	Optional     bool   // shows "(optional)": the rest is needed
	Context      string // read aloud after the label: "für Auflage 1"
	Autocomplete string // "email", "name", …: only for data of the person themself
	InputMode    string // "numeric", "decimal", "email", …
	Type         string // "text" (default), "email", "tel", "url", "search"
	Width        Width
	MaxLength    int    // what the server takes. No maxlength: a browser cuts off what is pasted, and says nothing; count.js does
	Rows         int    // of a text area; 5 when 0
	Accept       string // file types of a file field
	ReadOnly     bool
	Suggest      []string // what a text field offers; anything else may be typed

	Options []Option // of Select, RadioGroup, RadioCards and Checkboxes
	Empty   string   // first entry of Select that chooses nothing, for example "Alle"
}

// A Width limits a text field to what is typed into it.
type Width string

const (
	Full   Width = ""
	Medium Width = "app-w-m" // a name, a town
	Small  Width = "app-w-s" // a date, an amount
)

// An Option is one possible answer. Select and the radio groups choose the one
// whose Value is the Field's Value; Checkboxes look at Checked.
type Option struct {
	Value, Text, Hint string
	Checked           bool
	Group             string // Select: heading above neighbours of the same group
	Reveals           string // radio: "a", "b" or both as "a b", shows .app-reveal--a while chosen
}

func (f Field) id() string {
	if f.ID != "" {
		return f.ID
	}
	return f.Name
}

// optionID gives the first option the ID of the field, so that the link in the
// error summary leads there.
func (f Field) optionID(i int) string {
	if i == 0 {
		return f.id()
	}
	return f.id() + "-" + strconv.Itoa(i+1)
}

// optionHintID differs from the hint of the question, whose ID the first option
// shares.
func (f Field) optionHintID(i int) string { return f.optionID(i) + "-o" }

func (f Field) hintID() string  { return f.id() + "-h" }
func (f Field) errorID() string { return f.id() + "-f" }

// describedBy names hint and error, in reading order.
func (f Field) describedBy() string {
	return classes(
		when(f.Hint != "", f.hintID()),
		when(f.Error != "", f.errorID()))
}

func (f Field) inputType() string {
	if f.Type == "" {
		return "text"
	}
	return f.Type
}

func (f Field) rows() string {
	if f.Rows == 0 {
		return "5"
	}
	return strconv.Itoa(f.Rows)
}

// errorClass adds KERN's error variant to a class.
func (f Field) errorClass(class string) string {
	if f.Error == "" {
		return class
	}
	return class + " " + class + "--error"
}

// date and money are text fields with a fixed format.
func (f Field) date() Field {
	if f.Hint == "" {
		f.Hint = "TT.MM.JJJJ, zum Beispiel 30.04.2027"
	}
	f.InputMode, f.Width = "numeric", Small
	return f
}

func (f Field) money() Field {
	if f.Hint == "" {
		f.Hint = "Betrag in Euro, zum Beispiel 1.800,50"
	}
	f.InputMode, f.Width = "decimal", Small
	return f
}

// An optionGroup is a run of neighbouring options with the same heading.
type optionGroup struct {
	name    string
	options []Option
}

func (f Field) groups() []optionGroup {
	var groups []optionGroup
	for _, o := range f.Options {
		last := len(groups) - 1
		if last < 0 || groups[last].name != o.Group {
			groups = append(groups, optionGroup{name: o.Group})
			last++
		}
		groups[last].options = append(groups[last].options, o)
	}
	return groups
}
