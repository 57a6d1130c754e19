// Package shell writes command lines that a user may paste, and splits those that a
// user wrote into a variable. It is the one place that quotes for a shell.
package shell

import (
	"os"
	"runtime"
	"strings"
	"sync"
)

// Shell is a command interpreter by its rules of quoting.
type Shell int

// The shells that lines are written for.
const (
	// POSIX is bash, dash, ksh, zsh and what else follows sh.
	POSIX Shell = iota
	// Cmd is cmd.exe as a person types into it. Batch files read % otherwise.
	Cmd
	// PowerShell is PowerShell from 7.3.
	PowerShell
	// WindowsPowerShell is Windows PowerShell 5.1, and PowerShell up to 7.2. It
	// passes an argument on without marking the double quotes in it, and leaves
	// an empty one out.
	WindowsPowerShell
)

// Of tells the shell that a program was most likely started from by the operating
// system, named as by runtime.GOOS, and its environment. On Windows no variable is
// certain; so words that need no more than protection of blanks are written in a way
// that all shells of Windows read alike.
func Of(goos string, getenv func(string) string) Shell {
	switch {
	case goos != "windows", getenv("MSYSTEM") != "", getenv("SHELL") != "": // Git Bash, MSYS2, Cygwin
		return POSIX
	case modulesOfPowerShell(getenv("PSModulePath")):
		return PowerShell
	case getenv("PROMPT") != "": // which cmd sets for all that it starts
		return Cmd
	}
	return WindowsPowerShell
}

// modulesOfPowerShell reports whether a search path for modules was made by
// PowerShell 6 or later; Windows PowerShell's own folders have another name.
func modulesOfPowerShell(path string) bool {
	for folder := range strings.SplitSeq(strings.ToLower(path), ";") {
		if strings.HasSuffix(strings.TrimRight(folder, `\`), `\powershell\modules`) {
			return true
		}
	}
	return false
}

// Here is the shell of this process, see Of.
var Here = sync.OnceValue(func() Shell { return Of(runtime.GOOS, os.Getenv) })

// Extension is what the name of a file with lines for the shell ends in. The lines for
// Cmd are to be pasted, not run as a batch file.
func (s Shell) Extension() string {
	switch s {
	case Cmd:
		return ".txt"
	case PowerShell, WindowsPowerShell:
		return ".ps1"
	}
	return ".sh"
}

// Line writes a command for the shell of this process: the name of a program and its
// arguments.
func Line(words ...string) string { return Here().Line(words...) }

// Line writes a command: the name of a program and its arguments, which reach the
// program as they are. A character that no argument can hold stands in the line as
// U+FFFD: NUL, for Cmd all control characters, and the % of the word --% for PowerShell.
func (s Shell) Line(words ...string) string {
	quoted := make([]string, len(words))
	for i, word := range words {
		quoted[i] = s.Word(word)
	}
	line := strings.Join(quoted, " ")
	if (s == PowerShell || s == WindowsPowerShell) && len(words) > 0 && quoted[0] != words[0] {
		return "& " + line // a quoted text alone is no command
	}
	return line
}

// Word writes one argument of a command, see Line.
func (s Shell) Word(word string) string {
	word = strings.ReplaceAll(word, "\x00", "\uFFFD")
	switch s {
	case Cmd:
		return cmdWord(word)
	case PowerShell:
		return powerShellWord(word)
	case WindowsPowerShell:
		return windowsPowerShellWord(word)
	}
	return posixWord(word)
}

// Assignment writes a command that sets a variable of the environment for the
// commands that follow. The name is a letter or underscore and then letters, digits
// and underscores.
func (s Shell) Assignment(name, value string) string {
	value = strings.ReplaceAll(value, "\x00", "\uFFFD")
	switch s {
	case Cmd:
		return cmdAssignment(name, value)
	case PowerShell, WindowsPowerShell:
		return "$env:" + name + " = " + powerShellText(value)
	}
	return "export " + name + "=" + posixWord(value)
}
