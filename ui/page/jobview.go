package page

import (
	"strings"
	"time"

	"ampedit/client"
	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/client/wire"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// View draws the page, scrolled to where the user left it.
func (p *Job) View() sanitize.Text {
	p.selectedLine = -1
	lines := p.lines()
	p.lineCount = len(lines)
	if p.selectedLine >= 0 { // the list of jobs is the last part of the page
		at := len(lines) - 1 - len(p.otherList()) + p.selectedLine
		p.top = min(max(p.top, at-p.h+1), at)
	}
	p.top = max(0, min(p.top, len(lines)-p.h))
	return widget.Fit(lines[p.top:], p.w, p.h)
}

func (p *Job) lines() []sanitize.Text {
	lines := p.head()
	if p.sub != nil {
		lines = append(lines, p.state()...)
		lines = append(lines, "")
		lines = append(lines, p.timeline()...)
		lines = append(lines, "")
		lines = append(lines, p.words(true)...)
		lines = append(lines, p.freshness()...)
		lines = append(lines, p.leaving()...)
	}
	return append(lines, p.otherJobs()...)
}

func (p *Job) head() []sanitize.Text {
	if p.choosing {
		return []sanitize.Text{" " + p.Styles.Title.Render("Jobs of "+sanitize.Line(p.place.Environment)), "", " " + p.Styles.Faint.Render("Choose one with ↑↓ and enter."), ""}
	}
	if p.sub == nil {
		return []sanitize.Text{" " + p.Styles.Title.Render("Job"), "", " " + p.Styles.Faint.Render("Nothing was sent yet. 6 Review shows what would be."), ""}
	}
	operation := sanitize.Text("UpdateBackendAPI")
	if jobs := p.sub.Jobs(); len(jobs) == 1 && wire.Text(jobs[0].Operation) != "" {
		operation = sanitize.Line(wire.Text(jobs[0].Operation))
	}
	title := p.Styles.Title.Render(operation)
	if id := p.JobID(); id != "" {
		title += "  job " + sanitize.Line(id)
	}
	return []sanitize.Text{widget.Ends(" "+title, sanitize.Line(p.place.AppID+" › "+p.place.Environment)+" ", p.w), ""}
}

// glyphs stand before a headline.
var glyphs = map[submission.Tone]sanitize.Text{
	submission.Plain: "", submission.Good: style.Done + " ", submission.Working: style.Working + " ",
	submission.Warning: style.Warn + " ", submission.Bad: style.Failed + " ",
}

func (p *Job) tone(t submission.Tone) style.Style {
	s := p.Styles
	switch t {
	case submission.Good:
		return s.Good
	case submission.Working, submission.Warning:
		return s.Warning
	case submission.Bad:
		return s.Bad
	case submission.Detail:
		return s.Faint
	}
	return s.Text
}

// state says in words how things stand.
func (p *Job) state() []sanitize.Text {
	var out []sanitize.Text
	head := p.sub.Headline()
	lines := p.wrapped(glyphs[head.Tone] + sanitize.Line(head.Text))
	for i, l := range lines {
		l = p.tone(head.Tone).Render(l)
		if i == len(lines)-1 {
			l += p.elapsed()
		}
		out = append(out, " "+l)
	}
	out = append(out, p.words(false)...)
	for _, l := range p.wrapped(p.advice()) {
		out = append(out, " "+l)
	}
	return out
}

// words are what the submission says, its details or the rest.
func (p *Job) words(details bool) []sanitize.Text {
	var out []sanitize.Text
	for _, line := range p.sub.Lines() {
		if (line.Tone == submission.Detail) != details {
			continue
		}
		for _, part := range strings.Split(line.Text, "\n") {
			for _, l := range p.wrapped(glyphs[line.Tone] + sanitize.Line(part)) {
				out = append(out, " "+p.tone(line.Tone).Render(l))
			}
		}
	}
	return out
}

func (p *Job) wrapped(text sanitize.Text) []sanitize.Text {
	if text == "" {
		return nil
	}
	return widget.Wrap(text, p.w-2)
}

// advice says how to go on.
func (p *Job) advice() sanitize.Text {
	switch {
	case !p.sub.Over() || !p.sub.Own():
		return ""
	case p.sub.Unresolved():
		return "l looks again. enter goes back to the review, where approving sends it again. q leaves. Nothing is sent again by itself."
	case !p.sub.InEffect():
		return "Everything you entered is kept: enter goes back to the review."
	}
	return ""
}

// elapsed says how long the job takes or took, and compares with how long updates of
// this environment took before.
func (p *Job) elapsed() sanitize.Text {
	if len(p.sub.Jobs()) == 0 {
		return ""
	}
	took := p.sub.Took(p.Now())
	out := sanitize.Format("   %s", submission.Duration(took))
	if p.sub.Over() || !p.usual.Known() {
		return out
	}
	if took > p.usual.Most {
		return out + "   " + p.Styles.Warning.Render(sanitize.Format("unusually long: 9 of 10 took at most %s", submission.Duration(p.usual.Most)))
	}
	const cells = 20
	done := min(cells, int(cells*took/max(p.usual.Most, time.Second)))
	bar := p.Styles.Good.Render(widget.Repeat(style.Bar, done)) + p.Styles.Faint.Render(widget.Repeat(style.Rule, cells-done))
	return out + sanitize.Format("   %s   usually %s, 9 of 10 in %s", bar, submission.Duration(p.usual.Median), submission.Duration(p.usual.Most))
}

func (p *Job) timeline() []sanitize.Text {
	var lines []sanitize.Text
	for _, e := range p.sub.History() {
		for i, l := range widget.Wrap(sanitize.Line(e.Text), p.w-14) {
			at := p.Styles.Faint.Render(sanitize.Line(e.At.In(p.Now().Location()).Format("15:04:05")))
			if i > 0 {
				at = widget.Repeat(" ", 8)
			}
			lines = append(lines, "   "+at+"  "+l)
		}
	}
	return lines
}

// freshness says how old the last answer is and when the next is due.
func (p *Job) freshness() []sanitize.Text {
	looks, watching := p.sub.Watching()
	if !watching {
		return nil
	}
	var parts []sanitize.Text
	if !looks.Good.IsZero() {
		parts = append(parts, sanitize.Format("last answer %s ago", submission.Duration(submission.Elapsed(looks.Good, p.Now()))))
	}
	if !looks.Next.IsZero() {
		parts = append(parts, sanitize.Format("next in %s", submission.Duration(submission.Elapsed(p.Now(), looks.Next))))
	}
	if looks.Failed > 0 {
		parts = append(parts, sanitize.Format("%d failed so far", looks.Failed))
	}
	if looks.Paused {
		paused := "paused: " + sanitize.Line(client.Advice(p.sub.Err()))
		if trouble := p.Trouble(); trouble != nil {
			paused = "paused: " + trouble.Text + " " + trouble.Way
		}
		parts = append(parts, paused)
	}
	if len(parts) == 0 {
		return nil
	}
	return append(widget.Indent(widget.Wrap(sanitize.Join(parts, " · "), p.w-2), " "), "")
}

func (p *Job) leaving() []sanitize.Text {
	name := p.sub.Name()
	if name == "" || p.sub.Over() && !p.sub.CanLookAgain() {
		return nil
	}
	command := p.ResumeCommand(p.sub)
	if command == "" { // the demo's service ends with the program
		return nil
	}
	lines := []sanitize.Text{" Leaving does not stop the job. Come back with:"}
	if len(p.sub.Jobs()) == 0 {
		lines = []sanitize.Text{" Leaving sends nothing and stops nothing. Come back with:"}
	}
	for _, l := range widget.Wrap(sanitize.Line(command), p.w-4) {
		lines = append(lines, "   "+p.Styles.Link.Render(l))
	}
	return append(lines, "")
}

func (p *Job) otherJobs() []sanitize.Text {
	if p.othersE != nil {
		return widget.Indent(widget.Wrap("The environment's jobs could not be listed: "+sanitize.Line(client.Advice(p.othersE)), p.w-2), " ")
	}
	list := p.otherList()
	if len(list) == 0 {
		return nil
	}
	p.selected = min(p.selected, len(list)-1)
	rows := []sanitize.Text{" Other jobs of this environment"}
	for i, job := range list {
		bar := sanitize.Text("   ")
		if p.focused && i == p.selected {
			bar = " " + p.Styles.Focus.Render(style.Focus) + " "
			p.selectedLine = len(rows)
		}
		rows = append(rows, bar+p.jobLine(job))
	}
	return rows
}

func (p *Job) jobLine(job *wire.Job) sanitize.Text {
	tone := submission.ToneOf(job)
	var word string
	if job.Status != nil {
		word = string(*job.Status)
	}
	status := p.tone(tone).Render(glyphs[tone] + widget.Pad(sanitize.Line(word), 12))
	when := sanitize.Text("")
	if created, ok := client.JobTime(wire.Text(job.CreateTime)); ok {
		when = sanitize.Format("%s ago", submission.Duration(submission.Elapsed(created, p.Now())))
	}
	return sanitize.Format("%s %s %s %s", widget.Pad(sanitize.Line(wire.Text(job.Operation)), 26), status, widget.Pad(sanitize.Line(wire.Text(job.JobID)), 12), when)
}
