package form

import (
	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// labelWidth is the width of the column of labels, the space after it included.
const labelWidth = 18

// View draws the form on exactly the lines it was given. The focused field is
// always in sight, with its note and its problem.
func (f *Form) View() sanitize.Text {
	lines, from, to := f.lines()
	return widget.Fit(f.scroll(lines, from, to), f.w, f.h)
}

// Height returns how many lines the whole form takes at its width.
func (f *Form) Height() int {
	lines, _, _ := f.lines()
	return len(lines)
}

// lines draws the whole form, and says which lines have the focus.
func (f *Form) lines() (lines []sanitize.Text, from, to int) {
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
func (f *Form) scroll(lines []sanitize.Text, from, to int) []sanitize.Text {
	if to-f.top > f.h {
		f.top = to - f.h
	}
	if from < f.top {
		f.top = from
	}
	f.top = max(0, min(f.top, len(lines)-f.h))
	return lines[f.top:]
}

func (f *Form) buttonLine() sanitize.Text {
	line := sanitize.Text("")
	for _, b := range f.buttons {
		line += " " + widget.Button(f.styles, b, b == f.Button())
	}
	return line
}

func (f *Form) fieldLines(field forms.Field, focused bool) []sanitize.Text {
	ref := f.at(field.Key)
	label := widget.Pad(sanitize.Line(field.Label), labelWidth-2) + " "
	width := max(f.w-labelWidth-2, 1)
	var body []sanitize.Text
	if field.Kind == forms.KindChoice {
		body = f.choiceLines(field, focused, width)
	} else {
		body = f.textLines(field, focused, width)
	}
	body = append(body, f.remarks(ref, field, focused, width)...)
	bar := sanitize.Text("   ")
	if focused {
		bar = " " + f.styles.Focus.Render(style.Focus) + " "
		label = f.styles.Focus.Render(label)
	}
	out := []sanitize.Text{bar + label + body[0]}
	for _, l := range body[1:] {
		out = append(out, bar+widget.Repeat(" ", labelWidth-1)+l)
	}
	return out
}

func (f *Form) textLines(field forms.Field, focused bool, width int) []sanitize.Text {
	if focused {
		return append([]sanitize.Text{f.input.View(max(width-2, 1))}, f.list.lines(f.styles)...)
	}
	text := sanitize.Line(f.host.Answers().Text(f.at(field.Key)))
	if text == "" {
		return []sanitize.Text{f.styles.Faint.Render("–")}
	}
	return []sanitize.Text{widget.Truncate(text, width)}
}

// choiceLines draws the options on one line if they fit, else one a line.
func (f *Form) choiceLines(field forms.Field, focused bool, width int) []sanitize.Text {
	at := chosen(field, f.host.Answers().Text(f.at(field.Key)))
	var options []sanitize.Text
	for i, o := range field.Options {
		glyph, st := sanitize.Text(style.Choice), f.styles.Text
		if i == at {
			glyph, st = style.Chosen, f.styles.Current
		}
		options = append(options, st.Render(glyph+" "+sanitize.Line(o.Label)))
	}
	if line := sanitize.Join(options, "   "); widget.Width(line) <= width {
		return []sanitize.Text{line}
	}
	if !focused && at >= 0 {
		return []sanitize.Text{options[at]}
	}
	return options
}

// remarks are the lines below a value: how it is sent, what it was, what is
// wrong with it.
func (f *Form) remarks(ref forms.Ref, field forms.Field, focused bool, width int) []sanitize.Text {
	a, c := f.host.Answers(), f.host.Context()
	var lines []sanitize.Text
	add := func(st style.Style, text sanitize.Text) {
		for _, l := range widget.Wrap(text, width) {
			lines = append(lines, st.Render(l))
		}
	}
	add(f.styles.Faint, sanitize.Line(forms.Explain(a, c, ref)))
	if mark := forms.Was(a, c, ref); mark.Symbol != 0 && !f.wholeNew() {
		add(f.styles.Warning, markText(field, mark))
	}
	if p := forms.Worst(f.host.Problems(), ref); p != nil && (focused || f.showAll || f.touched[ref.Key]) {
		switch {
		case focused && f.Completing(): // what is typed is only half of it
		case p.Severity == forms.Error && f.shows(ref, focused):
			add(f.styles.Bad, style.Failed+" "+sanitize.Line(p.Text))
		case p.Severity == forms.Warning && focused:
			add(f.styles.Warning, style.Warn+" "+sanitize.Line(p.Text))
		}
		if p.Fix != nil && focused {
			add(f.styles.Link, "ctrl+t: "+sanitize.Line(p.Fix.Label))
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

func markText(field forms.Field, mark forms.Mark) sanitize.Text {
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
	return "~ was " + sanitize.Line(was)
}

// buttonHelp is said while a button has the focus, or the stepper.
const buttonHelp = "Nothing is sent before you approve it on 6 Review. Any step can be reached at any time, valid or not; what you type is kept."

// HelpTitle returns the name of the focused field, "" on a button.
func (f *Form) HelpTitle() sanitize.Text {
	field, _ := f.Field()
	return sanitize.Line(field.Label)
}

// HelpText returns what there is to say about the focused field: for a choice,
// first what the chosen option does.
func (f *Form) HelpText() sanitize.Text {
	field, ok := f.Field()
	if !ok {
		return buttonHelp
	}
	if at := chosen(field, f.host.Answers().Text(f.at(field.Key))); at >= 0 && field.Options[at].Help != "" {
		return sanitize.Format("%s: %s %s", field.Options[at].Label, field.Options[at].Help, field.Help)
	}
	return sanitize.Line(field.Help)
}
