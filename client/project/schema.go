package project

import (
	"io/fs"
	"path"
	"strings"
)

// schemaFiles returns the files that make up the schema of the API in dir, by
// the rule of Amplify's transformer: the two single files, else everything
// below the schema folder but what begins with a dot, in order of the names.
func (r reader) schemaFiles(dir string) []string {
	var files []string
	for _, name := range []string{"schema.graphql", "schema.sql.graphql"} {
		if r.isFile(path.Join(dir, name)) {
			files = append(files, path.Join(dir, name))
		}
	}
	if len(files) > 0 {
		return files
	}
	walk := schemaWalk{reader: r, left: maxEntries}
	folder := path.Join(dir, "schema")
	if !walk.into(folder) {
		r.add(UnreadableFile, folder, "The schema folder was not read to its end: it holds more than %d entries, or a link to itself.", maxEntries)
	}
	return walk.files
}

// A schemaWalk collects the files of a split schema. Links to folders are
// followed, as Amplify does; counting entries ends a walk through a ring of them.
type schemaWalk struct {
	reader
	files []string
	left  int // how many entries may still be looked at
}

// into collects the files below dir. It returns false when it ran into the limit.
func (w *schemaWalk) into(dir string) bool {
	for _, entry := range w.list(dir) {
		if w.left--; w.left < 0 {
			return false
		}
		name := path.Join(dir, entry.Name())
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		if info, err := fs.Stat(w.fsys, name); err == nil && info.IsDir() {
			if !w.into(name) {
				return false
			}
		} else if w.isFile(name) {
			w.files = append(w.files, name)
		}
	}
	return true
}
