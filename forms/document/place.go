package document

import (
	"fmt"
	"strings"
)

// Place returns where the value of a request's member stands in the file: line and
// column from 1, the column in characters. The member is named by its path in the
// request, such as resourceConfig.additionalAuthTypes[1].mode, whatever the file's
// own spelling. One that is missing has the place of the object that lacks it; false
// if that is not in the file either.
func (d *Document) Place(member string) (line, column int, ok bool) {
	if d.Format.Shape >= CLIInputs && member == "resourceName" { // which is the name of the API there
		member = "resourceConfig.apiName"
	}
	at, rest := d.root, member
	if inner, found := strings.CutPrefix(member, "resourceConfig."); found {
		at, rest = d.config, inner
	}
	if at == nil {
		return 0, 0, false
	}
	steps := strings.Split(rest, ".")
	for i, step := range steps {
		next := at.step(step)
		if next.unset() {
			if i == 0 { // the whole of what it is about is missing
				return 0, 0, false
			}
			break
		}
		at = next
	}
	line, column = position(d.source, at.start)
	return line, column, true
}

// step returns the value that a step of a path leads to: "name" or "name[index]",
// nil for none.
func (n *node) step(step string) *node {
	name, index, listed := strings.Cut(step, "[")
	next := n.member(name)
	if !listed || next == nil {
		return next
	}
	var i int
	if _, err := fmt.Sscanf(index, "%d]", &i); err != nil {
		return nil
	}
	for _, it := range next.items {
		switch {
		case it.value.leftover:
		case i == 0:
			return it.value
		default:
			i--
		}
	}
	return nil
}
