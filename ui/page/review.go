package page

import (
	"context"
	"errors"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/client/wire"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

const buttonApprove = "Approve…"

type tab int

const (
	tabPlan tab = iota
	tabDiff
	tabRequest
	tabCLI
	tabBoto3
	tabCount
)

var tabNames = [tabCount]sanitize.Text{"Plan", "Diff", "Request", "AWS CLI", "boto3"}

// Review is the sixth step: what would be sent, what it changes, and the way to
// the approval.
type Review struct {
	*Shared
	tab      tab
	selected int
	focused  bool
	onButton bool
	text     widget.Viewport
	diff     differences
	shown    struct { // what text holds
		tab        tab
		generation int
		hash       string
		w          int
	}
	w, h, top int
}

// NewReview returns the page.
func NewReview(s *Shared) *Review {
	return &Review{Shared: s, text: widget.NewViewport()}
}

// SetSize gives the page its place.
func (r *Review) SetSize(w, h int) { r.w, r.h = w, h }

// View draws the tabs, the chosen one and the button.
func (r *Review) View() sanitize.Text {
	plan := r.Edit.Plan()
	lines := []sanitize.Text{r.tabLine(plan), ""}
	if r.h <= 12 {
		lines = lines[:1]
	}
	tail := []sanitize.Text{r.buttonLine(plan)}
	room := max(r.h-len(lines)-len(tail), 0)
	if r.tab == tabPlan {
		lines = append(lines, r.planLines(plan, room)...)
	} else {
		lines = append(lines, r.textLines(plan, room)...)
	}
	return widget.Fit(append(lines, tail...), r.w, r.h)
}

func (r *Review) tabLine(plan edit.Plan) sanitize.Text {
	var wide, narrow sanitize.Text
	for i, name := range tabNames {
		if tab(i) == r.tab {
			name = r.Styles.Current.Render("[" + name + "]")
		} else {
			name = " " + name + " "
		}
		wide, narrow = wide+" "+name, narrow+name
	}
	if right := r.Styles.Faint.Render("request "+sanitize.Line(plan.Hash())) + " "; widget.Width(wide)+widget.Width(right) < r.w {
		return widget.Ends(wide, right, r.w)
	}
	return narrow
}

func (r *Review) buttonLine(plan edit.Plan) sanitize.Text {
	note := sanitize.Text("")
	if p := plan.Blocked(); p != nil {
		note = r.Styles.Bad.Render(style.Failed + " not ready: enter on a problem goes to its field")
	} else if n := plan.Schema.Errors(); n > 0 {
		note = r.Styles.Bad.Render(sanitize.Format("%s errors in the schema: %d; the job would most likely fail", style.Failed, n))
	}
	return " " + widget.Button(r.Styles, buttonApprove, r.focused && r.onButton) + "  " + note
}

// textLines draws a tab of text, and says how much of it is in sight.
func (r *Review) textLines(plan edit.Plan, room int) []sanitize.Text {
	shown := r.shown
	shown.tab, shown.generation, shown.hash, shown.w = r.tab, r.Edit.Generation(), plan.Hash(), r.w
	if r.shown != shown {
		r.shown = shown
		r.text.SetLines(r.tabLines(plan))
	}
	r.text.SetSize(r.w, room-1)
	from, total := r.text.Top()+1, r.text.Total()
	note := sanitize.Format(" %s; rows %d to %d of %d; y copies, w writes it to a file", r.tabSize(plan), from, min(from+r.text.Height()-1, total), total)
	return append(r.text.Lines(), r.Styles.Faint.Render(note))
}

func (r *Review) tabSize(plan edit.Plan) sanitize.Text {
	if r.tab == tabRequest {
		body, _ := plan.Body()
		return sanitize.Format("%d bytes, sent as they stand here", len(body))
	}
	return tabNames[r.tab]
}

// Update takes a key.
func (r *Review) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	switch {
	case key.Matches(msg, keys.Approve), r.onButton && key.Matches(msg, keys.PressButton):
		return Handled, Send(ApproveMsg{})
	case key.Matches(msg, keys.NextStop):
		if r.onButton {
			return ToEnd, nil
		}
		r.onButton = true
	case key.Matches(msg, keys.PrevStop):
		if !r.onButton {
			return ToStart, nil
		}
		r.onButton = false
	case key.Matches(msg, keys.NextTab):
		r.tab, r.onButton = (r.tab+1)%tabCount, false
	case key.Matches(msg, keys.PrevTab):
		r.tab, r.onButton = (r.tab+tabCount-1)%tabCount, false
	case key.Matches(msg, keys.Copy):
		return Handled, Send(CopyMsg{What: tabNames[r.tab], Text: r.tabText(r.Edit.Plan())})
	case key.Matches(msg, keys.Write):
		return Handled, Send(WriteMsg{Name: tabFiles[r.tab], Text: r.tabText(r.Edit.Plan())})
	case key.Matches(msg, keys.SaveFile):
		return Handled, r.saveFile()
	case key.Matches(msg, keys.WatchOther):
		return r.withHolding(func(job wire.Job) tea.Msg { return WatchMsg{Job: job} })
	case key.Matches(msg, keys.PassOver):
		return r.withHolding(func(job wire.Job) tea.Msg { return PassOverMsg{Job: job} })
	case key.Matches(msg, keys.Editor):
		return Handled, Send(ViewMsg{Name: tabFiles[r.tab], Text: r.tabText(r.Edit.Plan())})
	case r.tab == tabPlan:
		return r.updatePlan(msg)
	case !r.text.Update(msg):
		return Ignored, nil
	}
	return Handled, nil
}

