// Package ui holds the components every page is built from. It knows no domain:
// a component takes one props struct with finished values and writes HTML that
// is accessible, works without script and carries no inline style.
package ui
