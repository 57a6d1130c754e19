package ui

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/sanitize"
	"ampedit/forms"
	"ampedit/ui/page"
)

// editedMsg says that the user's editor was closed.
type editedMsg struct {
	err error
	// schema is set if a schema file was open in it, and may have changed.
	schema bool
}

func (a *App) now() time.Time { return a.config.Clock.Now().In(a.config.Location) }

// copyText puts a text on the clipboard. The programs that do it may take their
// time, so that it is work for the background.
func (a *App) copyText(msg page.CopyMsg) tea.Cmd {
	put := a.config.Copy
	return a.tasks.Do(func(context.Context) tea.Msg {
		way, err := put(msg.Text)
		if err != nil {
			return page.ToastMsg{Text: "could not be copied: " + sanitize.Error(err) + "; w writes it to a file", Bad: true}
		}
		return page.ToastMsg{Text: msg.What + " copied (" + sanitize.Line(way) + ")"}
	})
}

func (a *App) writeText(msg page.WriteMsg) tea.Cmd {
	write := a.config.Write
	return a.tasks.Do(func(context.Context) tea.Msg {
		path, err := write(msg.Name, msg.Text)
		if err != nil {
			return page.ToastMsg{Text: "could not be written: " + sanitize.Error(err), Bad: true}
		}
		return page.ToastMsg{Text: "written to " + sanitize.Line(path)}
	})
}

// openEditor opens a file in the user's editor while the screen is released.
func (a *App) openEditor(path string, line int) tea.Cmd {
	return a.runEditor(path, line, true)
}

// viewText shows a text in the user's editor; changes to it go nowhere.
func (a *App) viewText(msg page.ViewMsg) tea.Cmd {
	path, err := a.config.View(msg.Name, msg.Text)
	if err != nil {
		return say("could not be shown: "+sanitize.Error(err), true)
	}
	return a.runEditor(path, 1, false)
}

func (a *App) runEditor(path string, line int, schema bool) tea.Cmd {
	command, err := a.config.Editor(path, line)
	if err != nil {
		return say(sanitize.Error(err), true)
	}
	a.editing.Store(true)
	return tea.ExecProcess(command, func(err error) tea.Msg { return editedMsg{err, schema} })
}

// Editing reports whether the terminal is lent to an editor. It may be called from
// any goroutine.
func (a *App) Editing() bool { return a.editing.Load() }

// edited takes up again after the editor.
func (a *App) edited(msg editedMsg) tea.Cmd {
	a.editing.Store(false)
	if msg.err != nil {
		return say("the editor failed: "+sanitize.Error(msg.err), true)
	}
	if !msg.schema {
		return nil
	}
	return tea.Batch(a.changed(forms.At(forms.StepSchema, forms.KeySchemaPath)), say("schema read again", false))
}
