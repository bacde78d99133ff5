package hurdle

import "rollinportal/internal/figure"

// What the page of obstacles counts.
var (
	OpenByAge = figure.Figure[Cluster]{Meaning: figure.Meaning{
		Key: "huerden-alter-art", Name: "Offene Hürden nach Alter und Art", Definition: "Das Alter läuft, seit die erste der betroffenen Einheiten die Hürde gemeldet hat.",
		Part: "Gemeldete Hürden, die noch niemand gelöst, hingenommen oder abgelehnt hat", Apart: "Zusammengeführte Hürden zählen einmal.", Source: "domain.md 1.13",
	}, Of: func(c Cluster) figure.Share { return figure.Share{Part: c.Obstacles} }}
	AffectedBodies = figure.Figure[Obstacle]{Meaning: figure.Meaning{
		Key: "huerde-betrifft", Name: "Von einer Hürde betroffen", Definition: "Wer sie gemeldet oder sich ihr angeschlossen hat.",
		Part: "Einheiten, die betroffen sind", Apart: "Wer sagt, dass die Hürde nicht mehr besteht, zählt nicht mehr mit.", Source: "domain.md 1.13",
	}, Of: func(o Obstacle) figure.Share { return figure.Share{Part: o.Bodies} }}
)
