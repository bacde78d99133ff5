package calendarpage

import (
	"time"

	"rollinportal/web/ui"
)

type view struct {
	State   string
	Address string // shown this once
	IsOpen  bool
	Open    string // what the button says
}

// newView is the page of somebody whose address has been open since then, or of somebody without one.
func newView(since *time.Time) view {
	if since == nil {
		return view{State: "Sie haben noch keine Kalenderadresse.", Open: "Kalenderadresse anlegen"}
	}
	return view{
		State:  "Ihre Kalenderadresse gilt seit " + ui.DateTime(*since) + ". Zur Sicherheit zeigt das Portal sie nur einmal.",
		IsOpen: true, Open: "Neue Adresse anlegen",
	}
}

// newAddress is the page that shows an address.
func newAddress(address string) view {
	return view{Address: address, IsOpen: true, Open: "Neue Adresse anlegen"}
}
