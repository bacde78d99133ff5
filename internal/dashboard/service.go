package dashboard

import (
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

// Service answers what stands where.
type Service struct {
	db       *postgres.DB
	pictures pictures
}

// NewService returns the service over a database.
func NewService(db *postgres.DB) *Service { return &Service{db: db} }

// oneByOne refuses whoever may only see aggregates. Their page never asks; this is for the day one does.
func oneByOne(tx *postgres.Tx) error {
	if circleOf(tx.Who) == nobody {
		return fault.New(fault.Forbidden, "Ihre Rolle sieht zusammengefasste Zahlen, keine einzelnen Aufgaben und Einheiten.")
	}
	return nil
}
