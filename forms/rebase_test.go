package forms_test

import (
	"fmt"
	"strings"
	"testing"

	"ampedit/forms"
)

// entries writes the additional types in short: mode, some settings, and a sign
// for added (+) and removed (-) ones.
func entries(a *forms.Answers) string {
	var out []string
	for _, e := range a.More {
		text := e.Values.Text(forms.KeyMode)
		for _, key := range []forms.Key{forms.KeyUserPool, forms.KeyIssuer, forms.KeyClientID, forms.KeyExpiration} {
			if v := e.Values.Text(key); v != "" {
				text += " " + v
			}
		}
		if e.Added() {
			text = "+" + text
		}
		if e.Removed {
			text = "-" + text
		}
		out = append(out, text)
	}
	return strings.Join(out, ", ")
}

func issuer(url, client string) string {
	return fmt.Sprintf(`{"mode":"OPENID_CONNECT","settings":{"openIDIssueURL":%q,"openIDClientId":%q}}`, url, client)
}

func list(types ...string) string {
	return `{"additionalAuthTypes":[` + strings.Join(types, ",") + `]}`
}

func TestRebaseOfEntries(t *testing.T) {
	const iam, key7, key30 = `{"mode":"AWS_IAM"}`, `{"mode":"API_KEY","settings":{"expirationTime":7}}`, `{"mode":"API_KEY","settings":{"expirationTime":30}}`
	a1, a2, b1 := issuer("https://a", "1"), issuer("https://a", "2"), issuer("https://b", "1")
	for _, test := range []struct {
		name     string
		old      string // "" for a first reading
		edit     func(*forms.Answers, *forms.Context)
		now      string
		want     string
		wantSent string // "" for the same as now
	}{
		{"untouched ones follow", list(key7, iam), all(), list(key30, iam), "API_KEY 30, AWS_IAM", ""},
		{"typed ones stay", list(key7, iam), setMore(0, forms.KeyExpiration, "90"), list(key30, iam), "API_KEY 90, AWS_IAM",
			list(`{"mode":"API_KEY","settings":{"expirationTime":90}}`, iam)},
		{"other fields of a typed one follow", list(a1), setMore(0, forms.KeyProviderName, "acme"), list(a2), "OPENID_CONNECT https://a 2",
			list(strings.Replace(a2, `"settings":{`, `"settings":{"openIDProviderName":"acme",`, 1))},
		{"new ones appear", list(iam), all(), list(key7, iam), "API_KEY 7, AWS_IAM", ""},
		{"untouched ones go", list(key7, iam), all(), list(iam), "AWS_IAM", ""},
		{"typed ones stay though gone", list(key7, iam), setMore(0, forms.KeyExpiration, "90"), list(iam), "AWS_IAM, +API_KEY 90",
			list(iam, `{"mode":"API_KEY","settings":{"expirationTime":90}}`)},
		{"added ones stay", list(iam), add("API_KEY", nil), list(iam), "AWS_IAM, +API_KEY", list(iam, `{"mode":"API_KEY"}`)},
		{"added before the first reading", "", add("AWS_IAM", nil), list(key7), "API_KEY 7, +AWS_IAM", list(key7, iam)},
		{"added here and there", list(), add("API_KEY", map[forms.Key]string{forms.KeyExpiration: "90"}), list(key7), "API_KEY 90",
			list(`{"mode":"API_KEY","settings":{"expirationTime":90}}`)},
		{"without a mode yet", list(), add("", nil), list(iam), "AWS_IAM, +", list(iam)},
		{"removed ones stay removed", list(key7, iam), remove(0), list(key30, iam), "-API_KEY 30, AWS_IAM", list(iam)},
		{"removed and gone", list(key7, iam), remove(0), list(iam), "AWS_IAM", ""},
		{"matched by identity, not by place", list(a1, b1), setMore(0, forms.KeyClientID, "9"), list(b1, a2), "OPENID_CONNECT https://b 1, OPENID_CONNECT https://a 9",
			list(b1, issuer("https://a", "9"))},
		{"another issuer is another type", list(a1), all(), list(b1), "OPENID_CONNECT https://b 1", ""},
		{"a typed issuer stays with its type", list(a1), setMore(0, forms.KeyIssuer, "https://c"), list(a2), "OPENID_CONNECT https://c 2", list(issuer("https://c", "2"))},
		{"order follows", list(key7, iam), all(), list(iam, key7), "AWS_IAM, API_KEY 7", ""},
		{"order that was chosen stays", list(key7, iam, a1), func(a *forms.Answers, _ *forms.Context) { a.Move(a.More[1].ID, -1) },
			list(key7, iam, a1, b1), "AWS_IAM, API_KEY 7, OPENID_CONNECT https://a 1, OPENID_CONNECT https://b 1", list(iam, key7, a1, b1)},
		{"two of a kind", list(iam, iam), all(), list(iam, iam), "AWS_IAM, AWS_IAM", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, c := forms.NewAnswers(), forms.Context{Now: noon}
			if test.old != "" {
				a, c = opened(t, test.old)
			}
			test.edit(a, &c)
			old := c.Base
			c.Base = decode(t, test.now)
			a.Rebase(old, c.Base)
			if got := entries(a); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
			if test.wantSent == "" {
				test.wantSent = test.now
			}
			wantJSON(t, config(t, a, c), test.wantSent)
			uniqueIDs(t, a)
		})
	}
}

