// Package register keeps the questions that somebody has to decide beyond one service (Grundsatzentscheidungen): what is
// asked, who decides it until when, and what came of it.
//
//	open -> decided (a result and its day are mandatory)
//	open -> dropped (a reason is mandatory)
//	decided, dropped -> open (what was said stays in the trail)
//
// The Land keeps the register; ministries and committees read it. An entry names the services that wait for it and the
// obstacles that it would take away. Of an obstacle, readers see as much as package hurdle shows them; its number alone
// says nothing about whom it affects.
package register
