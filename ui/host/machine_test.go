package host

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func environment(variables map[string]string) func(string) string {
	return func(name string) string { return variables[name] }
}

func TestEditor(t *testing.T) {
	found := func(names ...string) func(string) (string, error) {
		return func(name string) (string, error) {
			for _, n := range names {
				if n == name {
					return "/bin/" + n, nil
				}
			}
			return "", errors.New("not found")
		}
	}
	const code = `C:\Program Files\Microsoft VS Code\Code.exe`
	const wrong = `; correct the variable`
	tests := map[string]struct {
		goos string
		env  map[string]string
		look func(string) (string, error)
		want []string
		err  string
	}{
		"VISUAL before EDITOR": {"linux", map[string]string{"VISUAL": "nano", "EDITOR": "vim"}, found("nano", "vim"), []string{"nano", "+7", "a.graphql"}, ""},
		"arguments":            {"linux", map[string]string{"EDITOR": "code --wait"}, found("code"), []string{"code", "--wait", "--goto", "a.graphql:7"}, ""},
		"path":                 {"linux", map[string]string{"EDITOR": "/usr/bin/emacs -nw"}, found("/usr/bin/emacs"), []string{"/usr/bin/emacs", "-nw", "+7", "a.graphql"}, ""},
		"helix":                {"linux", map[string]string{"EDITOR": "hx"}, found("hx"), []string{"hx", "a.graphql:7"}, ""},
		"unknown editor":       {"linux", map[string]string{"EDITOR": "ed"}, found("ed"), []string{"ed", "a.graphql"}, ""},
		"missing editor":       {"linux", map[string]string{"EDITOR": "subl -w"}, found("vi"), nil, `the editor "subl" of EDITOR was not found; correct the variable, with quotes around a name that has blanks`},
		"vi":                   {"linux", nil, found("nano", "vi"), []string{"vi", "+7", "a.graphql"}, ""},
		"nano":                 {"linux", nil, found("nano"), []string{"nano", "+7", "a.graphql"}, ""},
		"none":                 {"linux", map[string]string{"EDITOR": "  "}, found(), nil, "no editor was found; name one in VISUAL or EDITOR"},
		"quoted arguments":     {"darwin", map[string]string{"EDITOR": "emacsclient -nw -a ''"}, found("emacsclient"), []string{"emacsclient", "-nw", "-a", "", "+7", "a.graphql"}, ""},
		"quoted program":       {"linux", map[string]string{"EDITOR": "'/opt/my editor/vim' -n"}, found("/opt/my editor/vim"), []string{"/opt/my editor/vim", "-n", "+7", "a.graphql"}, ""},
		"blanks, no quotes":    {"linux", map[string]string{"EDITOR": "/opt/my editor/vim"}, found("/opt/my editor/vim"), []string{"/opt/my editor/vim", "+7", "a.graphql"}, ""},
		"open quote":           {"linux", map[string]string{"EDITOR": "'vim -n"}, found("vim"), nil, `the editor "'vim -n" of EDITOR cannot be understood: a quote in it is not closed` + wrong},
		"no program":           {"linux", map[string]string{"EDITOR": "\\\n"}, found("vim"), nil, `the editor "\\" of EDITOR cannot be understood: a quote in it is not closed` + wrong},
		"Windows":              {"windows", map[string]string{"EDITOR": `"` + code + `" --wait`}, found(code), []string{code, "--wait", "--goto", "a.graphql:7"}, ""},
		"Windows, no quotes":   {"windows", map[string]string{"VISUAL": code}, found(code), []string{code, "--goto", "a.graphql:7"}, ""},
		"Windows, a script":    {"windows", map[string]string{"VISUAL": "code.cmd -w"}, found("code.cmd"), []string{"code.cmd", "-w", "--goto", "a.graphql:7"}, ""},
		"Windows, nothing set": {"windows", nil, found("vi", "notepad"), []string{"notepad", "a.graphql"}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cmd, err := Editor{goos: test.goos, getenv: environment(test.env), look: test.look}.Command("a.graphql", 7)
			if message(err) != test.err {
				t.Fatalf("error %q, want %q", message(err), test.err)
			}
			if err == nil {
				if diff := cmp.Diff(test.want, cmd.Args); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
}

func TestEditorTakesNoFileForAnOption(t *testing.T) {
	if got := (Editor{}).atLine("vi", "-c!id", 1); got[1] != "."+string(filepath.Separator)+"-c!id" {
		t.Errorf("the arguments are %q", got)
	}
}

func TestCopySaysWhichWayItTook(t *testing.T) {
	osc := "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte("text")) + "\x07"
	broken := func(string) error { return errors.New("no display") }
	tests := map[string]struct {
		env    map[string]string
		native func(string) error
		text   string
		way    string
		wrote  string
		err    string
	}{
		"native":     {nil, func(string) error { return nil }, "text", "system clipboard", "", ""},
		"no native":  {nil, nil, "text", "handed to the terminal by OSC 52", osc, ""},
		"native out": {nil, broken, "text", "handed to the terminal by OSC 52", osc, ""},
		"tmux":       {map[string]string{"TMUX": "x"}, nil, "text", "handed to the terminal by OSC 52", "\x1bPtmux;\x1b" + osc + "\x1b\\", ""},
		"too long":   {nil, broken, strings.Repeat("x", maxOSC52+1), "", "", "no display\n74001 bytes are too long for the terminal's clipboard"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var terminal bytes.Buffer
			c := newClipboard(&terminal, environment(test.env))
			c.native = test.native
			way, err := c.Copy(test.text)
			if way != test.way || message(err) != test.err {
				t.Errorf("way %q, error %q", way, message(err))
			}
			if terminal.String() != test.wrote {
				t.Errorf("the terminal got %q, not %q", terminal.String(), test.wrote)
			}
		})
	}
}

func TestCopyOverSSHIsTheTerminalsWork(t *testing.T) {
	if c := newClipboard(nil, environment(map[string]string{"SSH_CONNECTION": "x"})); c.native != nil {
		t.Error("the clipboard of the remote machine would be used")
	}
}

func TestWriteNewNeverOverwrites(t *testing.T) {
	t.Chdir(t.TempDir())
	for i, want := range []string{"request.json", "request-2.json", "request-3.json"} {
		path, err := WriteNew("../request.json", want)
		if err != nil || path != want {
			t.Fatalf("file %d is %q: %v", i, path, err)
		}
	}
	for _, name := range []string{"request.json", "request-2.json", "request-3.json"} {
		text, err := os.ReadFile(name)
		if err != nil || string(text) != name {
			t.Errorf("%s holds %q: %v", name, text, err)
		}
		wantMode(t, name, 0o600)
	}
}

func TestViewsAreRemoved(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	var v Views
	v.Close() // without any
	path, err := v.Write("request.json", "one")
	if err != nil {
		t.Fatal(err)
	}
	wantMode(t, path, 0o600)
	wantMode(t, filepath.Dir(path), os.ModeDir|0o700)
	v.Close()
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is left: %v", err)
	}
}

func TestLog(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state", "log")
	begin := time.Date(2026, 11, 22, 14, 0, 0, 0, time.UTC)
	for run := range KeptLogs + 3 {
		log := OpenLog("", folder, false, begin.Add(time.Duration(run)*time.Minute))
		if log.Err != nil {
			t.Fatal(log.Err)
		}
		log.Info("key da2-abcdefghijklmnopqrstuvwxyz", "error", errors.New("Authorization: AWS4-HMAC-SHA256 Credential=x"), "id", "AKIAABCDEFGHIJKLMNOP")
		log.Debug("too much")
		log.Close()
		wantMode(t, log.Path, 0o600)
		text, err := os.ReadFile(log.Path)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"da2-", "AKIA", "Credential", "too much"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("the log holds %s: %s", secret, text)
			}
		}
	}
	kept, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(kept) != KeptLogs || !strings.Contains(kept[0], "T140300") {
		t.Errorf("kept are %q: %v", kept, err)
	}
	wantMode(t, folder, os.ModeDir|0o700)
}

