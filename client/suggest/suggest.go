// Package suggest finds what a mistyped name was meant to be, for all that people
// type or write into files.
package suggest

import "strings"

// DidYouMean is the end of a sentence that offers the nearest of the known names,
// "; did you mean X?", or "" when none is near.
func DidYouMean(word string, known []string) string {
	if best := Nearest(word, known); best != "" {
		return "; did you mean " + best + "?"
	}
	return ""
}

// Nearest returns the known name with the smallest edit distance from the word, as
// long as the two are alike, else "". Names that differ only in case come first; the
// word itself is not offered.
func Nearest(word string, known []string) string {
	best, bestDistance := "", len(word)*2/5+2
	lower := strings.ToLower(word)
	for _, k := range known {
		if k == word {
			continue
		}
		if strings.ToLower(k) == lower {
			return k
		}
		if difference := len(k) - len(word); difference >= bestDistance || -difference >= bestDistance {
			continue
		}
		if d := editDistance(lower, strings.ToLower(k), bestDistance); d < bestDistance {
			best, bestDistance = k, d
		}
	}
	return best
}

// editDistance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b. It gives up at the limit.
func editDistance(a, b string, limit int) int {
	before, previous, current := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		current[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(previous[j]+1, current[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			current[j] = d
			least = min(least, d)
		}
		if least >= limit {
			return limit
		}
		before, previous, current = previous, current, before
	}
	return previous[len(b)]
}
