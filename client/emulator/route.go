package emulator

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// route finds the operation that owns the method, path and target of r, and
// decodes the labels of its path.
func route(r *http.Request) (*operation, map[string]string, error) {
	for _, op := range operations {
		if op.method != r.Method || op.target != r.Header.Get("X-Amz-Target") {
			continue
		}
		if labels, ok := op.match(rawPath(r)); ok {
			return op, labels, nil
		}
	}
	return nil, nil, noSuchRoute()
}

// rawPath is the path as it travelled: an escaped slash in a label must not be
// taken for a separator.
func rawPath(r *http.Request) string {
	path, _, _ := strings.Cut(r.RequestURI, "?")
	return path
}

func (op *operation) match(path string) (map[string]string, bool) {
	want, got := strings.Split(op.path, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return nil, false
	}
	labels := map[string]string{}
	for i, part := range want {
		value, err := url.PathUnescape(got[i])
		name, isLabel := strings.CutPrefix(part, "{")
		switch {
		case err != nil:
			return nil, false
		case isLabel:
			labels[strings.TrimSuffix(name, "}")] = value
		case part != got[i]:
			return nil, false
		}
	}
	return labels, true
}

// checkLabels refuses a path in which something is missing.
func checkLabels(labels map[string]string) error {
	for _, name := range slices.Sorted(maps.Keys(labels)) {
		if labels[name] == "" {
			return badRequest("%s: must not be empty", name)
		}
	}
	return nil
}
