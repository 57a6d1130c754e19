package command

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ampedit/ui"
	"ampedit/ui/host"
	"ampedit/ui/task"
)

// left is a program that was left with something typed.
type left struct {
	kept    ui.Kept
	err     error
	damaged bool
}

func (l left) Exit() ui.Exit { return ui.Exit{} }

func (l left) Finish(context.Context) {}

func (l left) KeepDraft() (ui.Kept, error) {
	if l.damaged {
		panic("no answers any more")
	}
	return l.kept, l.err
}

func TestWhatWasTypedIsKeptHoweverTheScreenEnds(t *testing.T) {
	tests := map[string]struct {
		end       host.Ending
		left      left
		code      int
		says, err string
	}{
		"left":                    {host.Ending{}, left{kept: ui.Kept{Typed: true}}, 0, "kept as a draft; the next start offers it", ""},
		"on its way":              {host.Ending{}, left{kept: ui.Kept{Typed: true, Sent: true}}, 0, "is kept until it is known to be in effect", ""},
		"with a secret":           {host.Ending{}, left{kept: ui.Kept{Typed: true, Missing: []string{"Description"}}}, 0, "kept as a draft", "not kept in the draft, because it holds a secret: Description"},
		"nothing typed":           {host.Ending{}, left{}, 0, "nothing was sent\n", ""},
		"signal":                  {host.Ending{Signal: syscall.SIGHUP}, left{kept: ui.Kept{Typed: true}}, 129, "kept as a draft", ""},
		"fault":                   {host.Ending{Fault: &task.PanicMsg{Err: errors.New("x")}}, left{kept: ui.Kept{Typed: true}}, 1, "kept as a draft", ""},
		"fault with nothing left": {host.Ending{Fault: &task.PanicMsg{Err: errors.New("x")}}, left{damaged: true}, 1, "", "could not be kept as a draft: no answers any more"},
		"full disk":               {host.Ending{}, left{kept: ui.Kept{Typed: true}, err: errors.New("no space left on device")}, 0, "", "could not be kept as a draft: no space left on device"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			log := host.OpenLog(filepath.Join(dir, "log"), "", false, time.Time{})
			defer log.Close()
			var files [2]*os.File
			for i, name := range []string{"out", "err"} {
				f, err := os.Create(filepath.Join(dir, name))
				if err != nil {
					t.Fatal(err)
				}
				defer f.Close()
				files[i] = f
			}
			err := report(test.end, test.left, nil, host.NewStreams(nil, files[0], files[1]), log)
			code := ExitDone
			var exit *exitError
			if errors.As(err, &exit) {
				code = exit.code
			}
			if code != test.code {
				t.Errorf("exit code %d, not %d", code, test.code)
			}
			for name, want := range map[string]string{"out": test.says, "err": test.err} {
				if data, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(data), want) {
					t.Errorf("%v: %q has no %q", err, data, want)
				}
			}
		})
	}
}
