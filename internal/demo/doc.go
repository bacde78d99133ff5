// Package demo fills an empty database so that the portal can be seen and tested.
//
// Master data are facts: the organisations of Thüringen, 34 EfA services and the Musterprojektvorlage stand in seed/
// as CSV and come in through the same use cases as portal import. A second tenant, Demoland, proves isolation.
//
// The story is invented: twelve months in which ministries decide, the Land rolls in and towns work their
// checklists. It is played by the people of the demo through the real use cases with a fixed seed, on a clock that
// the loader moves; nothing is inserted behind their backs, so that history, audit and figures agree.
package demo
