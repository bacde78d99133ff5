// Package template keeps the Musterprojektvorlage: the steps in which a Land and its bodies roll in a service.
//
// Steps form a graph without cycles. Each has a scope that says how often it exists once work begins:
//
//	land     once for each service, done by the Land
//	basis    once for each body, shared by every service that needs it
//	kommune  once for each body and service
//
// A step may name conditions. One of them is enough; if none holds, the step does not apply and satisfies its
// successors. A version is published once and never changes: running checklists keep the version they started with.
package template
