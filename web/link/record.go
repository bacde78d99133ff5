package link

import "github.com/google/uuid"

// Record is the Vermerk of a decision.
func Record(id uuid.UUID) string { return Decision(id) + "/vermerk" }

// RecordPDF is the Vermerk as a PDF file.
func RecordPDF(id uuid.UUID) string { return Decision(id) + "/vermerk.pdf" }

// EndRecord is the Vermerk of how a decision ended.
func EndRecord(id uuid.UUID) string { return Decision(id) + "/vermerk-ende" }

// EndRecordPDF is the same as a PDF file.
func EndRecordPDF(id uuid.UUID) string { return Decision(id) + "/vermerk-ende.pdf" }

// Bundle is all papers of a decision in one ZIP file.
func Bundle(id uuid.UUID) string { return Decision(id) + "/vorgang.zip" }
