package uitest

// What a terminal sends for the keys that are not letters.
const (
	Enter    = "\r"
	Tab      = "\t"
	ShiftTab = "\x1b[Z"
	Esc      = "\x1b"
	Up       = "\x1b[A"
	Down     = "\x1b[B"
	Right    = "\x1b[C"
	Left     = "\x1b[D"
	CtrlC    = "\x03"
	CtrlN    = "\x0e"
	CtrlP    = "\x10"
	CtrlS    = "\x13"
	CtrlU    = "\x15"
)
