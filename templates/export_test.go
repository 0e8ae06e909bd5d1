package templates

// What tests outside the package need: the embedded files, and others laid over them.
var (
	LoadFiles = load
	With      = with
	Embedded  = embedded
)
