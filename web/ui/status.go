package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Status shows nothing when the text is empty. Lists have one in each row, so it is written in one go.
func Status(s StatusProps) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		if s.Text == "" {
			return nil
		}
		return writeAll(w, `<span class="app-status app-status--`, templ.EscapeString(string(s.Kind)), `">`, iconMarkup(s.icon()),
			`<span>`, templ.EscapeString(s.Text), `</span></span>`)
	})
}

// Icon draws one of the Icon constants in the size and colour of the text around it. It is decoration: the text beside
// it says the same.
func Icon(name string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error { return writeAll(w, iconMarkup(name)) })
}

// iconMarkup refers to the sprite of the page.
func iconMarkup(name string) string {
	return `<svg class="app-ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="#i-` + templ.EscapeString(name) + `"></use></svg>`
}

func writeAll(w io.Writer, parts ...string) error {
	for _, p := range parts {
		if _, err := io.WriteString(w, p); err != nil {
			return err
		}
	}
	return nil
}
