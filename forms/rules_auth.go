package forms

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"ampedit/client/loopback"
	"ampedit/client/suggest"
	"ampedit/client/wire"
)

// poolForm is Cognito's own pattern of a user pool id.
var poolForm = regexp.MustCompile(`^([\w-]+)_[0-9a-zA-Z]+$`)

const discoveryPath = "/.well-known/openid-configuration"

// auth checks one authorization type. ref names the step and the entry.
func (k *checker) auth(ref Ref, v Values) {
	ref.Key = KeyMode
	mode := wire.Mode(v.Text(KeyMode))
	switch {
	case mode == "":
		switch {
		case k.c.Stated && k.c.origin(k.a, ref) != nil && k.c.origin(k.a, ref).Mode != nil:
			k.report(ruleNoMode, ref, "The mode is stated as empty; name one, or leave it out where it stays as it is.")
		case k.a.extra(ref) != nil:
			k.add(ruleNoMode, ref, "Settings are stated for an authorization type without a mode, so they are not sent; state its mode as well.", false)
		case ref.Step == StepMore || !k.unchanged(ref):
			k.report(ruleNoMode, ref, "No mode is chosen; choose how requests are authorized.")
		}
		if k.c.Stated { // the mode may be known elsewhere
			for _, f := range statedFields(v) {
				k.setting(ref, v, f)
			}
		}
		return
	case !mode.Known():
		k.unlisted(ruleMode, ref, "an authorization type that this API can set", ModeNames())
		return
	}
	for _, f := range authFields(v)[1:] {
		k.setting(ref, v, f)
	}
}

// ModeNames returns the modes that a request can name.
func ModeNames() []string {
	var names []string
	for _, m := range wire.Modes() {
		names = append(names, string(m))
	}
	return names
}

// unlisted reports a value that is none of a list, and which was meant.
func (k *checker) unlisted(r *Rule, ref Ref, kind string, known []string) {
	text := k.a.Text(ref)
	near := suggest.Nearest(text, known)
	if near == "" || text == lambdaMode {
		k.report(r, ref, fmt.Sprintf("%q is not %s; it is one of %s.", printable(text), kind, strings.Join(known, ", ")))
		return
	}
	p := k.report(r, ref, fmt.Sprintf("%q is not %s; did you mean %s?", printable(text), kind, near))
	p.Fix = &Fix{Label: "use " + near, Apply: func(a *Answers) { a.Set(ref, near) }}
}

// lambdaMode is a mode of AppSync that no other is meant by.
const lambdaMode = "AWS_LAMBDA"

// statedFields are the settings that have a value, of whatever mode.
func statedFields(v Values) []Field {
	var fields []Field
	for _, m := range wire.Modes() {
		for _, f := range authFields(Values{KeyMode: {Text: string(m)}})[1:] {
			if v.Text(f.Key) != "" {
				fields = append(fields, f)
			}
		}
	}
	return fields
}

// setting checks one setting of an authorization type.
func (k *checker) setting(ref Ref, v Values, f Field) {
	ref.Key = f.Key
	text, ok := k.text(ref, f)
	if !ok {
		return
	}
	switch f.Key {
	case KeyExpiration:
		k.days(ref, text)
	case KeyIatTTL, KeyAuthTTL:
		k.lifetime(ref, f.Label, text)
	case KeyIssuer:
		k.issuer(ref, text)
	case KeyUserPool:
		k.pool(ref, text)
	case KeyClientID:
		if _, err := regexp.Compile(text); err != nil {
			k.report(ruleClient, ref, fmt.Sprintf("AppSync reads the client id as a regular expression, and %q is not a valid one.", text))
		}
	}
}

// stated reports whether an answer is just what a file states.
func (k *checker) stated(ref Ref) bool { return k.c.Stated || k.a.Values(ref)[ref.Key].Stated }

// lifetime checks the lifetime of a token. What people type is turned into
// milliseconds; a file is sent by other tools as well, as it stands.
func (k *checker) lifetime(ref Ref, label, text string) {
	d, err := ParseLifetime(text)
	switch {
	case err != nil:
		k.report(ruleLife, ref, fmt.Sprintf("%s: %q is not a lifetime; %v.", label, printable(text), err))
	case k.stated(ref) && strings.Trim(text, "0123456789") != "":
		ms := Milliseconds(d)
		p := k.report(ruleLife, ref, fmt.Sprintf("%s: %q is not a lifetime in milliseconds, which a file has to state; write %s.", label, printable(text), ms))
		p.Fix = &Fix{Label: "use " + ms, Apply: func(a *Answers) { a.Set(ref, ms) }}
	}
}

