package widget

import (
	"unicode"
	"unicode/utf8"

	"github.com/aymanbagabas/go-udiff/lcs"

	"ampedit/client/sanitize"
)

const (
	// pairBudget bounds how many pairs of lines are compared in one Diff to find
	// out which line was changed into which, and how.
	pairBudget = 20_000
	// maxWords is the length up to which a line is compared word by word.
	maxWords = 300
)

// mark is a part of a line, in bytes.
type mark struct{ from, to int }

// word is a run of letters and digits, one of white space, or any other
// character.
type word struct {
	text  string
	from  int
	blank bool
}

func splitWords(line string) []word {
	var words []word
	class := func(r rune) int {
		switch {
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			return 1
		case unicode.IsSpace(r):
			return 2
		}
		return 0
	}
	last := 0
	for i, r := range line {
		c := class(r)
		if c == 0 || c != last {
			words = append(words, word{from: i, blank: c == 2})
		}
		w := &words[len(words)-1]
		w.text = line[w.from : i+utf8.RuneLen(r)]
		last = c
	}
	return words
}

// pairer finds which lines of an edit were changed into which.
type pairer struct {
	d      *Diff
	budget int
}

// rows returns the rows of an edit: pairs of lines that resemble each other, and
// the others on their own. What the budget has no room for is paired line by line
// if that comes out even, and has no marks.
func (p *pairer) rows(e lcs.Diff) []diffRow {
	n, m := e.End-e.Start, e.ReplEnd-e.ReplStart
	if n*m > p.budget {
		pairs := make([]anchor, 0, n)
		for i := 0; n == m && i < n; i++ {
			pairs = append(pairs, anchor{e.Start + i, e.ReplStart + i})
		}
		return editRows(e, pairs)
	}
	p.budget -= n * m
	rows := editRows(e, p.pairs(e))
	for i := range rows {
		if r := &rows[i]; r.changed {
			r.oldMarks, r.newMarks = markWords(p.d.old[r.old], p.d.new[r.new])
		}
	}
	return rows
}

func editRows(e lcs.Diff, pairs []anchor) []diffRow {
	rows := make([]diffRow, 0, e.End-e.Start+e.ReplEnd-e.ReplStart-len(pairs))
	i, j := e.Start, e.ReplStart
	alone := func(iEnd, jEnd int) {
		for ; i < iEnd; i++ {
			rows = append(rows, diffRow{old: i, new: -1})
		}
		for ; j < jEnd; j++ {
			rows = append(rows, diffRow{old: -1, new: j})
		}
	}
	for _, pair := range pairs {
		alone(pair.old, pair.new)
		rows = append(rows, diffRow{old: i, new: j, changed: true})
		i, j = i+1, j+1
	}
	alone(e.End, e.ReplEnd)
	return rows
}

// pairs returns the pairs of lines that together resemble each other most, in
// order.
func (p *pairer) pairs(e lcs.Diff) []anchor {
	n, m := e.End-e.Start, e.ReplEnd-e.ReplStart
	old, wanted := wordsOf(p.d.old[e.Start:e.End]), wordsOf(p.d.new[e.ReplStart:e.ReplEnd])
	like := make([]float64, n*m)
	best := make([]float64, (n+1)*(m+1)) // of the lines from i and j on
	for i := n - 1; i >= 0; i-- {
		for j := m - 1; j >= 0; j-- {
			like[i*m+j] = likeness(old[i], wanted[j])
			best[i*(m+1)+j] = max(best[(i+1)*(m+1)+j], best[i*(m+1)+j+1], best[(i+1)*(m+1)+j+1]+like[i*m+j])
		}
	}
	var pairs []anchor
	for i, j := 0, 0; i < n && j < m; {
		switch here := best[i*(m+1)+j]; {
		case like[i*m+j] > 0 && here == best[(i+1)*(m+1)+j+1]+like[i*m+j]:
			pairs = append(pairs, anchor{e.Start + i, e.ReplStart + j})
			i, j = i+1, j+1
		case here == best[(i+1)*(m+1)+j]:
			i++
		default:
			j++
		}
	}
	return pairs
}

func wordsOf(lines []sanitize.Text) [][]word {
	out := make([][]word, len(lines))
	for i, l := range lines {
		out[i] = splitWords(string(l))
	}
	return out
}

// likeness says how much two lines have in common, from 0, meaning that they are
// no pair, to 2. Lines whose first word is the same, such as the name of a member
// or a field, always are one; lines without a word, such as brackets, never.
func likeness(a, b []word) float64 {
	if len(a) > maxWords || len(b) > maxWords {
		return 0
	}
	counts := make(map[string]int, len(a))
	total, common := 0, 0
	for _, w := range a {
		if !w.blank {
			counts[w.text]++
			total += len(w.text)
		}
	}
	for _, w := range b {
		if w.blank {
			continue
		}
		total += len(w.text)
		if counts[w.text] > 0 {
			counts[w.text]--
			common += 2 * len(w.text)
		}
	}
	like := float64(common) / float64(total)
	switch first, second := firstWord(a), firstWord(b); {
	case first == "" || second == "" || first != second && like < 0.5:
		return 0
	case first == second:
		return 1 + like
	}
	return like
}

// firstWord returns the first word of letters.
func firstWord(words []word) string {
	for _, w := range words {
		if r := []rune(w.text)[0]; r == '_' || unicode.IsLetter(r) {
			return w.text
		}
	}
	return ""
}

// markWords returns the parts of two lines that differ.
func markWords(old, wanted sanitize.Text) (oldMarks, newMarks []mark) {
	before, after := splitWords(string(old)), splitWords(string(wanted))
	ids := map[string]rune{}
	for _, e := range lcs.DiffRunes(numberedWords(before, ids), numberedWords(after, ids)) {
		oldMarks = addMark(oldMarks, old, before, e.Start, e.End)
		newMarks = addMark(newMarks, wanted, after, e.ReplStart, e.ReplEnd)
	}
	return oldMarks, newMarks
}

func numberedWords(words []word, ids map[string]rune) []rune {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.text
	}
	return numbered(texts, ids)
}

// addMark adds the words from and before to. Marks with nothing but white space
// between them become one.
func addMark(marks []mark, line sanitize.Text, words []word, from, to int) []mark {
	if from == to {
		return marks
	}
	end := len(line)
	if to < len(words) {
		end = words[to].from
	}
	if n := len(marks); n > 0 && from > 0 && words[from-1].blank && marks[n-1].to == words[from-1].from {
		marks[n-1].to = end
		return marks
	}
	return append(marks, mark{words[from].from, end})
}
