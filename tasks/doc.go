// Package tasks is the domain: documents and the duties read from them, assignments and their life, who may do what, and the
// services through which the web, the command line and the scheduler all pass. It holds no SQL, no HTTP, no clock and no words
// for people: instants are handed in by a Clock, words are keys that templates/locales turns into a language.
//
// A service method authorises its actor, loads, changes, validates, and saves with its audit row and notices in one transaction.
// Instants are UTC inside; days are calendar.Date in the province's zone (Rules.Location).
package tasks
