// Package notify turns notices into mails and sees that they arrive: who is told, when, and what. Jobs write the notices that a
// day asks for; a Composer renders one mail a person and window and stores its bytes; a Deliverer sends what waits. RunDue, which a
// ticker calls each minute and the demo's clock at each step, runs the jobs and composes.
//
// Two clocks are handed in: business (due days, holds, expiry, the Date header) and system (leases, back-off).
package notify
