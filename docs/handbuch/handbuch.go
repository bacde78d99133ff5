// Package handbuch is the handbook for the people who use the portal: German chapters in Markdown, which the portal shows
// under "Hilfe und Kontakt". They stand here to be read without a portal, too.
package handbuch

import (
	"embed"
	"strings"
)

//go:embed *.md
var files embed.FS

// Chapter is one part of the handbook.
type Chapter struct {
	Key   string // in the address
	Title string
	Text  string // Markdown below the title
}

// Chapters returns the handbook in the order in which its contents list it.
func Chapters() []Chapter { return chapters }

var chapters = []Chapter{
	read("kommunen"), read("fachressort"), read("landeskoordination"), read("it-dienstleister"), read("gremien"),
	read("personen"), read("mitteilungen"),
}

// Find returns the chapter with a key.
func Find(key string) (Chapter, bool) {
	for _, c := range chapters {
		if c.Key == key {
			return c, true
		}
	}
	return Chapter{}, false
}

// read takes a file apart, which begins with its title. All of them are part of the program.
func read(key string) Chapter {
	file, err := files.ReadFile(key + ".md")
	if err != nil {
		panic(err)
	}
	title, text, _ := strings.Cut(string(file), "\n")
	return Chapter{key, strings.TrimPrefix(title, "# "), text}
}
