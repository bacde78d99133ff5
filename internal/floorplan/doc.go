// Package floorplan holds the test that keeps the house in order: which room may import which.
//
// Imports go only downwards and none sideways (docs/architecture.md). Inside the house nobody knows HTTP or HTML.
package floorplan
