package widget

import (
	"slices"

	"github.com/aymanbagabas/go-udiff/lcs"
)

const (
	// maxDepth bounds how often the search for lines that occur once is repeated
	// between those that were found.
	maxDepth = 8
	// maxStretch is the length up to which a stretch without such lines is
	// searched for equal lines at all.
	maxStretch = 20_000
)

// alignLines finds which lines of two texts are the same. Lines that occur once
// in both hold the texts together; what lies between is compared by a search
// whose depth is limited. coarse reports that a stretch was too long for it.
func alignLines(before, after []string) (edits []lcs.Diff, coarse bool) {
	ids := map[string]rune{}
	a := &aligner{old: numbered(before, ids), new: numbered(after, ids)}
	a.align(0, len(before), 0, len(after), maxDepth)
	return a.edits, a.coarse
}

// numbered gives equal lines equal numbers, so that they compare fast.
func numbered(lines []string, ids map[string]rune) []rune {
	out := make([]rune, len(lines))
	for i, l := range lines {
		id, known := ids[l]
		if !known {
			id = rune(len(ids))
			ids[l] = id
		}
		out[i] = id
	}
	return out
}

type aligner struct {
	old, new []rune
	edits    []lcs.Diff
	coarse   bool
}

// align compares the lines i to iEnd with the lines j to jEnd.
func (a *aligner) align(i, iEnd, j, jEnd, depth int) {
	for i < iEnd && j < jEnd && a.old[i] == a.new[j] {
		i, j = i+1, j+1
	}
	for i < iEnd && j < jEnd && a.old[iEnd-1] == a.new[jEnd-1] {
		iEnd, jEnd = iEnd-1, jEnd-1
	}
	if i == iEnd || j == jEnd {
		a.add(i, iEnd, j, jEnd)
		return
	}
	var anchors []anchor
	if depth > 0 {
		anchors = longestRising(a.unique(i, iEnd, j, jEnd))
	}
	if len(anchors) == 0 {
		a.search(i, iEnd, j, jEnd)
		return
	}
	for _, at := range anchors {
		a.align(i, at.old, j, at.new, depth-1)
		i, j = at.old+1, at.new+1
	}
	a.align(i, iEnd, j, jEnd, depth-1)
}

func (a *aligner) add(i, iEnd, j, jEnd int) {
	if i < iEnd || j < jEnd {
		a.edits = append(a.edits, lcs.Diff{Start: i, End: iEnd, ReplStart: j, ReplEnd: jEnd})
	}
}

func (a *aligner) search(i, iEnd, j, jEnd int) {
	if min(iEnd-i, jEnd-j) > maxStretch {
		a.coarse = true
		a.add(i, iEnd, j, jEnd)
		return
	}
	for _, e := range lcs.DiffRunes(a.old[i:iEnd], a.new[j:jEnd]) {
		a.add(i+e.Start, i+e.End, j+e.ReplStart, j+e.ReplEnd)
	}
}

// anchor is a line that both texts have, and each just once.
type anchor struct{ old, new int }

// unique returns the anchors between the given lines, in the order of the old
// text.
func (a *aligner) unique(i, iEnd, j, jEnd int) []anchor {
	type count struct{ old, new, at int }
	counts := make(map[rune]count, jEnd-j)
	for k := j; k < jEnd; k++ {
		c := counts[a.new[k]]
		counts[a.new[k]] = count{0, c.new + 1, k}
	}
	for k := i; k < iEnd; k++ {
		if c, ok := counts[a.old[k]]; ok {
			c.old++
			counts[a.old[k]] = c
		}
	}
	var out []anchor
	for k := i; k < iEnd; k++ {
		if c := counts[a.old[k]]; c.old == 1 && c.new == 1 {
			out = append(out, anchor{k, c.at})
		}
	}
	return out
}

// longestRising returns the most anchors whose places rise in both texts.
func longestRising(all []anchor) []anchor {
	var ends []int // ends[n] ends the rising run of n+1 anchors whose last place is lowest
	before := make([]int, len(all))
	for i, at := range all {
		n, _ := slices.BinarySearchFunc(ends, at.new, func(end, place int) int { return all[end].new - place })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		}
		ends[n] = i
	}
	out := make([]anchor, len(ends))
	if len(ends) == 0 {
		return out
	}
	for i, n := ends[len(ends)-1], len(ends)-1; n >= 0; i, n = before[i], n-1 {
		out[n] = all[i]
	}
	return out
}
