package edit_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

func configJSON(t *testing.T, c *wire.ResourceConfig) string {
	t.Helper()
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestFileIsTakenAnewOnceThereIsABase opens a file while nothing can be read, so that
// all of it counts as typed; what stays as deployed is told once that is read.
func TestFileIsTakenAnewOnceThereIsABase(t *testing.T) {
	for label, typed := range map[string]bool{"nothing typed": false, "something typed meanwhile": true} {
		t.Run(label, func(t *testing.T) {
			b := serve(t, emulator.Options{})
			base := b.edit.Base()
			e := newEdit(b.clock.Now)
			e.Open(opened(t, keep(t, "f.json", `{"defaultAuthType": {"mode": "API_KEY", "settings": {"expirationTime": 7, "description": "app"}}, "additionalAuthTypes": [{"mode": "AWS_IAM"}]}`)))
			e.SetBaseErr(errors.New("no network"))
			if got := configJSON(t, e.Plan().Input.ResourceConfig); !strings.Contains(got, `"description":"app"`) {
				t.Fatalf("without a base the request is %s", got)
			}
			if typed {
				e.Answers.Set(forms.At(forms.StepTarget, forms.KeyAPIName), "other")
				e.Touch()
			}
			e.SetBase(base)
			want := configJSON(t, base.Config)
			want = strings.Replace(want, `"web client"`, `"app"`, 1)
			want = strings.Replace(want, `{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{"cognitoUserPoolId":"eu-west-1_AbCdEfGhi"}}`, `{"mode":"AWS_IAM"}`, 1)
			if typed {
				want = strings.Replace(want, `"apiName":"notes"`, `"apiName":"other"`, 1)
			}
			if got := configJSON(t, e.Plan().Input.ResourceConfig); got != want {
				t.Errorf("the request is\n%s\nnot\n%s", got, want)
			}
			for _, c := range e.Plan().Changes {
				if !typed && strings.Contains(c.Path, "expirationTime") {
					t.Errorf("days that are deployed count as a renewal: %+v", c)
				}
			}
		})
	}
}

// TestWhatNoFieldShowsIsKeptInADraft has a file state a member that nobody knows, and
// a setting of another mode.
func TestWhatNoFieldShowsIsKeptInADraft(t *testing.T) {
	b := serve(t, emulator.Options{}).connected()
	b.edit.Open(opened(t, keep(t, "f.json", `{"future": [1], "defaultAuthType": {"later": true, "settings": {"openIDIatTTL": "5"}},
		"additionalAuthTypes": [{"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"x": null}}], "conflictResolution": {"y": 1}}`)))
	b.edit.SetBase(b.edit.Base())
	want := configJSON(t, b.edit.Plan().Input.ResourceConfig)
	for _, part := range []string{`"future":[1]`, `"later":true`, `"openIDIatTTL":"5"`, `"cognitoUserPoolId":"eu-west-1_AbCdEfGhi","x":null`, `{"resolutionStrategy":"NONE","y":1}`} {
		if !strings.Contains(want, part) {
			t.Errorf("no %s in %s", part, want)
		}
	}
	paths := map[string]bool{}
	for _, c := range b.edit.Plan().Changes {
		paths[c.Path] = true
	}
	for _, path := range []string{"future", "defaultAuthType.later", "additionalAuthTypes[AMAZON_COGNITO_USER_POOLS].settings.x", "conflictResolution.y"} {
		if !paths[path] {
			t.Errorf("%s is no change: %v", path, paths)
		}
	}
	j, _ := b.drafting()
	b.leave(j)
	later := b.next()
	draft := findOne(t, j, prod)
	if lines := strings.Join(offered(draft, later), "\n"); strings.Count(lines, "members that no field shows") != 2 {
		t.Errorf("the draft offers\n%s", lines)
	}
	edit.NewKeeper(j).Take(draft, later)
	if got := configJSON(t, later.Plan().Input.ResourceConfig); got != want {
		t.Errorf("the draft wants\n%s\nnot\n%s", got, want)
	}
}

// TestSavedFileStatesWhatIsEmptied saves a request that empties settings into a file,
// and opens that again.
func TestSavedFileStatesWhatIsEmptied(t *testing.T) {
	for _, name := range []string{"f.json", "f.yaml"} {
		for _, text := range []string{`{"apiName": "notes"}`, `{"ResourceConfig": {"ApiName": "notes"}}`} {
			b := serve(t, emulator.Options{})
			path := keep(t, name, text)
			b.edit.Open(opened(t, path))
			b.edit.SetBase(b.edit.Base())
			b.set(description, "")
			b.set(forms.At(forms.StepDefault, forms.KeyExpiration), "")
			pool := forms.Ref{Step: forms.StepMore, Entry: b.edit.Answers.More[0].ID, Key: forms.KeyUserPool}
			b.set(pool, "")
			want := configJSON(t, b.edit.Plan().Input.ResourceConfig)
			_, save := b.edit.SaveFile()
			if err := save(); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			again := newEdit(b.clock.Now)
			again.Open(opened(t, path))
			again.SetBase(b.edit.Base())
			if got := configJSON(t, again.Plan().Input.ResourceConfig); got != want {
				t.Errorf("the file asks for\n%s\nnot\n%s", got, want)
			}
		}
	}
}

// TestGapIsNotSent takes up answers that a secret was taken out of.
func TestGapIsNotSent(t *testing.T) {
	b := serve(t, emulator.Options{}).connected()
	b.set(description, "key da2-abcdefghijklmnopqrstuvwxyz")
	if p := b.edit.Plan().Blocked(); p == nil || p.Ref != description || strings.Contains(p.Text, "da2-") {
		t.Fatalf("the secret is no problem: %+v", p)
	}
	j, _ := b.drafting()
	data, typed := b.edit.DraftData()
	if missing, err := edit.NewKeeper(j).Leave(data, typed); err != nil || len(missing) != 1 || missing[0].Ref != description {
		t.Fatalf("%+v are missing in the draft, %v", missing, err)
	}
	later := b.next()
	edit.NewKeeper(j).Take(findOne(t, j, prod), later)
	if p := later.Plan().Blocked(); p == nil || p.Ref != description || !strings.Contains(p.Text, "gap") {
		t.Errorf("the gap is no problem: %+v", p)
	}
}

// TestStatedBelongsToTheMode chooses another mode by hand: what the file states of the
// one before is neither sent nor saved.
func TestStatedBelongsToTheMode(t *testing.T) {
	b := serve(t, emulator.Options{})
	path := keep(t, "f.json", `{"defaultAuthType": {"later": true, "settings": {"x": 1, "description": "app"}}}`)
	b.edit.Open(opened(t, path))
	b.edit.SetBase(b.edit.Base())
	b.set(forms.At(forms.StepDefault, forms.KeyMode), "AWS_IAM")
	if got := configJSON(t, b.edit.Plan().Input.ResourceConfig); !strings.Contains(got, `"defaultAuthType":{"mode":"AWS_IAM"}`) {
		t.Errorf("the request is %s", got)
	}
	_, save := b.edit.SaveFile()
	if err := save(); err != nil {
		t.Fatal(err)
	}
	if c := opened(t, path).Document.Config; c.DefaultAuthType.Settings != nil && (c.DefaultAuthType.Settings.Description != nil || c.DefaultAuthType.Settings.ExpirationTime != nil) {
		t.Errorf("the file states %s", configJSON(t, c))
	}
}

// TestOrderOfAFileStays reads the configuration again after a file changed the order.
func TestOrderOfAFileStays(t *testing.T) {
	b := serve(t, emulator.Options{})
	base := *b.edit.Base()
	iam := wire.ModeIAM
	base.Config = b.earlier(func(c *wire.ResourceConfig) {
		c.AdditionalAuthTypes = append(c.AdditionalAuthTypes, wire.AuthType{Mode: &iam})
	})
	b.edit.SetBase(&base)
	b.edit.Open(opened(t, keep(t, "f.json", `{"additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode": "AMAZON_COGNITO_USER_POOLS"}]}`)))
	for range 2 {
		b.edit.SetBase(&base)
		if got := b.edit.Plan().Input.ResourceConfig.AdditionalAuthTypes; len(got) != 2 || *got[0].Mode != iam {
			t.Fatalf("the request has %+v", got)
		}
	}
}

// TestPutBackIsNoFile says nothing of a file whose answers are replaced.
func TestPutBackIsNoFile(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.edit.Open(opened(t, keep(t, "f.json", `{"apiName": "notes"}`)))
	b.edit.SetBase(b.edit.Base())
	if b.edit.Plan().Statement == nil {
		t.Fatal("the plan says nothing of the file")
	}
	if _, err := b.edit.PutBack(receiptOf(b.edit.Base().Config)); err != nil {
		t.Fatal(err)
	}
	if s := b.edit.Plan().Statement; s != nil {
		t.Errorf("the plan says of the file: %v", s.Lines())
	}
}
