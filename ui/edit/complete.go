package edit

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
)

// maxCompletions bounds the suggestions for a path.
const maxCompletions = 200

// CompletePath returns what a path as typed can be completed to: folders, which
// end with a separator, and .graphql and .gql files. Names that begin with a dot
// are only offered once a dot is typed. A folder that does not exist gives none.
func CompletePath(disk fs.FS, path string) ([]string, error) {
	folder, prefix := filepath.Split(path)
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
			paths = append(paths, folder+name+string(filepath.Separator))
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
