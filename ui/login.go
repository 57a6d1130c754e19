package ui

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/sanitize"
	"ampedit/client/shell"
	"ampedit/ui/edit"
	"ampedit/ui/page"
	"ampedit/ui/widget"
)

// login is how the program stands with the user's credentials.
type login struct {
	// session is the newest, used or not: it knows how to log in.
	session *edit.Session
	// account is the one that the user saw, with access.
	access  edit.Access
	account string
	// renewing is set while a connection is made to go on with.
	renewing bool

	// mark is that of the credentials that were had last; asked is set until it is known
	// whether the user's word brought others.
	mark  string
	asked bool

	codes    int  // MFA codes that were given
	accepted bool // the last one was good
	declined bool // the user gave no code, and asked for nothing since
}

// Results of the work on credentials.
type (
	probedMsg struct {
		generation int
		err        error
	}
	loggedInMsg struct{ err error }
)

// accountError says that the credentials are of another account than before.
type accountError struct{ before, now string }

// Error says what to do, in a whole sentence.
func (e *accountError) Error() string {
	return fmt.Sprintf("The credentials are of account %s now, no longer of %s; log in to that one, or choose another profile.", e.now, e.before)
}

// failure returns why calls have no configuration or no credentials that are
// accepted, nil if they have.
func (a *App) failure() error {
	var account *accountError
	for _, err := range []error{a.connectErr, a.edit.BaseErr(), a.job.Failure()} {
		if client.Classify(err) == client.ClassConfig || client.RenewableCredentials(err) || errors.As(err, &account) {
			return err
		}
	}
	return nil
}

// trouble says what is the matter with the credentials, nil if nothing is.
func (a *App) trouble() *page.Trouble {
	err := a.failure()
	if err == nil {
		return nil
	}
	text, way := advice(err), sanitize.Text("F5 tries again")
	if command := shell.Line(a.loginCommand(err)...); command != "" {
		if strings.Contains(text, command) {
			command = "it"
		}
		way = sanitize.Format("F5 runs %s here, and goes on", command)
	}
	return &page.Trouble{Text: sanitize.Line(text), Details: sanitize.Error(err), Way: way}
}

// advice says in a sentence what to do about an error.
func advice(err error) string {
	var account *accountError
	if errors.As(err, &account) {
		return account.Error()
	}
	return client.Advice(err)
}

func (a *App) loginCommand(err error) []string {
	if s := a.login.session; s != nil && s.LoginCommand != nil {
		return s.LoginCommand(err)
	}
	return nil
}

// logIn gets new credentials: by a command that takes the terminal, or, if none is
// known to help, by reading the configuration anew.
func (a *App) logIn() tea.Cmd {
	err := a.failure()
	switch {
	case a.job.InFlight():
		return say("the request is on its way; its end comes first", true)
	case err == nil:
		return say("nothing asks to log in", true)
	}
	words := a.loginCommand(err)
	if words == nil {
		return a.reconnect()
	}
	run, err := a.config.Login(words, func(err error) tea.Msg { return loggedInMsg{err} })
	if err != nil {
		return say(sanitize.Error(err), true)
	}
	a.editing.Store(true)
	return run
}

// loggedIn goes on after the command.
func (a *App) loggedIn(msg loggedInMsg) tea.Cmd {
	a.editing.Store(false)
	if msg.err != nil {
		return say("logging in failed: "+sanitize.Error(msg.err)+"; F5 tries again", true)
	}
	return a.reconnect()
}

// readAgain reads the deployed configuration at the user's word: with new
// credentials, if those before were not accepted.
func (a *App) readAgain() tea.Cmd {
	switch {
	case a.failure() != nil && !a.job.InFlight():
		return a.reconnect()
	case a.edit.Access() != a.access:
		return a.settleTarget()
	}
	return a.read()
}

// reconnect makes a new session, which goes on in place of the one before.
func (a *App) reconnect() tea.Cmd {
	a.login.declined, a.login.renewing, a.login.asked = false, true, true
	a.disconnect()
	return a.connect()
}

// disconnect forgets the session and what is being read with it.
func (a *App) disconnect() {
	a.reading.Cancel()
	a.edit.SetSession(nil)
}

// session is the connection, or the one before while there is none, nil if there
// never was one.
func (a *App) session() *edit.Session {
	if s := a.edit.Session(); s != nil {
		return s
	}
	return a.login.session
}

// accountBefore is the account that the user saw with the present access, "" if
// none is known.
func (a *App) accountBefore() string {
	if a.login.access != a.access {
		return ""
	}
	return a.login.account
}

