// Package devstack runs the two companions the portal needs on a developer's machine and in tests: a Postgres
// cluster made from the installed binaries, and an OpenID provider run by node. Neither is used in production.
//
//	portal demo ──┬── postgres  socket only, own data folder, never root
//	              └── node      oidc/provider.mjs, loopback only
//
// Both live and die with the portal. A clean stop ends them in order; after kill -9 the kernel tells them
// (Pdeathsig), so nothing is left running and the next start finds its folder free. This needs Linux.
package devstack
