// Package catalog keeps the EfA services a Land may co-use: what they are, who provides them, which ministry decides
// about them, how they are connected and what they cost.
//
// A provider's service lives through these states (domain.md 6.2 a); restricted is a side state with a reason:
//
//	announced -> in_development -> piloting -> reusable -> phase_out -> ended
//
// A service is a draft of the Land until it is published by somebody else than its last editor. Which bodies are
// competent for it is written out, body by body: that set is the denominator of every figure about the service.
package catalog
