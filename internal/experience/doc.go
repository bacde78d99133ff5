// Package experience lets bodies learn from each other.
//
// A body releases a note and files of its way to a service, at a step or as a whole (Erfahrung). The other bodies of its
// Land read them, and take them over as hints to their own steps ("Vorgehen übernehmen"), never as states:
//
//	released -> withdrawn: gone at once for everybody else, files and hints included
//
// A hint points to the experience and copies nothing. Everything else of another body stays unknown.
package experience