// withHolding sends a message about the job that holds the environment.
func (r *Review) withHolding(about func(wire.Job) tea.Msg) (Event, tea.Cmd) {
	job := r.Edit.Holding()
	if job == nil {
		return Handled, refuse("no job of this environment is known to run")
	}
	return Handled, Send(about(*job))
}

// saveFile writes the request back into the file that was opened.
func (r *Review) saveFile() tea.Cmd {
	path, save := r.Edit.SaveFile()
	if save == nil {
		return refuse("no request was opened as a file; w writes one")
	}
	return r.look(func(context.Context) tea.Msg {
		switch err := save(); {
		case errors.Is(err, edit.ErrFileChanged):
			return ToastMsg{Text: sanitize.Line(path) + " has changed on disk meanwhile, so it was left alone; w writes another file", Bad: true}
		case err != nil:
			return ToastMsg{Text: "not saved: " + sanitize.Error(err), Bad: true}
		}
		return ToastMsg{Text: "saved to " + sanitize.Line(path)}
	})
}

// Receive takes every other message.
func (r *Review) Receive(tea.Msg) tea.Cmd { return nil }

// Focus moves the focus into the page.
func (r *Review) Focus(last bool) {
	r.focused = true
	r.onButton = last || r.tab == tabPlan && len(items(r.Edit.Plan())) == 0
}

// Blur takes the focus out of the page.
func (r *Review) Blur() { r.focused = false }

// Capturing reports whether letters are text now: never.
func (r *Review) Capturing() bool { return false }

// Keys are the bindings that do something now.
func (r *Review) Keys() []key.Binding {
	out := []key.Binding{keys.UpDown}
	switch {
	case r.onButton:
		out = []key.Binding{keys.PressButton}
	case r.tab == tabPlan:
		out = append(out, keys.GoTo)
		rows := items(r.Edit.Plan())
		if r.selected < len(rows) && rows[r.selected].problem != nil && rows[r.selected].problem.Fix != nil {
			out = append(out, keys.TakeFix)
		}
	default:
		out = append(out, keys.PageDown, keys.PageUp, keys.Top, keys.Bottom)
	}
	if r.Edit.Holding() != nil {
		out = append(out, keys.WatchOther, keys.PassOver)
	}
	if r.Edit.File() != nil {
		out = append(out, keys.SaveFile)
	}
	return append(out, keys.Approve, keys.Tabs, keys.Copy, keys.Write, keys.Editor)
}
