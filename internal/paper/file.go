package paper

import (
	"time"

	"github.com/google/uuid"
)

// File is a document that was uploaded beside a record: what it is called, which version it is, and the hash that its
// bytes had when they arrived. Package evidence keeps the bytes.
type File struct {
	ID         uuid.UUID `json:"id"`
	Name       string    `json:"name"`
	Version    int       `json:"version"` // counts the files of that name
	Kind       string    `json:"kind"`
	Size       int64     `json:"size"`
	SHA256     string    `json:"sha256"`
	UploadedBy uuid.UUID `json:"uploaded_by"`
	UploadedAt time.Time `json:"uploaded_at"`
}
