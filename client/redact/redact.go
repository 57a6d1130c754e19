// Package redact takes secrets out of text: credentials, session tokens, signatures
// and the API keys of AppSync, wherever they come from. It is the only place that
// says what a secret looks like.
//
// A secret is found in three ways: by its own look, by the name before it, as in
// "secretAccessKey": "…", and because the program was told of it with [Know].
package redact

import (
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
)

// Gap stands where a secret was taken out.
const Gap = "[redacted]"

// MinKnown is the least length, in bytes, of a secret that is looked for because it
// is known. AWS's are longer; a shorter one would be found in ordinary words.
const MinKnown = 16

// known are the secrets of this process, each also as it stands in an address. A
// secret is one wherever it turns up, so that they belong to no client.
var known atomic.Pointer[[]string]

// Know has secrets of this run taken out of every text from now on, also where they
// look like none. Those shorter than [MinKnown] are passed over. It may be called
// from any goroutine.
func Know(secrets ...string) {
	for {
		old := known.Load()
		var all []string
		if old != nil {
			all = slices.Clone(*old)
		}
		for _, s := range secrets {
			for _, form := range []string{s, url.QueryEscape(s), url.PathEscape(s)} {
				if len(s) >= MinKnown && !slices.Contains(all, form) {
					all = append(all, form)
				}
			}
		}
		// The longest first: a secret may begin with another one.
		slices.SortStableFunc(all, func(a, b string) int { return len(b) - len(a) })
		if known.CompareAndSwap(old, &all) {
			return
		}
	}
}

// Text returns a text without secrets; each leaves a [Gap]. A text without any is
// returned as it is.
func Text(text string) string {
	if all := known.Load(); all != nil {
		for _, secret := range *all {
			text = strings.ReplaceAll(text, secret, Gap)
		}
	}
	return byName(byLook(text))
}

// HasGap reports whether a secret was taken out of a text.
func HasGap(text string) bool { return strings.Contains(text, Gap) }

// Holds reports whether there is a secret in a text, or the gap that one left.
func Holds(text string) bool { return Text(text) != text || HasGap(text) }

// KnowEnvironment is [Know] of the variables, as os.Environ gives them, whose names
// are those of secrets.
func KnowEnvironment(variables []string) {
	for _, variable := range variables {
		if name, value, ok := strings.Cut(variable, "="); ok && Name(name) {
			Know(value)
		}
	}
}
