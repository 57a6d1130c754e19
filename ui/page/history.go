package page

import (
	"context"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/client/submission"
	"ampedit/ui/edit"
	"ampedit/ui/keys"
	"ampedit/ui/style"
	"ampedit/ui/widget"
)

// PutBackMsg asks to answer the forms with what was deployed before a receipt.
type PutBackMsg struct{ Receipt edit.Receipt }

// historyMsg carries the receipts to the page.
type historyMsg struct {
	history edit.History
	err     error
}

// History lists the receipts of the target, on top of the walk.
type History struct {
	*Shared
	history  edit.History
	err      error
	loaded   bool
	selected int
	top      int
	w, h     int
}

// NewHistory returns the page; Load fills it.
func NewHistory(s *Shared) *History { return &History{Shared: s} }

// Load reads the receipts in the background.
func (p *History) Load(read func() (edit.History, error)) tea.Cmd {
	return p.look(func(context.Context) tea.Msg {
		history, err := read()
		return historyMsg{history, err}
	})
}

// Receive takes the receipts.
func (p *History) Receive(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(historyMsg); ok {
		p.history, p.err, p.loaded = msg.history, msg.err, true
	}
	return nil
}

// SetSize gives the page its place.
func (p *History) SetSize(w, h int) { p.w, p.h = w, h }

// View draws the list, with the selected receipt in sight.
func (p *History) View() sanitize.Text {
	lines := []sanitize.Text{" " + p.Styles.Title.Render("Sent to "+sanitize.Line(p.Edit.Target().Environment)+" from here"), ""}
	switch {
	case !p.loaded:
		lines = append(lines, " "+p.Styles.Faint.Render("reading the receipts…"))
	case p.err != nil:
		lines = append(lines, p.wrapped(style.Failed+" "+sanitize.Error(p.err))...)
	case len(p.history.Receipts) == 0 && len(p.history.Unreadable) == 0:
		lines = append(lines, " "+p.Styles.Faint.Render("nothing yet"))
	}
	rows, from, to := p.rows()
	room := max(p.h-len(lines), 1)
	p.top = max(0, min(max(p.top, to-room), from))
	return widget.Fit(append(lines, rows[min(p.top, len(rows)):]...), p.w, p.h)
}

// rows draws the receipts and what could not be read, and says which lines are
// selected.
func (p *History) rows() (rows []sanitize.Text, from, to int) {
	for i := range p.history.Receipts {
		start := len(rows)
		rows = append(rows, p.row(i)...)
		if i == p.selected {
			from, to = start, len(rows)
		}
	}
	if p.history.More {
		rows = append(rows, p.wrapped("There are older ones: ampedit history lists them all.")...)
	}
	for _, u := range p.history.Unreadable {
		rows = append(rows, p.wrapped(style.Warn+" "+sanitize.Line(u))...)
	}
	return rows, from, to
}

func (p *History) row(i int) []sanitize.Text {
	r := &p.history.Receipts[i]
	bar := sanitize.Text("   ")
	if i == p.selected {
		bar = " " + p.Styles.Focus.Render(style.Focus) + " "
	}
	when := r.Time.In(p.Now().Location()).Format("Mon 2 Jan 2006 15:04")
	result := submission.Result(r)
	return []sanitize.Text{
		widget.Ends(bar+sanitize.Line(when+"  "+result), p.Styles.Faint.Render(sanitize.Line(edit.ReceiptSummary(r)))+" ", p.w),
		bar + p.Styles.Faint.Render(sanitize.Line(r.ID+"  job "+orNone(r.JobID))),
	}
}

func orNone(text string) string {
	if text == "" {
		return "none known"
	}
	return text
}

func (p *History) wrapped(text sanitize.Text) []sanitize.Text {
	return widget.Indent(widget.Wrap(text, p.w-2), " ")
}

// current returns the selected receipt, nil if there is none.
func (p *History) current() *edit.Receipt {
	if p.selected < len(p.history.Receipts) {
		return &p.history.Receipts[p.selected]
	}
	return nil
}

// Update takes a key.
func (p *History) Update(msg tea.KeyMsg) (Event, tea.Cmd) {
	last := max(len(p.history.Receipts)-1, 0)
	switch {
	case key.Matches(msg, keys.Close):
		return CloseIt, nil
	case key.Matches(msg, keys.Up):
		p.selected = max(p.selected-1, 0)
	case key.Matches(msg, keys.Down):
		p.selected = min(p.selected+1, last)
	case key.Matches(msg, keys.Top):
		p.selected = 0
	case key.Matches(msg, keys.Bottom):
		p.selected = last
	case key.Matches(msg, keys.Open):
		return Handled, p.open()
	case key.Matches(msg, keys.Copy):
		return Handled, p.copy()
	case key.Matches(msg, keys.Compare):
		return Handled, p.compare()
	case key.Matches(msg, keys.PutBack):
		return Handled, p.putBack()
	default:
		return Ignored, nil
	}
	return Handled, nil
}

const noReceipt = "no receipt is selected"

// open shows the whole receipt, and what it changed by lines.
func (p *History) open() tea.Cmd {
	r := p.current()
	if r == nil {
		return refuse(noReceipt)
	}
	text := strings.TrimRight(string(edit.ReceiptText(r, p.Now().Location())), "\n")
	if r.Before != nil {
		text += "\n\n" + edit.Patch(r.Target.ResourceName, "before", "sent", r.Before, r.Sent)
	}
	return Send(OpenMsg{Page: NewPager(p.Shared, r.ID+".txt", text), Title: "Receipt"})
}

// compare shows the difference between what the selected receipt sent and what the
// one before it in time did, which stands below.
func (p *History) compare() tea.Cmd {
	newer := p.current()
	if newer == nil || p.selected+1 >= len(p.history.Receipts) {
		return refuse("there is no older receipt to compare with")
	}
	older := &p.history.Receipts[p.selected+1]
	text := edit.Patch(newer.Target.ResourceName, older.ID, newer.ID, older.Sent, newer.Sent)
	if text == "" {
		text = "Both sent the same configuration."
	}
	return Send(OpenMsg{Page: NewPager(p.Shared, newer.ID+".diff", text), Title: "Two receipts"})
}

func (p *History) copy() tea.Cmd {
	r := p.current()
	if r == nil {
		return refuse(noReceipt)
	}
	return Send(CopyMsg{What: "receipt id", Text: r.ID})
}

func (p *History) putBack() tea.Cmd {
	r := p.current()
	if r == nil {
		return refuse(noReceipt)
	}
	if err := edit.CanPutBack(r); err != nil {
		return refuse("this cannot be put back: " + sanitize.Error(err))
	}
	return Send(PutBackMsg{*r})
}

// Focus does nothing: the list has the focus while it is shown.
func (p *History) Focus(bool) {}

// Blur does nothing: the list has the focus while it is shown.
func (p *History) Blur() {}

// Capturing reports whether letters are text now: never.
func (p *History) Capturing() bool { return false }

// Keys are the bindings that do something now.
func (p *History) Keys() []key.Binding {
	if p.current() == nil {
		return nil
	}
	out := []key.Binding{keys.UpDown, keys.Open, keys.PutBack, keys.Copy}
	if p.selected+1 < len(p.history.Receipts) {
		out = append(out, keys.Compare)
	}
	return out
}
