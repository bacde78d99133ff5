// Package page is what every handler stands on: it hands over the signed-in person, checks the permission of the
// route, turns a returned error into a page, logs once, and puts the portal's frame around the content.
//
// A handler is a method
//
//	func (p Pages) Show(w http.ResponseWriter, r *http.Request, who access.Actor) error
//
// and reads forms with ReadForm, renders with Shell.Render and answers a POST with Redirect.
package page
