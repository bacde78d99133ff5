package decision

import "rollinportal/internal/figure"

const boardSource = "domain.md 1.7, 6.3"

// What the board counts.
var (
	CasesInState = figure.Figure[Count]{Meaning: figure.Meaning{
		Key: "vorgaenge-je-stand", Name: "Vorgänge je Ressort und Stand", Definition: "Ein Vorgang ist eine Anfrage, ob das Land eine Leistung nachnutzt.",
		Part: "Vorgänge eines Ressorts in einem Stand", Apart: "Vorgänge, die Sie nicht sehen, zählen nicht mit.", Source: boardSource,
	}, Of: func(c Count) figure.Share { return figure.Share{Part: c.Cases} }}
	CasesWaiting = figure.Figure[Waiting]{Meaning: figure.Meaning{
		Key: "vorgaenge-wartet-auf", Name: "Vorgänge, die bei einer Stelle liegen", Definition: "Offene Vorgänge: bei der Stelle, die gefragt ist und nicht geantwortet hat, sonst beim Ressort.",
		Part: "Offene Vorgänge bei der Stelle", Apart: "Sind zwei Stellen gefragt, zählt der Vorgang bei beiden.", Source: boardSource,
	}, Of: func(w Waiting) figure.Share { return figure.Share{Part: w.Cases} }}
	CasesTimed = figure.Figure[Time]{Meaning: figure.Meaning{
		Key: "vorgaenge-dauer", Name: "So lange dauert es", Definition: "Der mittlere Wert der Tage, die entschiedene Vorgänge in einem Stand oder bei einer Stelle lagen; er erscheint ab fünf Vorgängen.",
		Part: "Entschiedene Vorgänge, die in dem Stand oder bei der Stelle waren", Apart: "Offene und zurückgezogene Vorgänge zählen nicht mit.", Source: boardSource,
	}, Of: func(t Time) figure.Share { return figure.Share{Part: t.Cases} }}
)
