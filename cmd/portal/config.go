package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/alecthomas/kong"
)

type configCommand struct {
	Markdown bool `help:"Print the table of the README instead: names, defaults and meanings, without what is set here."`
}

// Run lists what the environment may set, and what it sets here. A secret never shows.
func (c configCommand) Run(chosen *kong.Context, s stdio) error {
	found := settings(chosen.Model.Node)
	if c.Markdown {
		_, err := io.WriteString(s.out, settingsTable(found))
		return err
	}
	table := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, setting := range found {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", setting.Name, setting.state(), strings.Join(setting.Commands, ", "), setting.Meaning)
	}
	return table.Flush()
}

// setting is a variable of the environment. The flags' tags are the only place where settings are declared.
type setting struct {
	Name, Default, Meaning string
	Required, Secret       bool
	Commands               []string // that read it
}

// settings collects the settings of all commands, by name.
func settings(root *kong.Node) []setting {
	found := map[string]*setting{}
	for _, command := range root.Leaves(true) {
		for _, flag := range command.Flags {
			for _, name := range flag.Envs {
				if found[name] == nil {
					found[name] = &setting{Name: name, Default: flag.Default, Meaning: flag.Help, Required: flag.Tag.Has("need"), Secret: flag.Tag.Has("secret")}
				}
				found[name].Commands = append(found[name].Commands, strings.TrimPrefix(command.Path(), "portal "))
			}
		}
	}
	var sorted []setting
	for _, s := range found {
		sorted = append(sorted, *s)
	}
	slices.SortFunc(sorted, func(a, b setting) int { return cmp.Compare(a.Name, b.Name) })
	return sorted
}

// state says what the environment makes of a setting.
func (s setting) state() string {
	value, set := os.LookupEnv(s.Name)
	_, inFile := os.LookupEnv(s.file())
	switch {
	case s.Secret && inFile:
		return "secret, in a file"
	case s.Secret && set:
		return "secret, set"
	case set:
		return value
	case s.Required:
		return "missing"
	case s.Default != "":
		return s.Default + " (default)"
	}
	return "-"
}

// file names the variable that says in which file a secret stands.
func (s setting) file() string { return s.Name + "_FILE" }

// settingsTable is the table of the README.
func settingsTable(found []setting) string {
	var b strings.Builder
	b.WriteString("| Variable | Default | Meaning |\n|---|---|---|\n")
	for _, s := range found {
		name, standard := "`"+s.Name+"`", ""
		if s.Secret {
			name += " or `" + s.file() + "`"
		}
		switch {
		case s.Required:
			standard = "required"
		case s.Default != "":
			standard = "`" + s.Default + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, standard, s.Meaning)
	}
	return b.String()
}

// readSecret finds a secret in the file that X_FILE names, as Docker, Kubernetes and systemd hand them over.
func readSecret(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	for _, name := range flag.Envs {
		path, inFile := os.LookupEnv(setting{Name: name}.file())
		if !inFile || !flag.Tag.Has("secret") {
			continue
		}
		if _, both := os.LookupEnv(name); both {
			return nil, fmt.Errorf("%s and %s_FILE are both set; leave one", name, name)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the secret %s: %w", name, err)
		}
		return strings.TrimRight(string(content), "\r\n"), nil
	}
	return nil, nil
}
