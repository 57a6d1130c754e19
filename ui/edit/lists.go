package edit

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/sahilm/fuzzy"

	"ampedit/client"
	"ampedit/forms"
)

// Suggestion is a value that a field may take, and what it is.
type Suggestion struct {
	Value string
	// Label says what the value stands for, "" if it speaks for itself.
	Label string
}

// maxListPages bounds the live lists: 1000 apps or 600 pools are enough to
// filter; a value can always be typed.
const maxListPages = 10

// Lists looks up what fields may hold. What the services say is kept for the run.
// It is used by one goroutine; Look returns work for another.
type Lists struct {
	Disk  fs.FS
	known map[listKey][]Suggestion
}

// listKey tells lists apart: another connection or app has others.
type listKey struct {
	key    forms.Key
	access Access
	app    string
}

// Lookup is a request for suggestions, made of copied values.
type Lookup struct {
	// Ref is the field, Text what is typed in it.
	Ref  forms.Ref
	Text string
	// All leaves out the filtering by Text.
	All bool

	key     listKey
	session *Session
	base    *Base
	disk    fs.FS
	known   []Suggestion
}

// Found is what a Lookup found.
type Found struct {
	// Lookup is the request.
	Lookup Lookup
	// Matches are the suggestions that fit, the best first.
	Matches []Suggestion
	// All is the whole list, to be kept; nil for paths.
	All []Suggestion
	// Err says why there are none.
	Err error
}

// Offers reports whether a field has a list.
func Offers(ref forms.Ref) bool {
	switch ref.Key {
	case forms.KeyProfile, forms.KeyRegion, forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName,
		forms.KeyUserPool, forms.KeySchemaPath:
		return true
	}
	return false
}

// Prepare makes a Lookup for a field of an edit.
func (l *Lists) Prepare(e *Edit, ref forms.Ref, text string, all bool) Lookup {
	key := listKey{key: ref.Key, access: e.Access()}
	if ref.Key == forms.KeyEnvironment || ref.Key == forms.KeyResourceName {
		key.app = e.Target().AppID + "/" + e.Target().Environment
	}
	return Lookup{
		Ref: ref, Text: text, All: all, key: key,
		session: e.session, base: e.base, disk: l.Disk, known: l.known[key],
	}
}

// Keep remembers what a Lookup found.
func (l *Lists) Keep(f Found) {
	if f.Err == nil && f.All != nil {
		if l.known == nil {
			l.known = map[listKey][]Suggestion{}
		}
		l.known[f.Lookup.key] = f.All
	}
}

// Look does the work: it may need the network.
func (l Lookup) Look(ctx context.Context) Found {
	f := Found{Lookup: l}
	if l.Ref.Key == forms.KeySchemaPath {
		paths, err := CompletePath(l.disk, l.Text)
		for _, path := range paths {
			f.Matches = append(f.Matches, Suggestion{Value: path})
		}
		f.Err = err
		return f
	}
	f.All = l.known
	if f.All == nil {
		f.All, f.Err = l.fetch(ctx)
	}
	f.Matches = filter(f.All, l.Text, l.All)
	return f
}

func (l Lookup) fetch(ctx context.Context) ([]Suggestion, error) {
	switch l.Ref.Key {
	case forms.KeyProfile:
		return plain(client.Profiles()), nil
	case forms.KeyRegion:
		return plain(client.Regions()), nil
	}
	if l.session == nil {
		return nil, errors.New("there is no connection yet")
	}
	switch l.Ref.Key {
	case forms.KeyAppID:
		apps, _, err := l.session.ListApps(ctx, maxListPages)
		var out []Suggestion
		for _, app := range apps {
			out = append(out, Suggestion{Value: app.ID, Label: app.Name})
		}
		return out, err
	case forms.KeyUserPool:
		pools, _, err := l.session.ListUserPools(ctx, maxListPages)
		var out []Suggestion
		for _, pool := range pools {
			out = append(out, Suggestion{Value: pool.ID, Label: pool.Name})
		}
		return out, err
	}
	return l.fetchBackend(ctx)
}

// fetchBackend lists environments or API resources by GetBackend.
func (l Lookup) fetchBackend(ctx context.Context) ([]Suggestion, error) {
	app, env, _ := strings.Cut(l.key.app, "/")
	if app == "" {
		return nil, errors.New("give the app id first")
	}
	if l.Ref.Key == forms.KeyResourceName && env == "" {
		return nil, errors.New("give the environment first")
	}
	about := &Base{Target: Target{AppID: app, Environment: env}}
	if err := about.addBackend(ctx, l.session.Service); err != nil {
		return nil, fmt.Errorf("list what %s has: %w", app, err)
	}
	if l.Ref.Key == forms.KeyEnvironment {
		return plain(about.Environments), nil
	}
	return plain(about.Resources), nil
}

func plain(values []string) []Suggestion {
	out := make([]Suggestion, len(values))
	for i, v := range values {
		out[i] = Suggestion{Value: v}
	}
	return out
}

// source lets fuzzy search values and labels.
type source []Suggestion

func (s source) String(i int) string { return s[i].Value + " " + s[i].Label }
func (s source) Len() int            { return len(s) }

func filter(all []Suggestion, text string, unfiltered bool) []Suggestion {
	text = strings.TrimSpace(text)
	if unfiltered || text == "" {
		return all
	}
	var out []Suggestion
	for _, match := range fuzzy.FindFrom(text, source(all)) {
		out = append(out, all[match.Index])
	}
	if len(out) == 1 && out[0].Value == text {
		return nil
	}
	return out
}
