package web

import (
	"rollinportal/internal/access"
	"rollinportal/web/page"
)

// AddRoute lets a benchmark serve a page beside the portal's own, through the same middleware.
func (s *Server) AddRoute(desk page.Desk, pattern string, h page.Handler) {
	s.router.Get(pattern, desk.Handle(access.HomeView, h))
}
