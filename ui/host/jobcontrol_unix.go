//go:build unix

package host

import (
	"os"

	"golang.org/x/sys/unix"
)

// JobControl reports whether this process can be suspended and come back.
func JobControl() bool {
	var f family
	var errs [4]error
	f.group, errs[0] = unix.Getpgid(0)
	f.session, errs[1] = unix.Getsid(0)
	f.parentGroup, errs[2] = unix.Getpgid(os.Getppid())
	f.parentSession, errs[3] = unix.Getsid(os.Getppid())
	for _, err := range errs {
		if err != nil { // the parent may be another user's, or be gone
			return false
		}
	}
	return f.controlled()
}
