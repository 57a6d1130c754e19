package wire

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// meaning is a configuration reduced to what it means. Two ways to write the same
// have the same meaning:
//
//   - an empty string and an absent one,
//   - an empty list of additional types and an absent one, whatever the order of its
//     entries: AppSync knows them by their mode,
//   - empty settings and absent ones,
//   - an absent conflict resolution, one without a strategy, and NONE,
//   - a schema with line breaks at its end and one without.
//
// A member of another JSON type than the service model says means what it was
// understood as, or else its own text. Members that the service model does not know
// are left out: what they mean is not known.
type meaning struct {
	APIName, Service, Schema string
	Default                  string
	Additional               []string
	Strategy                 string
	Unread                   []string `json:",omitempty"` // so that other hashes stay what they were
}

func meaningOf(c *ResourceConfig) meaning {
	m := meaning{
		APIName: Text(c.APIName), Service: Text(c.Service), Schema: strings.TrimRight(Text(c.TransformSchema), "\r\n"),
		Strategy: string(StrategyNone), Unread: unread(c),
	}
	if c.DefaultAuthType != nil {
		m.Default = authMeaning(*c.DefaultAuthType)
	}
	for _, a := range c.AdditionalAuthTypes {
		if text := authMeaning(a); text != "" {
			m.Additional = append(m.Additional, text)
		}
	}
	slices.Sort(m.Additional)
	if r := c.ConflictResolution; r != nil && r.ResolutionStrategy != nil {
		m.Strategy = cmp.Or(string(*r.ResolutionStrategy), m.Strategy)
	}
	return m
}

// authMeaning writes an authorization type in one form.
func authMeaning(a AuthType) string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, fmt.Sprintf("%s=%q", name, value))
		}
	}
	if a.Mode != nil {
		add("mode", string(*a.Mode))
	}
	if s := a.Settings; s != nil {
		add("cognitoUserPoolId", Text(s.CognitoUserPoolID))
		add("description", Text(s.Description))
		if s.ExpirationTime != nil {
			add("expirationTime", fmt.Sprint(*s.ExpirationTime))
		}
		add("openIDAuthTTL", Text(s.OpenIDAuthTTL))
		add("openIDClientId", Text(s.OpenIDClientID))
		add("openIDIatTTL", Text(s.OpenIDIatTTL))
		add("openIDIssueURL", Text(s.OpenIDIssueURL))
		add("openIDProviderName", Text(s.OpenIDProviderName))
	}
	return strings.Join(parts, " ")
}

// MeaningHash is the SHA-256, in lower-case hexadecimal digits, of what a
// configuration means. Configurations that mean the same have the same; "" stands
// for nil, of which nothing is known.
func MeaningHash(c *ResourceConfig) string {
	if c == nil {
		return ""
	}
	data, err := json.Marshal(meaningOf(c))
	if err != nil { // the type holds nothing that JSON cannot say
		panic("wire: hash the meaning: " + err.Error())
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// SameMeaning reports whether two configurations mean the same; nil means the same
// as nil alone.
func SameMeaning(a, b *ResourceConfig) bool { return MeaningHash(a) == MeaningHash(b) }

// Differences names the members of two configurations that do not mean the same,
// in the order of the service model; none if one of them is not known.
func Differences(a, b *ResourceConfig) []string {
	if a == nil || b == nil {
		return nil
	}
	var out []string
	x, y := meaningOf(a), meaningOf(b)
	add := func(name string, differs bool) {
		if differs {
			out = append(out, name)
		}
	}
	add("apiName", x.APIName != y.APIName)
	add("service", x.Service != y.Service)
	add("transformSchema", x.Schema != y.Schema)
	add("defaultAuthType", x.Default != y.Default)
	add("additionalAuthTypes", !slices.Equal(x.Additional, y.Additional))
	add("conflictResolution", x.Strategy != y.Strategy)
	add("members of another type", !slices.Equal(x.Unread, y.Unread))
	return out
}

// UnknownDifferences names what differs in two configurations without a meaning
// that is known: members that the service model does not have, and the order of the
// additional types.
func UnknownDifferences(a, b *ResourceConfig) []string {
	if a == nil || b == nil {
		return nil
	}
	x, y := unknownMembers(a), unknownMembers(b)
	var out []string
	for path := range x {
		if x[path] != y[path] {
			out = append(out, path)
		}
	}
	for path := range y {
		if _, both := x[path]; !both {
			out = append(out, path)
		}
	}
	slices.Sort(out)
	if p, q := modes(a), modes(b); len(p) == len(q) && !slices.Equal(p, q) && SameMeaning(a, b) {
		out = append(out, "the order of additionalAuthTypes")
	}
	return out
}

// unknownMembers are the members that the service model does not have, as compact
// JSON by their paths. Additional types are known by their mode.
func unknownMembers(c *ResourceConfig) map[string]string {
	out := map[string]string{}
	add := func(path string, m Members) {
		for name, raw := range m {
			var compact bytes.Buffer
			if json.Compact(&compact, raw) != nil { // no JSON, which only code can have put there
				compact.Write(raw)
			}
			out[path+name] = compact.String()
		}
	}
	auth := func(path string, a *AuthType) {
		if a == nil {
			return
		}
		add(path, a.Unknown)
		if a.Settings != nil {
			add(path+"settings.", a.Settings.Unknown)
		}
	}
	add("", c.Unknown)
	auth("defaultAuthType.", c.DefaultAuthType)
	for i := range c.AdditionalAuthTypes {
		a := &c.AdditionalAuthTypes[i]
		var mode Mode
		if a.Mode != nil {
			mode = *a.Mode
		}
		auth(fmt.Sprintf("additionalAuthTypes[%s].", mode), a)
	}
	if c.ConflictResolution != nil {
		add("conflictResolution.", c.ConflictResolution.Unknown)
	}
	return out
}

func modes(c *ResourceConfig) []Mode {
	var out []Mode
	for _, a := range c.AdditionalAuthTypes {
		if a.Mode != nil {
			out = append(out, *a.Mode)
		}
	}
	return out
}

// Text is the text that an optional member points to, "" where it is left out.
func Text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
