package ui

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// MatrixCell is a cell of a matrix: a sign for the eye, text for the ear. With a URL it is a link, with a value a box.
type MatrixCell struct {
	Sign, Text, Class string
	Icon              string // behind the sign, where there is more to say
	Age               string // below the sign: for how long; the text says it in full
	First             bool   // of its group of columns
	URL               string
	Changed           bool   // a moment ago
	Tick              string // with a value the cell is a box to tick
	TickName          string // the field of the box
	Of                string // what a box stands for, read aloud before the text
}

// MatrixCells writes the cells of a row in one go. A matrix has hundreds of them, and a template would spend most of a
// page's time on their classes.
func MatrixCells(cells []MatrixCell) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var s strings.Builder
		s.Grow(len(cells) * 128)
		for _, c := range cells {
			c.writeTo(&s)
		}
		_, err := io.WriteString(w, s.String())
		return err
	})
}

func (c MatrixCell) writeTo(s *strings.Builder) {
	write := func(parts ...string) {
		for _, p := range parts {
			s.WriteString(p)
		}
	}
	write(`<td class="hm `, templ.EscapeString(c.Class))
	if c.First {
		write(` sep`)
	}
	if c.Changed {
		write(` hm--new`)
	}
	write(`">`)
	switch {
	case c.Tick != "":
		write(`<label><input type="checkbox" name="`, c.TickName, `" value="`, templ.EscapeString(c.Tick), `">`)
		c.face(write, c.Of+": "+c.Text)
		write(`</label>`)
	case c.URL != "":
		write(`<a href="`, templ.EscapeString(c.URL), `">`)
		c.face(write, c.Text)
		write(`</a>`)
	default:
		c.face(write, c.Text)
	}
	write(`</td>`)
}

// face is the sign for the eye and the text for the ear.
func (c MatrixCell) face(write func(...string), text string) {
	write(`<span aria-hidden="true">`, templ.EscapeString(c.Sign), `</span>`)
	if c.Icon != "" {
		write(iconMarkup(c.Icon))
	}
	if c.Age != "" {
		write(`<small aria-hidden="true">`, templ.EscapeString(c.Age), `</small>`)
	}
	write(`<span class="kern-sr-only">`, templ.EscapeString(text), `</span>`)
}
