package demo

import (
	"bytes"
	_ "embed" // the seed files
	"fmt"

	"rollinportal/internal/interchange"
	"rollinportal/internal/organisation"
)

var (
	//go:embed seed/organisationen.csv
	organisationsCSV []byte
	//go:embed seed/thueringen-kommunen.csv
	bodiesCSV []byte
	//go:embed seed/efa-dienste.csv
	servicesCSV []byte
	//go:embed seed/musterprojektvorlage.csv
	templateCSV []byte
)

const servicesSource = "OZG-Umsetzungskatalog, Stand 2019"

// Seeds returns the bytes of all seed files, for whoever wants to know whether they changed.
func Seeds() []byte {
	return bytes.Join([][]byte{organisationsCSV, bodiesCSV, servicesCSV, templateCSV}, nil)
}

// bodies panics on a broken seed file: it is compiled in.
func bodies() []organisation.Organisation {
	found, rejected, err := interchange.Bodies(bytes.NewReader(bodiesCSV))
	if err != nil || len(rejected) > 0 {
		panic(fmt.Sprint("seed of bodies: ", err, rejected))
	}
	return found
}

var demolandBodies = []organisation.Organisation{
	{Kind: organisation.IndependentCity, Key: "99001", Name: "Musterstadt", Short: "MST"},
	{Kind: organisation.District, Key: "99002", Name: "Musterkreis", Short: "MKR"},
	{Kind: organisation.District, Key: "99003", Name: "Beispielkreis", Short: "BKR"},
}