// begin starts with a new session. If the user saw an account before, nothing
// is done with the session until it is known to be of the same. Without any
// credentials that is said at once, and the machine is asked in the background.
func (a *App) begin(session *edit.Session, generation int) tea.Cmd {
	a.login.session = session
	switch {
	case session.Probe != nil:
		a.disconnect()
		a.connectErr = &client.CredentialsError{Kind: client.CredentialsNone, Profile: session.Profile, Err: errors.New("nothing is configured")}
		a.edit.SetBaseErr(a.connectErr)
		probe := a.tasks.Do(func(ctx context.Context) tea.Msg { return probedMsg{generation, session.Probe(ctx)} })
		return tea.Batch(probe, a.readLocal(a.connectErr))
	case a.accountBefore() != "":
		a.disconnect()
		a.busy = "checking the account…"
		return a.identify(session, generation)
	}
	return tea.Batch(a.identify(session, generation), a.goOn(session))
}

func (a *App) identify(session *edit.Session, generation int) tea.Cmd {
	return a.tasks.Do(func(ctx context.Context) tea.Msg {
		msg := identityMsg{generation: generation}
		if session.Mark != nil { // before they are refused, and forgotten
			if msg.mark, msg.err = session.Mark(ctx); msg.err != nil {
				return msg
			}
		}
		msg.identity, msg.err = session.Identify(ctx)
		return msg
	})
}

// probed goes on if the machine has credentials of its own after all.
func (a *App) probed(msg probedMsg) tea.Cmd {
	if msg.err != nil || !a.connecting.Current(msg.generation) {
		return nil
	}
	a.connectErr = nil
	return tea.Batch(a.identify(a.login.session, msg.generation), a.goOn(a.login.session))
}

// identified takes what is known of the caller.
func (a *App) identified(msg identityMsg) tea.Cmd {
	session := a.login.session
	if session == nil || !a.connecting.Current(msg.generation) {
		return nil
	}
	waits := a.edit.Session() != session
	if waits {
		a.busy = ""
	}
	session.IdentityErr = msg.err
	same := a.sameCredentials(session, msg.mark)
	if msg.err != nil {
		a.connectErr = msg.err
		return same
	}
	a.connectErr = nil
	a.login.accepted = true
	session.Identity = msg.identity
	before := a.accountBefore()
	if before != "" && before != msg.identity.Account {
		a.askAccount(session, before)
		return nil
	}
	a.login.access, a.login.account = a.access, msg.identity.Account
	if waits {
		return tea.Batch(same, a.goOn(session))
	}
	if a.edit.BaseIsOfAnother() { // which is known only now
		return tea.Batch(same, a.leaveBase(), a.readIfComplete())
	}
	return same
}

// sameCredentials says that the user's word brought no other credentials than those
// that were refused, and where others would have to come from.
func (a *App) sameCredentials(session *edit.Session, mark string) tea.Cmd {
	before, asked := a.login.mark, a.login.asked
	if mark == "" {
		return nil
	}
	a.login.mark, a.login.asked = mark, false
	switch {
	case !asked || mark != before:
		return nil
	case session.Credentials == client.CredentialsEnvironment.String():
		return say("these are still the same credentials; they come from variables, which only a new start reads", true)
	}
	return say("these are still the same credentials; renew them where they come from, then press F5", true)
}

// askAccount asks whether to go on with another account. Until the answer is yes
// there is no connection.
func (a *App) askAccount(session *edit.Session, before string) {
	now := session.Identity.Account
	a.disconnect()
	a.connectErr = &accountError{before: before, now: now}
	d := widget.NewDialog(a.styles, "Another account", "go on with "+sanitize.Line(now), "stop here", "")
	d.Lines = []sanitize.Text{
		"Until now the account was " + sanitize.Line(before) + ".",
		"The new credentials are of " + sanitize.Line(now) + ", as " + sanitize.Line(session.Identity.ARN) + ".",
		"Going on reads what is deployed there. What you typed is kept.",
	}
	a.dialog = &dialog{Dialog: d, yes: func() tea.Cmd {
		a.connectErr = nil
		a.login.account = now
		return a.goOn(session)
	}}
}

// goOn uses a session: it reads, and takes up what was under way before.
func (a *App) goOn(session *edit.Session) tea.Cmd {
	a.edit.SetSession(session)
	if a.edit.BaseErr() != nil {
		a.edit.SetBaseErr(nil)
	}
	cmds := []tea.Cmd{a.leaveBase(), a.readIfComplete(), a.watchFromStart()}
	if a.login.renewing {
		a.login.renewing = false
		if deps, ok := a.deps(); ok {
			cmds = append(cmds, a.job.Reconnect(deps, session.Region, session.Identity.Account))
		}
	}
	return tea.Batch(cmds...)
}
