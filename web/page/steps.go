package page

import "rollinportal/web/link"

// ReturnField is the hidden field of a form that stands on another page than its own. It names a page, never a path.
const ReturnField = "zurueck"

// ToHome is the value of ReturnField on the start page.
const ToHome = "start"

// Return is where a form leads after it was saved: to the page it stood on, or else to path.
func (f Form) Return(path string) string {
	if f.Text(ReturnField) == ToHome {
		return link.Home
	}
	return path
}
