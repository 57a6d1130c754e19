package widget_test

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"
	"pgregory.net/rapid"

	"ampedit/client/sanitize"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

var colour = style.New(termenv.ANSI)

// newDiff compares texts that are drawn as they are.
func newDiff(old, wanted string) *widget.Diff { return widget.NewDiff(old, wanted, sanitize.Verbatim) }

func joined(lines []sanitize.Text) string { return string(sanitize.Join(lines, "\n")) }

// numbers writes n lines that are all different.
func numbers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "line%d\n", i+1)
	}
	return b.String()
}

func TestUnifiedDiff(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"a word", "{\n  \"days\": 7,\n}\n", "{\n  \"days\": 30,\n}\n", ` 1   {
 2 -   "days": [-7-],
 2 +   "days": {+30+},
 3   }`},
		{"added", "a\nb\n", "a\nx\nb\n", " 1   a\n 2 + x\n 3   b"},
		{"removed", "a\nx\nb\n", "a\nb\n", " 1   a\n 2 - x\n 2   b"},
		{"from nothing", "", "a\n", " 1 + a"},
		{"to nothing", "a\n", "", " 1 - a"},
		{"a line before one that changes", "  title: String\n", "  body: String\n  title: String!\n",
			" 1 +   body: String\n 1 -   title: String\n 2 +   title: String{+!+}"},
		{"lines that have nothing in common", "id: ID!\n", "\"text\"\n", " 1 - id: ID!\n 1 + \"text\""},
		{"brackets", "    }\n", "  },\n", " 1 -     }\n 1 +   },"},
		{"indentation", "  id: ID!\n", "    id: ID!\n", " 1 - [-  -]id: ID!\n 1 + {+    +}id: ID!"},
		{"several words", "allow public read only\n", "allow a new owner read only\n",
			" 1 - allow [-public-] read only\n 1 + allow {+a new owner+} read only"},
		{"tab", "a\tb\n", "a  b\n", " 1 - a  b\n 1 + a  b\n     (only tabs, line ends or control characters differ)"},
		{"no newline any more", "a\n", "a", " 1 - a\n 1 + a\n     (the newline at the end goes)"},
		{"a newline now", "a", "a\n", " 1 - a\n 1 + a\n     (a newline at the end comes)"},
		{"six equal lines", "x\n" + numbers(6) + "y\n", numbers(6),
			" 1 - x\n 1   line1\n 2   line2\n 3   line3\n 4   line4\n 5   line5\n 6   line6\n 8 - y"},
		{"seven equal lines", "x\n" + numbers(7) + "y\n", numbers(7),
			" 1 - x\n 1   line1\n 2   line2\n 3   line3\n     … 1 equal line\n 5   line5\n 6   line6\n 7   line7\n 9 - y"},
		{"many equal lines", numbers(40) + "x\n" + numbers(40), numbers(40) + "y\n" + numbers(40),
			"      … 37 equal lines\n 38   line38\n 39   line39\n 40   line40\n 41 - x\n 41 + y\n 42   line1\n 43   line2\n 44   line3\n      … 37 equal lines"},
		{"the block that goes on", "type Post {\n" + strings.Repeat("  a\n", 8) + "}\n", "type Post {\n" + strings.Repeat("  a\n", 8) + "  b\n}\n",
			"      … 6 equal lines  type Post {\n  7     a\n  8     a\n  9     a\n 10 +   b\n 11   }"},
		{"a wide text", "a\n", strings.Repeat("日本", 20) + "\n", " 1 - a\n 1 + " + strings.Repeat("日本", 13) + "日\n   + 本" + strings.Repeat("日本", 6)},
		{"escape sequences", "a\x1b[31m\n", "a\u202eb\n", " 1 - a\n 1 + ab"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := joined(newDiff(c.old, c.new).Lines(plain, 60))
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestDiffBesideEachOther(t *testing.T) {
	old := "type Post {\n  id: ID!\n  title: String\n  gone: Int\n}\n"
	wanted := "type Post {\n  id: ID!\n  title: String!\n}\n" + strings.Repeat("日", 40) + "\n"
	got := newDiff(old, wanted).Lines(plain, widget.BesideWidth)
	left, right := 58, sanitize.Text(" │ ")
	want := []sanitize.Text{
		widget.Pad(" 1   type Post {", left) + right + " 1   type Post {",
		widget.Pad(" 2     id: ID!", left) + right + " 2     id: ID!",
		widget.Pad(" 3 -   title: String", left) + right + " 3 +   title: String{+!+}",
		widget.Pad(" 4 -   gone: Int", left) + right,
		widget.Pad(" 5   }", left) + right + " 4   }",
		widget.Pad("", left) + right + " 5 + " + widget.Repeat("日", 26),
		widget.Pad("", left) + right + "   + " + widget.Repeat("日", 14),
	}
	if joined(got) != joined(want) {
		t.Errorf("got\n%s\nwant\n%s", joined(got), joined(want))
	}
}

func TestDiffOfOneTextTakesTheWholeWidth(t *testing.T) {
	line := strings.Repeat("x", 110)
	for _, d := range []*widget.Diff{newDiff("", line+"\n"), newDiff(line+"\n", "")} {
		if got := d.Lines(plain, widget.BesideWidth); len(got) != 1 || !strings.HasSuffix(string(got[0]), line) {
			t.Errorf("got %q", got)
		}
	}
}

func TestDiffInColour(t *testing.T) {
	got := joined(newDiff("days: 7\n", "days: 30\n").Lines(colour, 60))
	want := "\x1b[90m 1 \x1b[0m\x1b[31m-\x1b[0m \x1b[31mdays: \x1b[0m\x1b[7;31m7\x1b[0m\n" +
		"\x1b[90m 1 \x1b[0m\x1b[32m+\x1b[0m \x1b[32mdays: \x1b[0m\x1b[7;32m30\x1b[0m"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDiffWithoutSecrets(t *testing.T) {
	d := widget.NewDiff("\"a\": \"da2-abcdefghijklmnop\"\n", "\"a\": \"da2-ponmlkjihgfedcba\"\n", sanitize.Line)
	want := " 1 - \"a\": \"[redacted]\"\n 1 + \"a\": \"[redacted]\"\n     (only secrets differ, which are not shown here)"
	if got := joined(d.Lines(plain, 60)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestDiffCounts(t *testing.T) {
	d := newDiff("a\nb\nc\n", "a\nB\nc\nd\n")
	if d.Equal() || d.Added() != 2 || d.Removed() != 1 {
		t.Errorf("got equal %v, +%d −%d", d.Equal(), d.Added(), d.Removed())
	}
	if d := newDiff("a\n", "a\n"); !d.Equal() || d.Added() != 0 || d.Removed() != 0 {
		t.Errorf("got equal %v, +%d −%d", d.Equal(), d.Added(), d.Removed())
	}
}

// drawnLine finds what a line of a column shows: its number, if it begins here,
// its sign and its text.
func drawnLine(digits int) *regexp.Regexp {
	return regexp.MustCompile(fmt.Sprintf(`^ ([ 0-9]{%d}) ([-+ ]) (.*)$`, digits))
}

var foldedLines = regexp.MustCompile(`… ([0-9]+) equal lines?`)

// column puts the lines of one text together from what is drawn of them. Folded
// lines are taken from whole. In one column, equal lines have the new text's
// numbers.
func column(t *rapid.T, rows []string, not string, whole []string, line *regexp.Regexp) []string {
	var out []string
	for _, row := range rows {
		if fold := foldedLines.FindStringSubmatch(row); fold != nil {
			n, _ := strconv.Atoi(fold[1])
			out = append(out, whole[len(out):len(out)+n]...)
			continue
		}
		part := line.FindStringSubmatch(row)
		switch {
		case strings.TrimSpace(row) == "", part == nil && strings.HasPrefix(strings.TrimSpace(row), "("), part != nil && part[2] == not:
		case part == nil:
			t.Fatalf("%q is no line of a difference", row)
		case strings.TrimSpace(part[1]) == "":
			out[len(out)-1] += part[3]
		default:
			if number := strings.TrimSpace(part[1]); number != strconv.Itoa(len(out)+1) && (not != "+" || part[2] != " ") {
				t.Fatalf("%q has the number %s, not %d", row, number, len(out)+1)
			}
			out = append(out, part[3])
		}
	}
	return out
}

// texts draws two texts that have some lines in common.
func texts(t *rapid.T) (old, wanted []string) {
	line := rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"type", "Post", "id:", "日本", "e\u0301", "@model", "\"x\",", strings.Repeat("long", 30)}), 1, 4).Draw(t, "words")
		return strings.Join(words, " ")
	})
	stretch := rapid.SliceOfN(line, 0, 12)
	for range rapid.IntRange(1, 4).Draw(t, "parts") {
		same := stretch.Draw(t, "same")
		old = append(append(old, same...), stretch.Draw(t, "old")...)
		wanted = append(append(wanted, same...), stretch.Draw(t, "new")...)
	}
	return old, wanted
}

func TestDiffShowsBothTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		old, wanted := texts(t)
		d := newDiff(ended(old), ended(wanted))
		w := rapid.IntRange(24, 200).Draw(t, "w")
		rows := d.Lines(colour, w)
		left, right := make([]string, len(rows)), make([]string, len(rows))
		for i, row := range rows {
			if got := ansi.StringWidth(string(row)); got > w {
				t.Fatalf("%q takes %d cells of %d", row, got, w)
			}
			left[i], right[i] = ansi.Strip(string(row)), ansi.Strip(string(row))
			if before, after, ok := strings.Cut(left[i], " │ "); ok && w >= widget.BesideWidth {
				left[i], right[i] = strings.TrimRight(before, " "), after
			}
		}
		line := drawnLine(len(strconv.Itoa(max(len(old), len(wanted)))))
		gotOld, gotNew := column(t, left, "+", old, line), column(t, right, "-", wanted, line)
		// Spaces at the end of a piece cannot be told from those of the column.
		if without(gotOld, " ") != without(old, " ") || without(gotNew, " ") != without(wanted, " ") {
			t.Fatalf("drawn were\n%s\n", joined(rows))
		}
	})
}

func without(lines []string, part string) string {
	return strings.ReplaceAll(ended(lines), part, "")
}

func ended(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestDiffLosesNothingWithoutColour holds that what is drawn without colour is
// what is drawn with it, but for the marks.
func TestDiffLosesNothingWithoutColour(t *testing.T) {
	unmarked := strings.NewReplacer(" ", "", "-", "", "+", "", "[", "", "]", "", "{", "", "}", "")
	rapid.Check(t, func(t *rapid.T) {
		old, wanted := texts(t)
		d := newDiff(ended(old), ended(wanted))
		w := rapid.IntRange(24, 200).Draw(t, "w")
		rows := d.Lines(plain, w)
		for _, row := range rows {
			if ansi.StringWidth(string(row)) > w || strings.Contains(string(row), "\x1b") {
				t.Fatalf("%q is wider than %d or coloured", row, w)
			}
		}
		coloured := ansi.Strip(string(sanitize.Join(d.Lines(colour, w), "")))
		if w < widget.BesideWidth && unmarked.Replace(string(sanitize.Join(rows, ""))) != unmarked.Replace(coloured) {
			t.Fatalf("without colour:\n%s\nwith it:\n%s", joined(rows), coloured)
		}
	})
}

// TestCoarseDiff holds that texts too different to be searched are still shown
// whole, and that this is said.
func TestCoarseDiff(t *testing.T) {
	old, wanted := strings.Repeat("a\nb\n", 15_000), strings.Repeat("b\nc\n", 15_000)
	d := newDiff(old, wanted)
	lines := d.Lines(plain, 80)
	if d.Removed() != 30_000 || d.Added() != 30_000 || !strings.Contains(joined(lines[:2]), "too large") {
		t.Errorf("got +%d −%d under %q", d.Added(), d.Removed(), lines[:2])
	}
}

// largeSchema is a schema of about 1 MB; with every, each so-many-th type has a
// field of another type.
func largeSchema(every int) string {
	var b strings.Builder
	for i := range 5000 {
		kind := "String"
		if every > 0 && i%every == 0 {
			kind = "Int"
		}
		fmt.Fprintf(&b, "type Model%d @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n", i)
		for f := range 7 {
			fmt.Fprintf(&b, "  field%d: %s\n", f, kind)
		}
		b.WriteString("}\n\n")
	}
	return b.String()
}

func TestFarChangesOfALargeSchemaStayApart(t *testing.T) {
	d := newDiff(largeSchema(0), largeSchema(50))
	if d.Added() != 700 || d.Removed() != 700 {
		t.Errorf("700 lines were changed, but +%d −%d are shown", d.Added(), d.Removed())
	}
}

func BenchmarkDiff(b *testing.B) {
	old := largeSchema(0)
	for name, wanted := range map[string]string{
		"few": largeSchema(500), "every": largeSchema(1), "indented": strings.ReplaceAll(old, "  ", "    "),
		"other": strings.ToUpper(old), "empty": "", "repeated": strings.Repeat("}\n", len(old)/2),
		"one line": strings.ReplaceAll(old, "\n", " "),
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				newDiff(old, wanted)
			}
		})
		b.Run(name+" drawn", func(b *testing.B) {
			d := newDiff(old, wanted)
			for b.Loop() {
				d.Lines(colour, 130)
			}
		})
	}
}