func (k *checker) days(ref Ref, text string) {
	n, err := ParseDays(text, k.c.Now, k.c.KeyEnd)
	if err != nil && k.stated(ref) {
		err = errStatedDays
	}
	switch {
	case err != nil:
		k.report(ruleDays, ref, fmt.Sprintf("Expires in: %q cannot be taken; %v.", text, err))
	case n == MinKeyDays:
		k.report(ruleOneDay, ref, "Exactly 1 day is usually refused: by the time the key is made less than a whole day is left. Give 2 or more.")
	case strings.HasPrefix(text, "+") && k.c.KeyEnd.IsZero():
		k.report(ruleFromEnd, ref, "When the present key ends is not known here, so the days count from today.")
	}
}

// issuer wants an absolute https URL. Plain http is for providers on this
// machine only. A slash at the end is never added or taken away: AppSync
// compares the issuer with the tokens' to the letter.
func (k *checker) issuer(ref Ref, text string) {
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "https" && u.Scheme != "http":
		k.report(ruleIssuer, ref, fmt.Sprintf("%q is not an absolute https URL, such as https://id.example.com/.", printable(text)))
	case u.Scheme == "http" && !loopback.Is(u.Hostname()):
		k.report(ruleIssuer, ref, "The issuer must be an https URL; plain http is for localhost only.")
	case strings.ContainsAny(text, "?#") || u.User != nil:
		k.report(ruleParts, ref, "An issuer has no user name, query or fragment; give it as the tokens carry it in \"iss\".")
	case strings.HasSuffix(u.Path, discoveryPath):
		issuer := strings.TrimSuffix(text, discoveryPath)
		p := k.report(ruleDoc, ref, "This is the address of the discovery document. The issuer is usually what stands before "+discoveryPath+".")
		p.Fix = &Fix{Label: "use " + issuer, Apply: func(a *Answers) { a.Set(ref, issuer) }}
	case !k.unchanged(ref) && strings.HasSuffix(text, "/"):
		k.report(ruleSlash, ref, "The issuer ends with a slash. AppSync compares it to the letter with \"iss\" in the tokens: make sure that they end with one, too.")
	case !k.unchanged(ref):
		k.report(ruleSlash, ref, "The issuer does not end with a slash. AppSync compares it to the letter with \"iss\" in the tokens: make sure that they end without one, too.")
	}
}

func (k *checker) pool(ref Ref, text string) {
	m := poolForm.FindStringSubmatch(text)
	region := k.c.Region
	switch {
	case m == nil && strings.HasPrefix(text, "auth"):
		k.report(rulePool, ref, fmt.Sprintf("%q looks like the name of a local Amplify resource. A user pool id looks like eu-west-1_AbCdEfGhi.", text))
	case m == nil || len(text) > 55:
		k.report(rulePool, ref, fmt.Sprintf("%q does not look like a user pool id such as eu-west-1_AbCdEfGhi.", text))
	case region != "" && strings.Contains(m[1], "-") && m[1] != region:
		k.report(ruleRegion, ref, fmt.Sprintf("The pool is in %s, the backend in %s; Amplify expects both in one region.", m[1], region))
	}
}

// duplicates holds AppSync's rule: API_KEY and AWS_IAM occur once over default
// and additional types, and no pool or issuer occurs twice.
func (k *checker) duplicates() {
	type place struct {
		name   string
		asRead bool
	}
	seen := map[Identity]place{}
	note := func(ref Ref, name string) {
		auth := sentAuth(k.a, k.c, ref)
		if auth == nil {
			return
		}
		id := identity(auth)
		first, dup := seen[id]
		origin := k.c.origin(k.a, ref)
		asRead := origin != nil && identity(origin) == id
		if !dup {
			seen[id] = place{name, asRead}
			return
		}
		if text := duplicate(id, first.name); text != "" {
			p := k.add(ruleTwice, ref, text, asRead && first.asRead)
			if e := ref.Entry; e != NoEntry {
				p.Fix = &Fix{Label: "remove this entry", Apply: func(a *Answers) { a.remove(e) }}
			}
		}
	}
	note(At(StepDefault, KeyMode), "the default authorization")
	for i, e := range k.a.Live() {
		note(Ref{Step: StepMore, Entry: e.ID, Key: KeyMode}, fmt.Sprintf("additional type %d", i+1))
	}
}

func duplicate(id Identity, first string) string {
	switch id.Mode {
	case wire.ModeAPIKey, wire.ModeIAM:
		return fmt.Sprintf("%s may occur only once; %s has it already.", ModeLabel(string(id.Mode)), first)
	case wire.ModeCognito:
		if id.Name == "" {
			return fmt.Sprintf("Without a user pool id this is the project's pool, and %s has it already.", first)
		}
		return fmt.Sprintf("The user pool %s may occur only once; %s has it already.", printable(id.Name), first)
	case wire.ModeOIDC:
		if id.Name != "" {
			return fmt.Sprintf("The issuer %s may occur only once; %s has it already.", printable(id.Name), first)
		}
	}
	return ""
}
