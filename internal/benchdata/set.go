package benchdata

import (
	"fmt"
	"time"
)

// Issuer is the provider that the people of the sets sign in with.
const Issuer = "https://issuer.bench"

// Set is an amount of data. The first Land has the same shape in every set.
type Set struct {
	Name  string
	Lands []Land
}

// Land is how large a tenant is.
type Land struct{ Bodies, Services int }

// Once is one Land of 22 bodies and 20 services; Ten and Hundred are ten and a hundred times as many steps around it.
// Hundred is the nation: its 400 Landkreise and kreisfreie Städte in 16 Länder, 1.4 million steps.
var (
	Once    = Set{"1x", []Land{{22, 20}}}
	Ten     = Set{"10x", lands(20, 96, 53, 45)}
	Hundred = Set{"100x", lands(105, 96, 53, 45, 44, 36, 26, 18, 15, 14, 13, 8, 6, 2, 1, 1)}
)

// lands returns the Land of Once and others with as many bodies, each with the same number of services.
func lands(services int, bodies ...int) []Land {
	found := []Land{Once.Lands[0]}
	for _, n := range bodies {
		found = append(found, Land{n, services})
	}
	return found
}

// Steps returns how many steps bodies have of their own in the set, those once for a whole body aside.
func (s Set) Steps() int {
	sum := 0
	for _, l := range s.Lands {
		sum += l.Bodies * l.Services * len(own)
	}
	return sum
}

// LandKey, BodyKey and ServiceSlug name the n-th of each, counted from 0. Bodies and services are those of a Land.
func LandKey(n int) string     { return fmt.Sprintf("bench-%02d", n) }
func BodyKey(n int) string     { return fmt.Sprintf("%05d", 90000+n) }
func ServiceSlug(n int) string { return fmt.Sprintf("bench-%03d", n) }

// Coordinator and BodyCoordinator are the logins of the coordinators of the n-th Land and of its first body.
func Coordinator(n int) string     { return LandKey(n) + "-land" }
func BodyCoordinator(n int) string { return LandKey(n) + "-body" }

func day(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
