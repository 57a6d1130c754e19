package edit

import (
	"os"
	"path"
	"regexp"
	"runtime"
	"strings"

	"ampedit/client/shell"
)

// Paths have two forms. What is typed and what is shown has the separators of the
// user's own system. Inside, from ExpandPath on, they are slashes, which every system
// opens; so files are compared, shortened and joined in one way.

// ExpandPath turns a path as typed into one that can be opened: without the quotes
// that terminals put around a file that is dragged into them, or its backslashes
// before blanks, and with ~ for the home folder. Its separators are slashes. "" stays
// so.
func ExpandPath(typed string) string {
	home, _ := os.UserHomeDir() // "" leaves the ~
	return expandPath(runtime.GOOS, home, typed)
}

func expandPath(goos, home, typed string) string {
	typed = unquoted(goos, strings.TrimSpace(typed))
	if goos == "windows" {
		typed, home = strings.ReplaceAll(typed, `\`, "/"), strings.ReplaceAll(home, `\`, "/")
	}
	if rest, ok := strings.CutPrefix(typed, "~"); ok && home != "" && (rest == "" || rest[0] == '/') {
		typed = home + rest
	}
	switch {
	case typed == "":
		return ""
	case goos == "windows" && strings.HasPrefix(typed, "//"): // \\server\share
		return "/" + path.Clean(typed)
	case goos == "windows" && len(typed) > 1 && typed[1] == ':': // a drive, and a folder from its root or from where it stands
		return typed[:2] + path.Clean(typed[2:])
	}
	return path.Clean(typed)
}

// protected matches a path with quotes or backslashes that are for a shell.
var protected = regexp.MustCompile(`^['"]|\\[^A-Za-z0-9/]`)

// unquoted takes away what protects a path from a shell: quotes around it, or the
// backslashes before blanks and the like; not on Windows, where they divide folders.
func unquoted(goos, typed string) string {
	if n := len(typed); n > 1 && strings.ContainsRune(`'"`, rune(typed[0])) && typed[n-1] == typed[0] {
		if inner := typed[1 : n-1]; !strings.Contains(inner, typed[:1]) {
			return inner
		}
	}
	if goos == "windows" || !protected.MatchString(typed) {
		return typed
	}
	if words, err := shell.Split(goos, typed); err == nil && len(words) == 1 {
		return words[0]
	}
	return typed
}

// ShownPath writes a path from inside with the separators of this system.
func ShownPath(path string) string { return shownPath(runtime.GOOS, path) }

func shownPath(goos, path string) string {
	if goos == "windows" {
		return strings.ReplaceAll(path, "/", `\`)
	}
	return path
}

// shortName is the name of a file to be shown: relative to root, if it lies below. Both
// are paths from inside. The root may be the file itself.
func shortName(root, file string) string {
	name := file
	if below, ok := strings.CutPrefix(file, strings.TrimSuffix(root, "/")+"/"); ok && root != "" {
		name = below
	} else if root == file {
		name = path.Base(file)
	}
	return ShownPath(name)
}
