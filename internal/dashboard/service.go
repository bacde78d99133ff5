package dashboard

import (
	"crypto/sha256"

	"rollinportal/internal/fault"
	"rollinportal/internal/kept"
	"rollinportal/internal/postgres"
)

// Service answers what stands where.
type Service struct {
	db       *postgres.DB
	pictures *kept.Shelf[struct{}, *Picture]
	matrices *kept.Shelf[[sha256.Size]byte, *Matrix] // by their filters
}

// What is kept takes about half a kilobyte for each cell, and no more than that in all.
const (
	sizeOfCell   = 512
	mostPictures = 30 << 20
	mostMatrices = 16 << 20
)

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service {
	return &Service{db, kept.NewShelf[struct{}](mostPictures, (*Picture).size), kept.NewShelf[[sha256.Size]byte](mostMatrices, (*Matrix).size)}
}

// oneByOne refuses whoever may only see aggregates. Their page never asks; this is for the day one does.
func oneByOne(tx *postgres.Tx) error {
	if circleOf(tx.Who) == nobody {
		return fault.New(fault.Forbidden, "Ihre Rolle sieht zusammengefasste Zahlen, keine einzelnen Aufgaben und Einheiten.")
	}
	return nil
}
