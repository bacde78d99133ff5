// Package faults breaks what the portal runs on, while people write, and counts what became of their words. It holds
// tests only, and they run by `make faults`: real processes of the portal on a Postgres that keeps its promises (fsync on),
// with a network that can be cut between them.
//
//	people ── two portals with workers ── network ──┬── Postgres
//	              │           │                     └── its synchronous replica
//	        OpenID provider  mail server
//
// People behave as people do: when a form gets no answer or a page with an error, they send the same form again until the
// portal says yes. What it said yes to must be there once, with one entry in the trail; nothing is started anew but what was
// killed.
package faults
