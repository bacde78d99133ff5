package web

import (
	"rollinportal/internal/access"
	"rollinportal/web/page"
)

// AddRoute lets a benchmark serve something beside the portal's own, through the same middleware.
func (s *Server) AddRoute(desk page.Desk, method, pattern string, h page.Handler) {
	s.router.Method(method, pattern, desk.Handle(access.HomeView, h))
}
