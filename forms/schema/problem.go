package schema

import (
	"fmt"

	"github.com/vektah/gqlparser/v2/ast"
)

// Severity says how much a problem matters.
type Severity int

const (
	// Error: the transformer rejects the schema, so a job with it fails.
	Error Severity = iota
	// Warning: the transformer accepts the schema, and something is refused
	// or does not work later.
	Warning
	// Info: good to know, nothing to do.
	Info
)

// String is "error", "warning" or "info".
func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	case Info:
		return "info"
	}
	return fmt.Sprintf("Severity(%d)", int(s))
}

// A Problem is one thing that a rule found in a schema.
type Problem struct {
	// File names the file, as in [File.Name].
	File string
	// Line and Column count from 1, lines within the file, columns in
	// characters. Length is the number of characters concerned, at least 1,
	// all of them on the line.
	Line, Column, Length int
	// TextLine is the line within [Source.Text].
	TextLine int
	// Rule is the code of the rule: see [Rules].
	Rule     string
	Severity Severity
	// Message is a sentence without a period at its end.
	Message string
	// Fix is a way out that lies outside the schema.
	Fix Fix
}

// String is the form compilers use: file:line:column: severity: message [rule].
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d:%d: %s: %s [%s]", shown(p.File), p.Line, p.Column, p.Severity, p.Message, p.Rule)
}

// A Fix is a change to the configuration that makes a problem go away. The
// zero value means that there is none.
type Fix struct {
	// AddMode is an authorization mode to add to the additional ones.
	AddMode Mode
}

// Errors counts the problems that are errors.
func Errors(problems []Problem) int {
	n := 0
	for _, p := range problems {
		if p.Severity == Error {
			n++
		}
	}
	return n
}

// problem places a message. The place is given in lines of the joined text and
// is moved inside it, so that every problem can be shown.
func (s *Source) problem(line, column, length int, code string, severity Severity, message string) Problem {
	line = max(1, min(line, len(s.lines)))
	width := len(s.characters(line))
	column = max(1, min(column, width+1))
	length = max(1, min(length, width-column+1))
	file, fileLine := s.Locate(line)
	return Problem{
		File: file, Line: fileLine, Column: column, Length: length, TextLine: line,
		Rule: code, Severity: severity, Message: message,
	}
}

// problemAt places a message at a token of the tree, or at the beginning of
// the text. The parser counts the column of text in quotes from behind the
// first quote, and the message belongs before it.
func (s *Source) problemAt(at *ast.Position, code string, severity Severity, message string) Problem {
	if at == nil {
		return s.problem(1, 1, 1, code, severity, message)
	}
	column := at.Column
	if line := s.characters(at.Line); column >= 2 && column-2 < len(line) && line[column-2] == '"' {
		column--
	}
	return s.problem(at.Line, column, at.End-at.Start, code, severity, message)
}
