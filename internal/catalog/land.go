package catalog

// landNames are the Länder by their usual abbreviations.
var landNames = map[string]string{
	"BB": "Brandenburg", "BE": "Berlin", "BW": "Baden-Württemberg", "BY": "Bayern", "HB": "Bremen", "HE": "Hessen", "HH": "Hamburg", "MV": "Mecklenburg-Vorpommern",
	"NI": "Niedersachsen", "NW": "Nordrhein-Westfalen", "RP": "Rheinland-Pfalz", "SH": "Schleswig-Holstein", "SL": "Saarland", "SN": "Sachsen", "ST": "Sachsen-Anhalt", "TH": "Thüringen",
}

// LandName is the name of the Land that provides a service; what is no abbreviation of one, such as "Bund", stays.
func LandName(key string) string {
	if name, known := landNames[key]; known {
		return name
	}
	return key
}
