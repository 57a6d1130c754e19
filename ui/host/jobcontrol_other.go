//go:build !unix

package host

// JobControl reports whether this process can be suspended and come back: there is no
// such thing here.
func JobControl() bool { return false }
