package dashboard

import "rollinportal/internal/access"

// HasCircle reports whether a role is shown rows at all.
func HasCircle(role access.Role) bool { return circleOf(access.Actor{Role: role}) != nobody }

// Merge is merge.
func Merge(groups []Group) []Group { return merge(groups) }
