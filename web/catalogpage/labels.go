package catalogpage

import (
	"rollinportal/internal/catalog"
	"rollinportal/web/ui"
)

// stateKeys are the Land views as the URL names them.
var stateKeys = map[string]string{
	"beschluss-offen": "no_decision", "in-entscheidung": "deciding", "zurueckgestellt": "deferred", "abgelehnt": "not_reused",
	"beschlossen": "approved_preparing", "im-roll-in": "rolling_in", "flaechendeckend": "covered", "roll-in-begonnen": "rollin", "entwurf": "draft",
	"finanziert": "funded", "steckbrief-vollstaendig": "complete",
}

var stateOptions = []ui.Option{
	{Value: "beschluss-offen", Text: "Beschluss offen"},
	{Value: "in-entscheidung", Text: "In Entscheidung"},
	{Value: "zurueckgestellt", Text: "Zurückgestellt"},
	{Value: "abgelehnt", Text: "Abgelehnt"},
	{Value: "beschlossen", Text: "Beschlossen, nicht gestartet"},
	{Value: "roll-in-begonnen", Text: "Roll-in begonnen oder abgeschlossen"},
	{Value: "im-roll-in", Text: "Im Roll-in"},
	{Value: "flaechendeckend", Text: "Flächendeckend produktiv"},
	{Value: "finanziert", Text: "Im Roll-in, Förderung läuft"},
	{Value: "steckbrief-vollstaendig", Text: "Im Roll-in, Steckbrief vollständig"},
	{Value: "entwurf", Text: "Nicht veröffentlicht"},
}

// landView is the derived state of a service in the Land.
func landView(view string) ui.StatusProps {
	switch view {
	case "covered":
		return ui.StatusProps{Kind: ui.Done, Text: "Flächendeckend produktiv"}
	case "rolling_in":
		return ui.StatusProps{Kind: ui.InProgress, Text: "Im Roll-in"}
	case "approved_preparing":
		return ui.StatusProps{Kind: ui.Waiting, Text: "Beschlossen, nicht gestartet"}
	case "deciding":
		return ui.StatusProps{Kind: ui.InProgress, Text: "In Entscheidung"}
	case "deferred":
		return ui.StatusProps{Kind: ui.Waiting, Text: "Zurückgestellt"}
	case "not_reused":
		return ui.StatusProps{Kind: ui.Locked, Text: "Abgelehnt"}
	}
	return ui.StatusProps{Kind: ui.Open, Text: "Beschluss offen"}
}

func transports(keys []string, note string) string {
	text := catalog.TransportNames(keys)
	switch {
	case text == "":
		return note
	case note == "":
		return text
	}
	return text + " (" + note + ")"
}
