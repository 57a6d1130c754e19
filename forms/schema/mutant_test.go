package schema_test

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// A mutant is a base schema with one mistake made on purpose.
type mutant struct {
	id       int
	base     string
	text     string
	kind     string
	line     int      // of the base on which the mistake was made, from 1
	mentions []string // names that the mistake took away or changed
	config   baseConfig
}

// hash tells whether a mutant is still the one whose verdict was recorded.
func (m mutant) hash() string {
	h := fnv.New32a()
	h.Write([]byte(m.config.String() + "\n" + m.text))
	return fmt.Sprintf("%08x", h.Sum32())
}

// mutants makes n mutants of the bases. The same seed makes the same mutants.
func mutants(bases []base, seed uint64, n int) []mutant {
	r := rand.New(rand.NewPCG(seed, 20240601))
	var out []mutant
	for len(out) < n {
		b := bases[r.IntN(len(bases))]
		e := &editor{rand: r, text: b.text, tokens: tokenize(b.text), config: b.config}
		kind := mutations[r.IntN(len(mutations))]
		if !kind.apply(e) || !utf8.ValidString(e.text) || e.text == b.text && e.config.String() == b.config.String() {
			continue
		}
		out = append(out, mutant{len(out), b.name, e.text, kind.name, e.line, e.mentions, e.config})
	}
	return out
}

// token is a piece of schema text that is no space, comma or comment.
type token struct {
	start, end int
	line       int
}

// tokenize splits schema text roughly: good enough to make mistakes in it.
func tokenize(text string) []token {
	var out []token
	line := 1
	for i := 0; i < len(text); {
		start := i
		switch c := text[i]; {
		case c == '\n':
			line++
			i++
			continue
		case strings.IndexByte(" \t\r,", c) >= 0:
			i++
			continue
		case c == '#':
			for i < len(text) && text[i] != '\n' {
				i++
			}
			continue
		case strings.HasPrefix(text[i:], `"""`):
			if i += 3; !strings.Contains(text[i:], `"""`) {
				i = len(text)
			} else {
				i += strings.Index(text[i:], `"""`) + 3
			}
		case c == '"':
			for i++; i < len(text) && text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
			i++
		case isWord(c):
			for i < len(text) && isWord(text[i]) {
				i++
			}
		default:
			i++
		}
		i = min(i, len(text))
		out = append(out, token{start, i, line})
		line += strings.Count(text[start:i], "\n")
	}
	return out
}

func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// editor makes one mistake in a text.
type editor struct {
	rand     *rand.Rand
	text     string
	tokens   []token
	line     int
	mentions []string
	config   baseConfig
	depths   map[string][]int // open brackets before each token
}

func (e *editor) word(i int) string {
	if i < 0 || i >= len(e.tokens) {
		return ""
	}
	return e.text[e.tokens[i].start:e.tokens[i].end]
}

// find picks one of the tokens that fit, or -1.
func (e *editor) find(fits func(i int) bool) int {
	var found []int
	for i := range e.tokens {
		if fits(i) {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		return -1
	}
	return found[e.rand.IntN(len(found))]
}

// replace puts text in place of the tokens from one to another, the last
// excluded, and remembers where.
func (e *editor) replace(from, to int, with string) bool {
	if from < 0 {
		return false
	}
	start, end := e.tokens[from].start, e.tokens[to-1].end
	e.line = e.tokens[from].line
	for i := from; i < to; i++ {
		if w := strings.Trim(e.word(i), `"`); w != "" && isWord(w[0]) {
			e.mentions = append(e.mentions, w)
		}
	}
	for _, t := range tokenize(with) {
		if w := strings.Trim(with[t.start:t.end], `"`); w != "" && isWord(w[0]) {
			e.mentions = append(e.mentions, w)
		}
	}
	e.text = e.text[:start] + with + e.text[end:]
	return true
}

func (e *editor) pick(list []string) string { return list[e.rand.IntN(len(list))] }

func (e *editor) isName(i int) bool {
	w := e.word(i)
	return w != "" && isWord(w[0]) && (w[0] < '0' || w[0] > '9')
}

// isField reports whether a token names a field where it is defined.
func (e *editor) isField(i int) bool {
	return e.isName(i) && e.word(i+1) == ":" && e.depth(i, "(") == 0 && e.depth(i, "{") == 1
}

// isType reports whether a token is the name of a type that a field has.
func (e *editor) isType(i int) bool {
	if !e.isName(i) || e.depth(i, "(") > 0 && !strings.Contains("!])", e.word(i+1)) {
		return false
	}
	j := i - 1
	for e.word(j) == "[" {
		j--
	}
	return e.word(j) == ":" && e.isField(j-1)
}

// depth counts the brackets that are open before a token.
func (e *editor) depth(i int, open string) int {
	if e.depths == nil {
		e.depths = make(map[string][]int)
	}
	if e.depths[open] == nil {
		closing := map[string]string{"(": ")", "{": "}"}[open]
		depths := make([]int, len(e.tokens)+1)
		for j := range e.tokens {
			depths[j+1] = depths[j]
			switch e.word(j) {
			case open:
				depths[j+1]++
			case closing:
				depths[j+1]--
			}
		}
		e.depths[open] = depths
	}
	return e.depths[open][min(i, len(e.tokens))]
}

// directiveEnd is the token after a directive that begins at i.
func (e *editor) directiveEnd(i int) int {
	if e.word(i+2) != "(" {
		return i + 2
	}
	return e.closing(i+2) + 1
}

// closing is the token that closes the bracket at i.
func (e *editor) closing(i int) int {
	n := 0
	for j := i; j < len(e.tokens); j++ {
		switch e.word(j) {
		case "(", "[", "{":
			n++
		case ")", "]", "}":
			if n--; n == 0 {
				return j
			}
		}
	}
	return len(e.tokens) - 1
}

// valueEnd is the token after the value that begins at i.
func (e *editor) valueEnd(i int) int {
	if w := e.word(i); w == "[" || w == "{" {
		return e.closing(i) + 1
	}
	return i + 1
}

// typeNames lists the types that the text defines.
func (e *editor) typeNames() []string {
	var out []string
	for i := range e.tokens {
		if isKeyword(e.word(i)) && e.depth(i, "{") == 0 && e.isName(i+1) {
			out = append(out, e.word(i+1))
		}
	}
	return out
}

func isKeyword(w string) bool {
	switch w {
	case "type", "input", "enum", "interface", "union", "scalar":
		return true
	}
	return false
}

// fields lists the names of fields in the text.
func (e *editor) fields() []string {
	var out []string
	for i := range e.tokens {
		if e.isField(i) {
			out = append(out, e.word(i))
		}
	}
	return out
}

// misspell changes one letter of a name.
func (e *editor) misspell(w string) string {
	i := e.rand.IntN(len(w))
	switch e.rand.IntN(4) {
	case 0:
		return w[:i] + w[i+1:] + "x"
	case 1:
		return w + "s"
	case 2:
		return w[:i] + strings.ToUpper(w[i:i+1]) + w[i+1:] + "Q"
	}
	return w[:i] + "z" + w[i:]
}
