package ui

import (
	"context"
	"io"
	"strings"

	"github.com/a-h/templ"
)

// MatrixCell is a cell of a matrix: a sign for the eye, text for the ear. With a URL it is a link.
type MatrixCell struct {
	Sign, Text, Class string
	Icon              string // behind the sign, where there is more to say
	First             bool   // of its group of columns
	URL               string
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
	write(`">`)
	if c.URL != "" {
		write(`<a href="`, templ.EscapeString(c.URL), `">`)
	}
	write(`<span aria-hidden="true">`, templ.EscapeString(c.Sign), `</span>`)
	if c.Icon != "" {
		write(`<svg class="app-ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#i-`, templ.EscapeString(c.Icon), `"></use></svg>`)
	}
	write(`<span class="kern-sr-only">`, templ.EscapeString(c.Text), `</span>`)
	if c.URL != "" {
		write(`</a>`)
	}
	write(`</td>`)
}
