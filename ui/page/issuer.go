package page

import (
	"context"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/oidc"
	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/style"
	"ampedit/ui/task"
	"ampedit/ui/widget"
)

// issuerCheck asks the provider of an issuer whether it is its own. There is one
// answer at a time, and it counts for the text that was asked about.
type issuerCheck struct {
	work    *task.Latest
	ref     forms.Ref
	text    string
	pending bool
	result  oidc.Result
	err     error
}

// issuerMsg carries what a provider said.
type issuerMsg struct {
	check      *issuerCheck // that asked
	generation int
	result     oidc.Result
	err        error
}

// start asks in the background. A newer question ends the one before.
func (c *issuerCheck) start(s *Shared, ref forms.Ref) tea.Cmd {
	text := s.Edit.Answers.Text(ref)
	check := s.CheckIssuer
	c.ref, c.text, c.pending, c.result, c.err = ref, text, true, oidc.Result{}, nil
	return c.work.Do(func(ctx context.Context, generation int) tea.Msg {
		result, err := check(ctx, strings.TrimSpace(text))
		return issuerMsg{c, generation, result, err}
	})
}

// stop ends a question that is under way.
func (c *issuerCheck) stop() {
	if c.pending {
		c.work.Cancel()
		c.text, c.pending = "", false
	}
}

// receive takes an answer, unless it comes too late or is another page's.
func (c *issuerCheck) receive(msg issuerMsg) tea.Cmd {
	if msg.check != c || !c.pending || !c.work.Current(msg.generation) {
		return nil
	}
	c.pending, c.result, c.err = false, msg.result, msg.err
	return c.verdict()
}

// about reports whether there is something to say of a field as it is now.
func (c *issuerCheck) about(a *forms.Answers, ref forms.Ref) bool {
	return c.text != "" && c.ref == ref && a.Text(ref) == c.text
}

// fix returns the way to the issuer that the provider states, nil if there is
// none to offer.
func (c *issuerCheck) fix(a *forms.Answers, ref forms.Ref) *forms.Fix {
	if !c.about(a, ref) || c.result.Difference == "" {
		return nil
	}
	issuer := c.result.Issuer
	return &forms.Fix{Label: "use " + issuer, Apply: func(a *forms.Answers) { a.Set(ref, issuer) }}
}

// lines say what the provider said of the field, nil if it was not asked.
func (c *issuerCheck) lines(s *Shared, ref forms.Ref, w int) []sanitize.Text {
	if !c.about(s.Edit.Answers, ref) {
		return nil
	}
	text, st := sanitize.Text(style.Done+" The provider states exactly this issuer."), s.Styles.Good
	switch {
	case c.pending:
		text, st = style.Working+" Asking the provider for its issuer…", s.Styles.Faint
	case c.err != nil:
		text, st = style.Failed+" Not confirmed: "+sanitize.Error(c.err)+".", s.Styles.Bad
	case c.result.Difference != "":
		text, st = style.Warn+" "+sanitize.Line(c.result.Difference), s.Styles.Warning
	}
	var lines []sanitize.Text
	for _, l := range widget.Wrap(text, w) {
		lines = append(lines, st.Render(l))
	}
	return lines
}

// verdict says in a few words what an answer came to.
func (c *issuerCheck) verdict() tea.Cmd {
	switch {
	case c.err != nil:
		return refuse("the issuer was not confirmed")
	case c.result.Difference != "":
		return refuse("the provider states another issuer")
	}
	return toast("issuer confirmed")
}

// formHost is a host that knows what a provider said of the issuer.
type formHost struct {
	host
	check *issuerCheck
}

// Problems are the problems of all answers. Those of an issuer that is not the
// provider's have the provider's as the way out.
func (h formHost) Problems() []forms.Problem {
	problems := h.host.Problems()
	fix := h.check.fix(h.Answers(), h.check.ref)
	if fix == nil {
		return problems
	}
	problems = append(slices.Clone(problems), forms.Problem{Severity: forms.Warning, Ref: h.check.ref, Text: h.check.result.Difference})
	for i := range problems {
		if problems[i].Ref == h.check.ref {
			problems[i].Fix = fix
		}
	}
	return problems
}

// checkIssuer asks about the focused field, or says why not.
func (p *Form) checkIssuer() tea.Cmd {
	ref := p.form.Ref()
	switch {
	case ref.Key != forms.KeyIssuer:
		return refuse("only an issuer URL can be checked")
	case p.CheckIssuer == nil:
		return refuse("no provider is asked here")
	case p.Edit.Answers.Text(ref) == "":
		return refuse("there is no issuer to check yet")
	}
	return p.host.check.start(p.Shared, ref)
}
