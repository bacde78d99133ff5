package ui

import "slices"

// Icon names. The drawing of each is in iconPaths; the layout puts all of them
// into one sprite at the top of the page, and Icon refers to it.
const (
	IconDone       = "erledigt"
	IconInProgress = "arbeit"
	IconOpen       = "offen"
	IconWaiting    = "wartet"
	IconOverdue    = "ueberfaellig"
	IconBlocked    = "blockiert"
	IconLocked     = "gesperrt"
	IconNote       = "hinweis"
	IconUp         = "auf"
	IconDown       = "ab"
	IconSame       = "gleich"
	IconFlag       = "flagge"
	IconDownload   = "herunter"
	IconPlus       = "plus"
	IconRemove     = "entfernen"
	IconScreen     = "schirm"
	IconMenu       = "menue"
	IconPerson     = "person"
	IconBell       = "glocke"
	IconClock      = "uhr"
	IconSearch     = "suche"
)

// iconPaths holds the drawings on a 24 x 24 grid; our own work.
var iconPaths = map[string]string{
	IconDone:       "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.6 14.4-4-4 1.4-1.4 2.6 2.6 5.8-5.8 1.4 1.4-7.2 7.2Z",
	IconInProgress: "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2a8 8 0 0 1 0 16V4Z",
	IconOpen:       "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z",
	IconWaiting:    "M6 2h12v5l-4.2 5 4.2 5v5H6v-5l4.2-5L6 7V2Zm2 2v2.3L12 11l4-4.7V4H8Zm4 9-4 4.7V20h8v-2.3L12 13Z",
	IconOverdue:    "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1 5h2v6h-2V7Zm0 8h2v2h-2v-2Z",
	IconBlocked:    "M12 2.5 1 21.5h22L12 2.5Zm-1 7h2v6h-2v-6Zm0 7.5h2v2h-2v-2Z",
	IconLocked:     "M7 10V7a5 5 0 0 1 10 0v3h2v12H5V10h2Zm2 0h6V7a3 3 0 0 0-6 0v3Z",
	IconNote:       "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1 5h2v6h-2V7Zm0 8h2v2h-2v-2Z",
	IconUp:         "M12 4l7 7-1.4 1.4L13 7.8V20h-2V7.8l-4.6 4.6L5 11l7-7Z",
	IconDown:       "M12 20l-7-7 1.4-1.4 4.6 4.6V4h2v12.2l4.6-4.6L19 13l-7 7Z",
	IconSame:       "M4 11h12.2l-3.6-3.6L14 6l6 6-6 6-1.4-1.4 3.6-3.6H4v-2Z",
	IconFlag:       "M5 2h2v1h12l-3 5 3 5H7v9H5V2Z",
	IconDownload:   "M11 3h2v9.2l3.6-3.6L18 10l-6 6-6-6 1.4-1.4 3.6 3.6V3ZM4 19h16v2H4v-2Z",
	IconPlus:       "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6V5Z",
	IconRemove:     "M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6 10.6 12 5 6.4 6.4 5Z",
	IconScreen:     "M2 4h20v13h-9v2h4v2H7v-2h4v-2H2V4Zm2 2v9h16V6H4Z",
	IconMenu:       "M3 5h18v2H3V5Zm0 6h18v2H3v-2Zm0 6h18v2H3v-2Z",
	IconBell:       "M12 2a2 2 0 0 1 2 2v.3a6 6 0 0 1 4 5.7v5l2 2.5V19H4v-1.5L6 15v-5a6 6 0 0 1 4-5.7V4a2 2 0 0 1 2-2Zm-2.5 18h5a2.5 2.5 0 0 1-5 0Z",
	IconClock:      "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm-1 2.5h2v5.1l3.4 3.4-1.4 1.4-4-4V6.5Z",
	IconSearch:     "M10 3a7 7 0 1 0 4.2 12.6l5.1 5.1 1.4-1.4-5.1-5.1A7 7 0 0 0 10 3Zm0 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10Z",
	IconPerson:     "M12 3a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Zm0 11c-5 0-9 2.5-9 5.5V21h18v-1.5c0-3-4-5.5-9-5.5Z",
}

// iconNames answers the names in a fixed order, so that a page is the same
// bytes each time.
func iconNames() []string {
	names := make([]string, 0, len(iconPaths))
	for name := range iconPaths {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
