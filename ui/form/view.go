package form

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ampedit/forms"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// labelWidth is the width of the column of labels, the space after it included.
const labelWidth = 18

// View draws the form on exactly the lines it was given. The focused field is
// always in sight, with its note and its problem.
func (f *Form) View() string {
	lines, from, to := f.lines()
	return widget.Fit(f.scroll(lines, from, to), f.w, f.h)
}

// Height returns how many lines the whole form takes at its width.
func (f *Form) Height() int {
	lines, _, _ := f.lines()
	return len(lines)
}

// lines draws the whole form, and says which lines have the focus.
func (f *Form) lines() (lines []string, from, to int) {
	fields := f.Fields()
	for i, field := range fields {
		if i > 0 && f.roomy(len(fields)) {
			lines = append(lines, "")
		}
		start := len(lines)
		focused := f.focused && i == f.focus
		lines = append(lines, f.fieldLines(field, focused)...)
		if focused {
			from, to = start, len(lines)
		}
	}
	if len(f.buttons) > 0 {
		if len(fields) > 0 {
			lines = append(lines, "")
		}
		if f.Button() != "" {
			from, to = len(lines), len(lines)+1
		}
		lines = append(lines, f.buttonLine())
	}
	return lines, from, to
}

// roomy reports whether fields may stand apart.
func (f *Form) roomy(fields int) bool { return f.h >= fields*3+2 }

// scroll moves the view only as far as the focused lines need.
func (f *Form) scroll(lines []string, from, to int) []string {
	if to-f.top > f.h {
		f.top = to - f.h
	}
	if from < f.top {
		f.top = from
	}
	f.top = max(0, min(f.top, len(lines)-f.h))
	return lines[f.top:]
}

func (f *Form) buttonLine() string {
	line := ""
	for _, b := range f.buttons {
		line += " " + widget.Button(f.styles, b, b == f.Button())
	}
	return line
}

func (f *Form) fieldLines(field forms.Field, focused bool) []string {
	ref := f.at(field.Key)
	label := widget.Pad(field.Label, labelWidth-2) + " "
	width := max(f.w-labelWidth-2, 1)
	var body []string
	if field.Kind == forms.KindChoice {
		body = f.choiceLines(field, focused, width)
	} else {
		body = f.textLines(field, focused, width)
	}
	body = append(body, f.remarks(ref, field, focused, width)...)
	bar := "   "
	if focused {
		bar = " " + f.styles.Focus.Render(style.Focus) + " "
		label = f.styles.Focus.Render(label)
	}
	out := []string{bar + label + body[0]}
	for _, l := range body[1:] {
		out = append(out, bar+strings.Repeat(" ", labelWidth-1)+l)
	}
	return out
}

func (f *Form) textLines(field forms.Field, focused bool, width int) []string {
	if focused {
		f.input.Width = max(width-2, 1)
		return append([]string{f.input.View()}, f.list.lines(f.styles)...)
	}
	text := widget.CleanLine(f.host.Answers().Text(f.at(field.Key)))
	if text == "" {
		return []string{f.styles.Faint.Render("–")}
	}
	return []string{ansi.Truncate(text, width, style.Ellipsis)}
}

// choiceLines draws the options on one line if they fit, else one a line.
func (f *Form) choiceLines(field forms.Field, focused bool, width int) []string {
	at := chosen(field, f.host.Answers().Text(f.at(field.Key)))
	var options []string
	for i, o := range field.Options {
		glyph, st := style.Choice, f.styles.Text
		if i == at {
			glyph, st = style.Chosen, f.styles.Current
		}
		options = append(options, st.Render(glyph+" "+widget.CleanLine(o.Label)))
	}
	if line := strings.Join(options, "   "); ansi.StringWidth(line) <= width {
		return []string{line}
	}
	if !focused && at >= 0 {
		return []string{options[at]}
	}
	return options
}

// remarks are the lines below a value: how it is sent, what it was, what is
// wrong with it.
func (f *Form) remarks(ref forms.Ref, field forms.Field, focused bool, width int) []string {
	a, c := f.host.Answers(), f.host.Context()
	var lines []string
	add := func(st interface{ Render(...string) string }, text string) {
		for _, l := range widget.Wrap(widget.CleanLine(text), width) {
			lines = append(lines, st.Render(l))
		}
	}
	add(f.styles.Faint, forms.Explain(a, c, ref))
	if mark := forms.Was(a, c, ref); mark.Symbol != 0 && !f.wholeNew() {
		add(f.styles.Warning, markText(field, mark))
	}
	if p := forms.Worst(f.host.Problems(), ref); p != nil && (focused || f.showAll || f.touched[ref.Key]) {
		switch {
		case focused && f.Completing(): // what is typed is only half of it
		case p.Severity == forms.Error && f.shows(ref, focused):
			add(f.styles.Bad, style.Failed+" "+p.Text)
		case p.Severity == forms.Warning && focused:
			add(f.styles.Warning, style.Warn+" "+p.Text)
		}
		if p.Fix != nil && focused {
			add(f.styles.Link, "ctrl+t: "+p.Fix.Label)
		}
	}
	return lines
}

// wholeNew reports whether the form is of an entry that was added here: then
// every field is new, and marks would say nothing.
func (f *Form) wholeNew() bool {
	e := f.host.Answers().Entry(f.ref.Entry)
	return e != nil && e.Added()
}

// shows reports whether an error may be shown: not before the field was visited
// or holds something.
func (f *Form) shows(ref forms.Ref, focused bool) bool {
	return f.showAll || f.touched[ref.Key] || focused && f.host.Answers().Text(ref) != ""
}

func markText(field forms.Field, mark forms.Mark) string {
	if mark.Symbol == forms.Added {
		return "+ added"
	}
	was := mark.Old
	if i := chosen(field, was); i >= 0 {
		was = field.Options[i].Label
	}
	if was == "" {
		was = "empty"
	}
	return "~ was " + was
}

// buttonHelp is said while a button has the focus, or the stepper.
const buttonHelp = "Nothing is sent before you approve it on 6 Review. Any step can be reached at any time, valid or not; what you type is kept."

// HelpTitle returns the name of the focused field, "" on a button.
func (f *Form) HelpTitle() string {
	field, _ := f.Field()
	return field.Label
}

// HelpText returns what there is to say about the focused field: for a choice,
// first what the chosen option does.
func (f *Form) HelpText() string {
	field, ok := f.Field()
	if !ok {
		return buttonHelp
	}
	if at := chosen(field, f.host.Answers().Text(f.at(field.Key))); at >= 0 && field.Options[at].Help != "" {
		return field.Options[at].Label + ": " + field.Options[at].Help + " " + field.Help
	}
	return field.Help
}
