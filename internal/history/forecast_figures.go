package history

import (
	"strconv"

	"rollinportal/internal/figure"
	"rollinportal/internal/forecast"
)

const forecastMeans = "Simulation mit den Dauern der abgeschlossenen Anbindungen dieses Landes, immer mit derselben Zufallsfolge für Leistung und Tag."

// What a forecast says.
var (
	Likely = figure.Meaning{
		Key: "prognose-p50", Name: "Mit 50 % Wahrscheinlichkeit bis", Definition: forecastMeans, Part: "Der Tag, bis zu dem in der Hälfte der Verläufe die letzte Anbindung produktiv ist",
		Apart: "Unter " + strconv.Itoa(forecast.Fewest) + " abgeschlossenen Anbindungen gibt es keine Prognose.", Source: "domain.md 6.3",
	}
	Surely = figure.Meaning{
		Key: "prognose-p85", Name: "Mit 85 % Wahrscheinlichkeit bis", Definition: forecastMeans, Part: "Der Tag, bis zu dem in 85 von 100 Verläufen die letzte Anbindung produktiv ist",
		Apart: Likely.Apart, Source: "domain.md 6.3",
	}
	StillOpen = figure.Figure[*Forecast]{Meaning: figure.Meaning{
		Key: "prognose-unterwegs", Name: "Noch unterwegs", Definition: "Anbindungen der Leistung, deren Ende die Prognose vorhersagt.",
		Part: "Anbindungen vor dem Produktivstart, auch pausierte und nicht begonnene", Apart: "Abgelehnte und beendete Anbindungen zählen nicht mit.", Source: "domain.md 6.3",
	}, Of: func(f *Forecast) figure.Share { return figure.Share{Part: f.Open} }}
	AlreadyLive = figure.Figure[*Forecast]{Meaning: figure.Meaning{
		Key: "prognose-produktiv", Name: "Schon produktiv", Definition: "Anbindungen der Leistung, die ihr Ende erreicht haben.",
		Part: "Anbindungen im Stand „Produktiv“ oder „Regelbetrieb“", Apart: "Wo eine andere Stelle zuständig ist, zählt nicht mit.", Source: "domain.md 6.3",
	}, Of: func(f *Forecast) figure.Share { return figure.Share{Part: f.Live} }}
	Sample = figure.Figure[*Forecast]{Meaning: figure.Meaning{
		Key: "prognose-grundlage", Name: "Abgeschlossene Anbindungen als Grundlage", Definition: "Ihre Dauern gehen in die Prognose ein; wessen sie sind, sagt sie nicht.",
		Part: "Anbindungen aller Leistungen, die ihren ganzen Weg im Portal gegangen sind, höchstens die 500 neuesten", Apart: "Wer schon vor dem Roll-in produktiv war, zählt nicht mit.", Source: "domain.md 6.3",
	}, Of: func(f *Forecast) figure.Share { return figure.Share{Part: f.Finished} }}
)
