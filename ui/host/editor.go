package host

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"

	"ampedit/client/shell"
)

// Editor opens files in the editor of the user's choice.
type Editor struct {
	goos   string // the operating system, as runtime.GOOS
	getenv func(string) string
	look   func(string) (string, error) // finds a program, as exec.LookPath
	stderr io.Writer
}

// Command returns the command that opens a file at a line, counted from 1: of
// VISUAL, else of EDITOR, either of which may have arguments, else of an editor
// that is found.
func (e Editor) Command(path string, line int) (*exec.Cmd, error) {
	words, err := e.words()
	if err != nil {
		return nil, err
	}
	words = append(words, e.atLine(words[0], filepath.FromSlash(path), line)...)
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Stderr = e.stderr
	return cmd, nil
}

func (e Editor) words() ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		value := strings.TrimSpace(e.getenv(name))
		if value == "" {
			continue
		}
		if _, err := e.look(value); err == nil {
			return []string{value}, nil // also with blanks in it, and no quotes around
		}
		words, err := shell.Split(e.goos, value)
		if err != nil || len(words) == 0 {
			return nil, fmt.Errorf("the editor %q of %s cannot be understood: %w; correct the variable", value, name, cmp.Or(err, errNoProgram))
		}
		if _, err := e.look(words[0]); err != nil {
			return nil, fmt.Errorf("the editor %q of %s was not found; correct the variable, with quotes around a name that has blanks", words[0], name)
		}
		return words, nil
	}
	usual := []string{"vi", "nano"}
	if e.goos == "windows" {
		usual = []string{"notepad"}
	}
	for _, name := range usual {
		if _, err := e.look(name); err == nil {
			return []string{name}, nil
		}
	}
	return nil, errors.New("no editor was found; name one in VISUAL or EDITOR")
}

var errNoProgram = errors.New("it names no program")

// atLine returns the arguments with which an editor opens a file at a line. One
// that is not known gets the file alone.
func (e Editor) atLine(program, path string, line int) []string {
	name := strings.ToLower(program[strings.LastIndex(program, "/")+1:])
	if e.goos == "windows" {
		name = name[strings.LastIndex(name, `\`)+1:]
		name = name[:len(name)-len(filepath.Ext(name))] // .exe, .cmd
	}
	if strings.HasPrefix(path, "-") { // or it would be taken for an option
		path = "." + string(filepath.Separator) + path
	}
	switch name {
	case "vi", "vim", "nvim", "gvim", "view", "nano", "pico", "emacs", "emacsclient", "kak", "micro", "joe", "mg", "ne", "gedit":
		return []string{fmt.Sprintf("+%d", line), path}
	case "hx", "helix", "subl", "zed":
		return []string{fmt.Sprintf("%s:%d", path, line)}
	case "code", "code-insiders", "codium", "cursor":
		return []string{"--goto", fmt.Sprintf("%s:%d", path, line)}
	}
	return []string{path}
}
