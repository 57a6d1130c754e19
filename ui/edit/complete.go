package edit

import (
	"errors"
	"io/fs"
	"runtime"
	"strings"
)

// maxCompletions bounds the suggestions for a path.
const maxCompletions = 200

// CompletePath returns what a path as typed can be completed to: folders, which
// end with a separator, and .graphql and .gql files. Names that begin with a dot
// are only offered once a dot is typed. A folder that does not exist gives none.
func CompletePath(disk fs.FS, path string) ([]string, error) {
	folder, prefix := splitTyped(runtime.GOOS, path)
	at := ExpandPath(folder)
	if at == "" {
		at = "."
	}
	entries, err := fs.ReadDir(disk, at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case !strings.HasPrefix(strings.ToLower(name), strings.ToLower(prefix)),
			strings.HasPrefix(name, ".") && !strings.HasPrefix(prefix, "."):
		case entry.IsDir():
			paths = append(paths, folder+name+separatorOf(runtime.GOOS, folder))
		case strings.HasSuffix(name, ".graphql"), strings.HasSuffix(name, ".gql"):
			paths = append(paths, folder+name)
		}
		if len(paths) == maxCompletions {
			break
		}
	}
	if len(paths) == 1 && paths[0] == path {
		return nil, nil
	}
	return paths, nil
}

// splitTyped divides a path as typed after its last separator.
func splitTyped(goos, path string) (folder, name string) {
	separators := "/"
	if goos == "windows" {
		separators = `/\`
	}
	at := strings.LastIndexAny(path, separators) + 1
	return path[:at], path[at:]
}

// separatorOf is the separator to go on with after a folder as typed: the one typed
// last, else the system's own.
func separatorOf(goos, folder string) string {
	if folder != "" {
		return folder[len(folder)-1:]
	}
	return shownPath(goos, "/")
}
