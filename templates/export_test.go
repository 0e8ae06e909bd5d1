package templates

// LoadWith lets tests outside the package lay files over the embedded ones.
var (
	LoadFiles = load
	With      = with
)