func TestLogThatCannotBeOpenedIsNoFailure(t *testing.T) {
	log := OpenLog(filepath.Join(t.TempDir(), "none", "log"), "", false, time.Time{})
	log.Info("goes nowhere")
	log.Close()
	if log.Err == nil || log.Where() != "" {
		t.Errorf("error %v, %q", log.Err, log.Where())
	}
}

// TestNamedLog makes a file that a user named the user's alone, and takes nothing that
// is no file.
func TestNamedLog(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "log")
	if err := os.WriteFile(path, []byte("before\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	log := OpenLog(path, "", false, time.Time{})
	log.Info("after")
	log.Close()
	wantMode(t, path, 0o600)
	if text, err := os.ReadFile(path); err != nil || !strings.HasPrefix(string(text), "before\n{") || log.Open {
		t.Errorf("the log holds %q, %v", text, err)
	}
	for name, says := range map[string]string{dir: "it is a folder", os.DevNull: "not a regular file", filepath.Join(dir, "none", "log"): "no such file"} {
		if log := OpenLog(name, "", false, time.Time{}); log.Err == nil || !strings.Contains(log.Err.Error(), says) || !strings.Contains(log.Err.Error(), name) {
			t.Errorf("%s: %v", name, log.Err)
		}
	}
}

// TestLogsOfOthersStay removes old logs of this program alone, and nothing behind links.
func TestLogsOfOthersStay(t *testing.T) {
	state, elsewhere := filepath.Join(t.TempDir(), "a[b]", "ampedit"), t.TempDir()
	folder := filepath.Join(state, "log")
	ours := func(dir string, n int) string {
		return filepath.Join(dir, fmt.Sprintf("ampedit-202611%02dT140000.000Z-1.log", n+1))
	}
	err := os.MkdirAll(folder, 0o700)
	for n := range 2 * KeptLogs {
		err = errors.Join(err, os.WriteFile(ours(folder, n), nil, 0o600), os.WriteFile(ours(elsewhere, n), nil, 0o600))
	}
	if err = errors.Join(err, os.WriteFile(filepath.Join(folder, "ampedit-notes.log"), nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	OpenLog("", folder, false, time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)).Close()
	if left, err := os.ReadDir(folder); err != nil || len(left) != KeptLogs+1 {
		t.Errorf("%d files are left, %v", len(left), err)
	}
	for place, link := range map[string]func() error{
		folder: func() error { return errors.Join(os.RemoveAll(folder), os.Symlink(elsewhere, folder)) },
		state:  func() error { return errors.Join(os.RemoveAll(state), os.Symlink(elsewhere, state)) },
	} {
		if err := errors.Join(os.MkdirAll(state, 0o700), link()); err != nil {
			t.Skip(err)
		}
		if log := OpenLog("", folder, false, time.Time{}); log.Err == nil || !strings.Contains(log.Err.Error(), place+" is a link") {
			t.Errorf("%v", log.Err)
		}
		if err := os.Remove(place); err != nil {
			t.Fatal(err)
		}
	}
	if left, err := os.ReadDir(elsewhere); err != nil || len(left) != 2*KeptLogs {
		t.Errorf("%d files are left elsewhere, %v", len(left), err)
	}
	if log := OpenLog("", "", false, time.Time{}); log.Err == nil || !strings.Contains(log.Err.Error(), "HOME") {
		t.Errorf("without a folder: %v", log.Err)
	}
}

func TestLogHasAnEnd(t *testing.T) {
	var out bytes.Buffer
	w := &limitedWriter{w: &out, left: 10}
	for range 3 {
		if n, err := w.Write([]byte("1234\n")); n != 5 || err != nil {
			t.Errorf("%d %v", n, err)
		}
	}
	if out.String() != "1234\n1234\n" {
		t.Errorf("the log holds %q", out.String())
	}
}

func wantMode(t *testing.T, path string, want os.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if os.PathSeparator == '/' && info.Mode() != want {
		t.Errorf("%s has mode %v, not %v", path, info.Mode(), want)
	}
}

// message is the text of an error, "" for none.
func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
