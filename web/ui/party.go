package ui

// A Party is an organisation that an Aufgabe may lie with.
type Party struct{ Key, Kind, Name string }

// PartyKind is the kind of a party in words, for several of them.
func PartyKind(kind string) string {
	switch kind {
	case "state_coordination":
		return "Land"
	case "ministry":
		return "Fachressorts"
	case "it_provider":
		return "IT-Dienstleister"
	case "efa_provider":
		return "EfA-Anbieter"
	}
	return "Weitere Stellen"
}

// PartyOptions offers parties, those of a kind together.
func PartyOptions(parties []Party) []Option {
	options := make([]Option, len(parties))
	for i, p := range parties {
		options[i] = Option{Value: p.Key, Text: p.Name, Group: PartyKind(p.Kind)}
	}
	return options
}
