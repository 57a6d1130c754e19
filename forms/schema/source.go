package schema

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"sort"
	"strings"
)

// A Source is the text of a schema, from one file or several, together with
// the places its lines came from. Text is what a request carries, byte for
// byte: files are joined in the order of [Source.Files], each beginning on a
// line of its own. The one thing removed is a byte order mark at the start of
// a file, which marks the encoding and is not text.
type Source struct {
	text  string
	files []File
	lines []int // byte offset at which each line of text begins
	// wide holds the characters of lines so long that counting them for each
	// problem would take too long.
	wide map[int][]rune
}

// wideLine is the number of bytes from which a line is kept in Source.wide.
const wideLine = 4096

// A File is one file that was found while a schema was loaded.
type File struct {
	// Name is the path by which the file can be opened again, or a label such
	// as "standard input" for text that has no file.
	Name string
	// Ignored says why the file is no part of the text. It is empty for the
	// files that are.
	Ignored string

	firstLine int // line of the joined text on which the file begins, from 1
	lineCount int
}

// NewSource wraps text that is already at hand, such as the deployed schema.
// The name labels its positions. It fails as [Load] does, when the text is
// larger than [MaxSize] or is not UTF-8.
func NewSource(name, text string) (*Source, error) {
	clean, err := decode(name, []byte(text))
	if err != nil {
		return nil, err
	}
	return join([]part{{name: name, text: clean}}, nil), nil
}

// part is the decoded text of one file.
type part struct{ name, text string }

// join lays the parts one after the other and notes where each begins.
func join(parts []part, ignored []File) *Source {
	s := &Source{}
	var text strings.Builder
	for i, p := range parts {
		text.WriteString(p.text)
		// Without the line break the last line of one file and the first of
		// the next would be one line, of two files.
		if i < len(parts)-1 && !strings.HasSuffix(p.text, "\n") {
			text.WriteByte('\n')
		}
	}
	s.text = text.String()
	s.lines = lineStarts(s.text)
	offset := 0
	for _, p := range parts {
		first := s.lineAt(offset)
		offset += len(p.text)
		if offset < len(s.text) && !strings.HasSuffix(p.text, "\n") {
			offset++
		}
		s.files = append(s.files, File{Name: p.name, firstLine: first})
	}
	for i := range s.files {
		end := len(s.lines) + 1
		if i+1 < len(s.files) {
			end = s.files[i+1].firstLine
		}
		s.files[i].lineCount = end - s.files[i].firstLine
	}
	s.files = append(s.files, ignored...)
	s.wide = make(map[int][]rune)
	for line := 1; line <= len(s.lines); line++ {
		if text := s.Line(line); len(text) >= wideLine {
			s.wide[line] = []rune(text)
		}
	}
	return s
}

// Text is the schema exactly as it is sent.
func (s *Source) Text() string { return s.text }

// SHA256 is the hash of [Source.Text] in hexadecimal.
func (s *Source) SHA256() string {
	sum := sha256.Sum256([]byte(s.text))
	return hex.EncodeToString(sum[:])
}

// Files lists what was found: first the files of the text, in their order,
// then those that were ignored, each with the reason.
func (s *Source) Files() []File { return append([]File(nil), s.files...) }

// LineCount is the number of lines of the joined text.
func (s *Source) LineCount() int { return len(s.lines) }

// Line is one line of the joined text, counted from 1, without its line
// break. It is empty when there is no such line.
func (s *Source) Line(number int) string {
	if number < 1 || number > len(s.lines) {
		return ""
	}
	end := len(s.text)
	if number < len(s.lines) {
		end = s.lines[number]
	}
	return strings.TrimRight(s.text[s.lines[number-1]:end], "\r\n")
}

// Locate finds the file that a line of the joined text belongs to, and the
// line within that file. Both count from 1. Lines outside the text are moved
// to its nearest end.
func (s *Source) Locate(line int) (file string, fileLine int) {
	line = max(1, min(line, len(s.lines)))
	i := s.fileOf(line)
	if i < 0 {
		return "", line
	}
	return s.files[i].Name, line - s.files[i].firstLine + 1
}

// TextLine is the reverse of [Source.Locate]: the line of the joined text that
// holds a line of a file, or 0 when the file has no such line.
func (s *Source) TextLine(file string, fileLine int) int {
	for _, f := range s.files {
		if f.Ignored == "" && f.Name == file && fileLine >= 1 && fileLine <= f.lineCount {
			return f.firstLine + fileLine - 1
		}
	}
	return 0
}

// fileOf is the index of the file that holds a line, or -1.
func (s *Source) fileOf(line int) int {
	included := sort.Search(len(s.files), func(i int) bool {
		return s.files[i].Ignored != "" || s.files[i].firstLine > line
	})
	// An empty file begins on the line of the next one: take the one before
	// only when the line is inside it.
	return included - 1
}

// lineAt is the line that holds a byte offset, from 1.
func (s *Source) lineAt(offset int) int {
	return sort.SearchInts(s.lines, offset+1)
}

// characters are those of a line of the joined text.
func (s *Source) characters(line int) []rune {
	if wide, ok := s.wide[line]; ok {
		return wide
	}
	return []rune(s.Line(line))
}

// lineStarts finds where lines begin. As in the GraphQL grammar a line ends
// with LF, CR or both.
func lineStarts(text string) []int {
	starts := []int{0}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\n':
			starts = append(starts, i+1)
		case '\r':
			if i+1 < len(text) && text[i+1] == '\n' {
				i++
			}
			starts = append(starts, i+1)
		}
	}
	return starts
}

// isSchemaFile reports whether the name ends like a GraphQL file.
func isSchemaFile(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".graphql", ".gql":
		return true
	}
	return false
}
