package demo

import (
	"fmt"
	"strings"

	"rollinportal/internal/identity"
)

// Person is somebody who can sign in to the demo. Login is stable: checks and documentation rely on it.
type Person struct {
	Login, Name, Role string
	LandKey, OrgKey   string
	OrgName           string
}

// The tenants of the demo.
const (
	Thueringen = "thueringen"
	Demoland   = "demoland"
	Plattform  = "plattform"
)

// deciders are the ministries that decide about at least one service of the seed.
var deciders = []string{"TMBWK", "TMDI", "TMIKL", "TMJMV", "TMSGAF", "TMUENF", "TMWLLR"}

// People lists everybody of the demo, by Land and organisation.
func People() []Person {
	people := []Person{
		{Login: "land", Role: "LK", LandKey: Thueringen, OrgKey: "TMDI-OZG", OrgName: "OZG-Landeskoordination"},
		{Login: "land2", Role: "LK", LandKey: Thueringen, OrgKey: "TMDI-OZG", OrgName: "OZG-Landeskoordination"},
		{Login: "redaktion", Role: "LR", LandKey: Thueringen, OrgKey: "TMDI-OZG", OrgName: "OZG-Landeskoordination"},
	}
	for _, key := range deciders {
		login := strings.ToLower(key)
		people = append(people,
			Person{Login: login + "-referat", Role: "FE", LandKey: Thueringen, OrgKey: key, OrgName: key},
			Person{Login: login + "-leitung", Role: "FE", LandKey: Thueringen, OrgKey: key, OrgName: key},
			Person{Login: login + "-leser", Role: "FL", LandKey: Thueringen, OrgKey: key, OrgName: key})
	}
	for _, body := range bodies() {
		people = append(people,
			Person{Login: "k" + body.Key, Role: "KK", LandKey: Thueringen, OrgKey: body.Key, OrgName: body.Name},
			Person{Login: "k" + body.Key + "-b", Role: "KB", LandKey: Thueringen, OrgKey: body.Key, OrgName: body.Name})
	}
	people = append(people,
		Person{Login: "tlrz", Role: "IT", LandKey: Thueringen, OrgKey: "TLRZ", OrgName: "TLRZ"},
		Person{Login: "kiv", Role: "IT", LandKey: Thueringen, OrgKey: "KIV", OrgName: "KIV Thüringen"},
		Person{Login: "gremium", Role: "GR", LandKey: Thueringen, OrgKey: "BEIRAT", OrgName: "Kommunaler Beirat E-Government"},
		Person{Login: "tlkt", Role: "GR", LandKey: Thueringen, OrgKey: "TLKT", OrgName: "Thüringischer Landkreistag"},
		Person{Login: "betreiber", Role: "PA", LandKey: Plattform, OrgKey: "BETRIEB", OrgName: "Plattformbetrieb"},
		Person{Login: "d-land", Role: "LK", LandKey: Demoland, OrgKey: "D-OZG", OrgName: "Landeskoordination Demoland"},
		Person{Login: "d-min-referat", Role: "FE", LandKey: Demoland, OrgKey: "D-MIN", OrgName: "Ministerium Demoland"},
		Person{Login: "d-min-leitung", Role: "FE", LandKey: Demoland, OrgKey: "D-MIN", OrgName: "Ministerium Demoland"})
	for i, body := range demolandBodies {
		people = append(people, Person{Login: fmt.Sprintf("d-k%d", i+1), Role: "KK", LandKey: Demoland, OrgKey: body.Key, OrgName: body.Name})
	}
	for i := range people {
		people[i].Name = inventedName(i)
	}
	return people
}

var (
	firstNames = []string{"Anna", "Ben", "Clara", "David", "Eva", "Felix", "Greta", "Hannes", "Ida", "Jonas", "Karla", "Lukas", "Mara"}
	lastNames  = []string{"Ahlendorf", "Birkner", "Clausing", "Dorn", "Eichhorn", "Fiedler", "Grünwald", "Hartung", "Ilgen", "Jahn", "Kranz"}
)

// inventedName pairs the lists so that no two people of the demo share a name.
func inventedName(i int) string {
	return firstNames[i%len(firstNames)] + " " + lastNames[i%len(lastNames)]
}

func (p Person) member(issuer string) identity.Member {
	return identity.Member{
		OrgKey: p.OrgKey, Issuer: issuer, Subject: p.Login, Name: p.Name, Email: p.Email(), Role: p.Role,
	}
}

// Email is an address that can never exist. Mails to the one under .test are taken and come back, as to somebody who left.
func (p Person) Email() string {
	if p.Login == "k16066-b" {
		return p.Login + "@" + p.LandKey + ".test"
	}
	return p.Login + "@" + p.LandKey + ".example"
}

// LandName is what a tenant is called.
func LandName(key string) string {
	for _, land := range laender {
		if land.Key == key {
			return land.Name
		}
	}
	return key
}
