package page

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/muesli/termenv"

	"ampedit/client"
	"ampedit/client/wire"
	"ampedit/ui/edit"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

const plainProfile = termenv.Ascii

// View draws the page, scrolled to where the user left it.
func (p *Job) View() string {
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

func (p *Job) lines() []string {
	lines := p.head()
	lines = append(lines, p.verdict()...)
	lines = append(lines, "")
	for _, e := range p.events {
		for i, l := range widget.Wrap(e.text, p.w-14) {
			at := p.Styles.Faint.Render(e.at.In(p.Now().Location()).Format("15:04:05"))
			if i > 0 {
				at = strings.Repeat(" ", 8)
			}
			lines = append(lines, "   "+at+"  "+l)
		}
	}
	lines = append(lines, "")
	lines = append(lines, p.honesty()...)
	lines = append(lines, p.leaving()...)
	return append(lines, p.otherJobs()...)
}

func (p *Job) head() []string {
	if p.choosing && p.job == nil {
		return []string{" " + p.Styles.Title.Render("Jobs of "+widget.CleanLine(p.target.Environment)), "", " " + p.Styles.Faint.Render("Choose one with ↑↓ and enter.")}
	}
	if p.approval == nil && p.job == nil {
		return []string{" " + p.Styles.Title.Render("Job"), "", " " + p.Styles.Faint.Render("Nothing was sent yet. 6 Review shows what would be.")}
	}
	operation := "UpdateBackendAPI"
	if p.job != nil && text(p.job.Operation) != "" {
		operation = widget.CleanLine(text(p.job.Operation))
	}
	title := p.Styles.Title.Render(operation)
	if id := p.JobID(); id != "" {
		title += "  job " + widget.CleanLine(id)
	}
	return []string{widget.Ends(" "+title, widget.CleanLine(p.target.AppID+" › "+p.target.Environment)+" ", p.w), ""}
}

// verdict says in words how things stand.
func (p *Job) verdict() []string {
	s := p.Styles
	var out []string
	say := func(st interface{ Render(...string) string }, text string) {
		for _, l := range widget.Wrap(widget.CleanLine(text), p.w-2) {
			out = append(out, " "+st.Render(l))
		}
	}
	switch {
	case p.sending:
		say(s.Warning, style.Working+" "+p.doing.get())
	case p.outcome == nil && p.job != nil:
		out = append(out, p.running()...)
	case p.outcome == nil:
	case p.outcome.Verdict == edit.NotStarted:
		say(s.Bad, style.Failed+" Nothing was started. "+reason(p.outcome.Err))
		say(s.Text, "Everything you entered is kept: enter goes back to the review.")
	case p.outcome.Verdict == edit.Unknown:
		say(s.Bad, style.Warn+" Outcome unknown. The request was sent once, at "+p.outcome.Baseline.At.In(p.Now().Location()).Format("15:04:05")+"; its answer was lost: "+shortError(p.outcome.Err)+". So far "+evidence(p.outcome.Err)+". The update may be running, or come to run.")
		say(s.Text, "l looks again. enter goes back to the review, where approving sends it again. q leaves. Nothing is sent again by itself.")
	case p.outcome.Accepted.How == client.InEffect:
		say(s.Good, style.Done+" In effect: the answer was lost and no job is to be seen, but the configuration is the one that was approved.")
	default:
		out = append(out, p.running()...)
	}
	return out
}

// reason is the failure and what to do next.
func reason(err error) string {
	if edit.Moved(err) {
		return "The " + strings.TrimPrefix(err.Error(), "the ") + "."
	}
	var busy *client.BusyError
	if errors.As(err, &busy) {
		return fmt.Sprintf("Job %s (%s) of this environment is still %s, and the service runs one at a time. Watch it with ↑↓ and enter, and send again when it has ended.",
			client.Printable(text(busy.Job.JobID)), client.Printable(text(busy.Job.Operation)), client.Printable(text(busy.Job.Status)))
	}
	what := client.Printable(client.Redact(err.Error()))
	var answer *client.Error
	if errors.As(err, &answer) {
		what = client.Printable(client.Redact(answer.Error()))
	}
	return strings.TrimSuffix(what, ".") + ". " + client.Advice(err)
}

// evidence says what was seen after an answer was lost.
func evidence(err error) string {
	var several *client.AmbiguousError
	if errors.As(err, &several) {
		return fmt.Sprintf("%d new jobs appeared, any of which may be this one", len(several.Jobs))
	}
	return "no new job has appeared"
}

func (p *Job) running() []string {
	s := p.Styles
	elapsed := Duration(p.Elapsed())
	status := widget.CleanLine(p.status())
	switch p.Result() {
	case edit.Completed:
		return append([]string{" " + s.Good.Render(style.Done+" "+status) + "   " + elapsed}, p.readBackLines()...)
	case edit.Failed:
		lines := []string{" " + s.Bad.Render(style.Failed+" "+status) + "   " + elapsed, ""}
		message := "The service gave no reason."
		if text(p.job.Error) != "" {
			message = widget.Clean(client.Redact(text(p.job.Error)))
		}
		for _, l := range widget.Wrap(message, p.w-4) {
			lines = append(lines, "   "+l)
		}
		if hint := client.JobHint(message); hint != "" {
			lines = append(append(lines, ""), widget.Indent(widget.Wrap(hint, p.w-2), " ")...)
		}
		if p.approval == nil {
			return lines
		}
		return append(append(lines, ""), widget.Indent(widget.Wrap("Everything you entered is kept: enter goes back to the review.", p.w-2), " ")...)
	}
	word := status
	if word == "" {
		word = "status not known yet"
	}
	return []string{" " + s.Warning.Render(style.Working+" "+word) + "   " + elapsed + p.usually()}
}

// usually compares with how long updates of this environment took before.
func (p *Job) usually() string {
	if !p.usual.Known() || p.job == nil {
		return ""
	}
	if p.Elapsed() > p.usual.Most {
		return "   " + p.Styles.Warning.Render("unusually long: 9 of 10 took at most "+Duration(p.usual.Most))
	}
	const cells = 20
	done := min(cells, int(cells*p.Elapsed()/max(p.usual.Most, time.Second)))
	bar := p.Styles.Good.Render(strings.Repeat(style.Bar, done)) + p.Styles.Faint.Render(strings.Repeat(style.Rule, cells-done))
	return "   " + bar + "   usually " + Duration(p.usual.Median) + ", 9 of 10 in " + Duration(p.usual.Most)
}

func (p *Job) readBackLines() []string {
	s := p.Styles
	switch {
	case p.back == nil && p.approval == nil:
		return nil // what was approved is not known, or was looked at before
	case p.back == nil:
		return []string{" " + s.Faint.Render("reading the configuration back…")}
	case p.back.Err != nil:
		return widget.Indent(widget.Wrap("The configuration could not be read back: "+client.Advice(p.back.Err), p.w-2), " ")
	case p.back.Same:
		return append([]string{" " + s.Good.Render(style.Done+" read back: it is what was approved")}, stale(p.w)...)
	}
	return append([]string{" " + s.Warning.Render(style.Warn+" read back: it differs from what was approved; 6 Review shows the rest")}, stale(p.w)...)
}

func stale(w int) []string {
	return widget.Indent(widget.Wrap("Local checkouts are stale now: run amplify pull in each of them.", w-2), " ")
}

// honesty says how old the last answer is and when the next is due.
func (p *Job) honesty() []string {
	if p.watch == nil || p.Result() != edit.Running || p.watched != nil {
		return nil
	}
	var parts []string
	if !p.good.IsZero() {
		parts = append(parts, "last answer "+Duration(edit.Elapsed(p.good, p.Now()))+" ago")
	}
	if !p.last.Next.IsZero() {
		parts = append(parts, "next in "+Duration(edit.Elapsed(p.Now(), p.last.Next)))
	}
	if p.fails > 0 {
		parts = append(parts, fmt.Sprintf("%d failed so far", p.fails))
	}
	if p.last.Paused {
		paused := "paused: " + client.Advice(p.last.Err)
		if trouble := p.Trouble(); trouble != nil {
			paused = "paused: " + trouble.Text + " " + trouble.Way
		}
		parts = append(parts, paused)
	}
	if len(parts) == 0 {
		return nil
	}
	return append(widget.Indent(widget.Wrap(widget.CleanLine(strings.Join(parts, " · ")), p.w-2), " "), "")
}

func (p *Job) leaving() []string {
	if p.JobID() == "" || p.Result() != edit.Running {
		return nil
	}
	command := p.ResumeCommand(p.JobID())
	if command == "" { // the demo's service ends with the program
		return nil
	}
	lines := []string{" Leaving does not stop the job. Come back with:"}
	for _, l := range widget.Wrap(command, p.w-4) {
		lines = append(lines, "   "+p.Styles.Link.Render(l))
	}
	return append(lines, "")
}

func (p *Job) otherJobs() []string {
	if p.othersE != nil {
		return widget.Indent(widget.Wrap("The environment's jobs could not be listed: "+client.Advice(p.othersE), p.w-2), " ")
	}
	list := p.otherList()
	if len(list) == 0 {
		return nil
	}
	p.selected = min(p.selected, len(list)-1)
	rows := []string{" Other jobs of this environment"}
	for i, job := range list {
		bar := "   "
		if p.focused && i == p.selected {
			bar = " " + p.Styles.Focus.Render(style.Focus) + " "
			p.selectedLine = len(rows)
		}
		rows = append(rows, bar+p.jobLine(job))
	}
	return rows
}

func (p *Job) jobLine(job *wire.Job) string {
	s := p.Styles
	status := widget.Pad(widget.CleanLine(text(job.Status)), 12)
	switch edit.JobResult(job) {
	case edit.Completed:
		status = s.Good.Render(style.Done + " " + status)
	case edit.Failed:
		status = s.Bad.Render(style.Failed + " " + status)
	default:
		status = s.Warning.Render(style.Working + " " + status)
	}
	when := ""
	if created, ok := client.JobTime(text(job.CreateTime)); ok {
		when = Duration(edit.Elapsed(created, p.Now())) + " ago"
	}
	return fmt.Sprintf("%s %s %s %s", widget.Pad(widget.CleanLine(text(job.Operation)), 26), status, widget.Pad(widget.CleanLine(text(job.JobID)), 12), when)
}

// Duration writes a duration for people, such as 4 m 12 s.
func Duration(d time.Duration) string {
	d = d.Truncate(time.Second)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d m %02d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h %02d m", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d days", int(d.Hours())/24)
}
