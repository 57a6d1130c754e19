package host

// family is what job control depends on: the process, the leader of its group, and its
// parent, by their process group and session.
type family struct {
	group, session             int // of this process
	parentGroup, parentSession int
}

// controlled reports whether somebody would notice that the process is suspended, and
// could let it go on. Without that a suspended program is frozen for ever: as the
// command of a terminal multiplexer's pane it has nobody above it in its session.
//
// A shell with job control gives each job a process group of its own. So either the
// parent is such a shell, in the same session and another group; or it belongs to the
// same job, as a script does, and the group's leader was started by such a shell unless
// it leads the session.
func (f family) controlled() bool {
	switch {
	case f.parentSession != f.session:
		return false
	case f.parentGroup != f.group:
		return true
	}
	return f.group != f.session
}
