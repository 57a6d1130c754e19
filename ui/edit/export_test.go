package edit

// For tests of what is typed on every system.
var (
	ExpandPathOn  = expandPath
	ShownPathOn   = shownPath
	SplitTypedOn  = splitTyped
	SeparatorOfOn = separatorOf
)