func uniqueIDs(t *testing.T, a *forms.Answers) {
	t.Helper()
	seen := map[int]bool{}
	for _, e := range a.More {
		if seen[e.ID] || e.ID >= a.NextID {
			t.Errorf("the ID %d is not unique or below NextID %d", e.ID, a.NextID)
		}
		seen[e.ID] = true
	}
}

func TestWhatWasTypedBeforeTheAnswerStays(t *testing.T) {
	a, c := forms.NewAnswers(), forms.Context{Now: noon}
	a.Set(primary(forms.KeyMode), "API_KEY")
	a.Set(primary(forms.KeyExpiration), "90")
	a.Set(target(forms.KeyAPIName), "memos")
	c.Base = decode(t, notes)
	a.Rebase(nil, c.Base)
	for ref, want := range map[forms.Ref]string{
		primary(forms.KeyExpiration):  "90",
		primary(forms.KeyDescription): "web",
		target(forms.KeyAPIName):      "memos",
		target(forms.KeyService):      "AppSync",
	} {
		if got := a.Text(ref); got != want {
			t.Errorf("%s is %q, want %q", ref.Key, got, want)
		}
	}
	if mark := forms.Was(a, c, primary(forms.KeyExpiration)); mark != (forms.Mark{Symbol: forms.Changed, Old: "7"}) {
		t.Errorf("the days are marked %+v", mark)
	}
	if mark := forms.Was(a, c, primary(forms.KeyDescription)); mark != (forms.Mark{}) {
		t.Errorf("the description is marked %+v", mark)
	}
}

func TestRebaseForgetsWhatIsGone(t *testing.T) {
	for _, now := range []string{`{}`, `{"defaultAuthType":{"mode":"API_KEY"}}`, `{"defaultAuthType":{"settings":{}}}`} {
		a, c := opened(t, notes)
		base := decode(t, now)
		a.Rebase(c.Base, base)
		c.Base = base
		wantJSON(t, config(t, a, c), now)
	}
}

func TestRebaseOnNothingKeepsAll(t *testing.T) {
	a, c := opened(t, notes)
	before := config(t, a, c)
	a.Rebase(c.Base, nil)
	wantJSON(t, config(t, a, c), before)
}

// TestADraftMeetsItsConfiguration restores answers from JSON, when the
// configuration that they were made on is no longer at hand.
func TestADraftMeetsItsConfiguration(t *testing.T) {
	a, c := opened(t, notes)
	a.Set(more(a.More[1], forms.KeyClientID), "web|ios")
	a.More[2].Removed = true
	want := config(t, a, c)
	a.Rebase(nil, c.Base)
	wantJSON(t, config(t, a, c), want)
	if len(a.More) != 3 {
		t.Errorf("entries are %s", entries(a))
	}
}

func TestRestore(t *testing.T) {
	a, c := opened(t, notes)
	before := config(t, a, c)
	edited := map[forms.Ref]string{
		target(forms.KeyAPIName):         "memos",
		primary(forms.KeyMode):           "AWS_IAM",
		primary(forms.KeyDescription):    "other",
		more(a.More[1], forms.KeyIssuer): "https://other.example.com",
		more(a.More[0], forms.KeyMode):   "OPENID_CONNECT",
		strategy:                         "NONE",
		source:                           forms.SourceFile,
	}
	for ref, text := range edited {
		a.Set(ref, text)
	}
	for ref := range edited {
		if !a.Restore(c, ref) {
			t.Errorf("%+v was not restored", ref)
		}
		if a.Values(ref)[ref.Key].Touched {
			t.Errorf("%+v still counts as typed", ref)
		}
	}
	wantJSON(t, config(t, a, c), before)
	added := a.Add("API_KEY")
	for _, ref := range []forms.Ref{target(forms.KeyAppID), more(added, forms.KeyMode), path} {
		if a.Restore(c, ref) {
			t.Errorf("%+v was restored to something that was never read", ref)
		}
	}
	if a.Restore(forms.Context{}, strategy) {
		t.Error("restored without a configuration")
	}
}
