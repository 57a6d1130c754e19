package edit_test

import (
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// receiptOf is a receipt of prod with what was deployed before it.
func receiptOf(before *wire.ResourceConfig) *edit.Receipt {
	r := &edit.Receipt{ID: "2026-11-02T08-00-00Z-prod"}
	r.Target = journal.Target{AppID: prod.AppID, Environment: prod.Environment, ResourceName: prod.ResourceName}
	r.Before = before
	return r
}

// earlier is what is deployed, with a change.
func (b *backend) earlier(change func(*wire.ResourceConfig)) *wire.ResourceConfig {
	c := *b.edit.Base().Config
	change(&c)
	return &c
}

func TestPutBackAsksForWhatWasDeployedBefore(t *testing.T) {
	iam, none := wire.ModeIAM, wire.StrategyAutomerge
	schema := "type Earlier @model { id: ID! }\n"
	tests := map[string]func(*wire.ResourceConfig){
		"nothing": func(*wire.ResourceConfig) {},
		"mode":    func(c *wire.ResourceConfig) { c.DefaultAuthType = &wire.AuthType{Mode: &iam} },
		"more types": func(c *wire.ResourceConfig) {
			c.AdditionalAuthTypes = append(c.AdditionalAuthTypes, wire.AuthType{Mode: &iam})
		},
		"no type":          func(c *wire.ResourceConfig) { c.AdditionalAuthTypes = []wire.AuthType{} },
		"no list of types": func(c *wire.ResourceConfig) { c.AdditionalAuthTypes = nil },
		"schema":           func(c *wire.ResourceConfig) { c.TransformSchema = &schema },
		"conflict resolution": func(c *wire.ResourceConfig) {
			c.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: &none}
		},
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			b := serve(t, emulator.Options{})
			before := b.earlier(change)
			b.set(description, "typed") // goes: what is put back is put back whole
			rest, err := b.edit.PutBack(receiptOf(before))
			if err != nil || len(rest) != 0 {
				t.Fatalf("%v, and this would still differ: %v", err, rest)
			}
			wanted := b.edit.Plan().Input.ResourceConfig
			if left := forms.Between(before, wanted, begin); len(left) != 0 {
				t.Errorf("the request differs from what was deployed before: %v", left)
			}
		})
	}
}

func withoutDescription(auth *wire.AuthType) *wire.AuthType {
	out, settings := *auth, *auth.Settings
	settings.Description = nil
	out.Settings = &settings
	return &out
}

// TestPutBackSaysWhatStaysDifferent has members deployed that were not there before:
// a request cannot take them away, only empty them or leave them out.
func TestPutBackSaysWhatStaysDifferent(t *testing.T) {
	for path, change := range map[string]func(*wire.ResourceConfig){
		"transformSchema":                      func(c *wire.ResourceConfig) { c.TransformSchema = nil },
		"defaultAuthType.settings.description": func(c *wire.ResourceConfig) { c.DefaultAuthType = withoutDescription(c.DefaultAuthType) },
	} {
		b := serve(t, emulator.Options{})
		rest, err := b.edit.PutBack(receiptOf(b.earlier(change)))
		if err != nil || len(rest) == 0 || !strings.HasPrefix(rest[0].Path, path) {
			t.Errorf("%s: %v, %v", path, rest, err)
		}
	}
}

func TestPutBackRefuses(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(description, "typed")
	whole := receiptOf(b.edit.Base().Config)
	unknown, redacted, elsewhere := *whole, *whole, *whole
	unknown.Before = nil
	redacted.BeforeRedacted = true
	elsewhere.Target.Environment = "dev"
	for want, r := range map[string]*edit.Receipt{"not known": &unknown, "a secret": &redacted, "only there": &elsewhere} {
		if _, err := b.edit.PutBack(r); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, not %q", err, want)
		}
	}
	unread := newEdit(b.clock.Now)
	if _, err := unread.PutBack(whole); err == nil || !strings.Contains(err.Error(), "has to be read") {
		t.Errorf("without a base the error is %v", err)
	}
	if got := b.edit.Answers.Text(description); got != "typed" {
		t.Errorf("a refusal has changed the description to %q", got)
	}
}

// TestDraftOfPuttingBack keeps the schema that is to be put back.
func TestDraftOfPuttingBack(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.edit.SetSession(&edit.Session{Region: "eu-west-1"})
	schema := "type Earlier @model { id: ID! }\n"
	before := b.earlier(func(c *wire.ResourceConfig) { c.TransformSchema = &schema })
	if _, err := b.edit.PutBack(receiptOf(before)); err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(journal.Options{Root: t.TempDir(), Now: func() time.Time { return begin }})
	if err != nil {
		t.Fatal(err)
	}
	b.leave(j)
	later := newEdit(b.clock.Now)
	base, err := edit.ReadBase(t.Context(), b.service, prod, b.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	later.SetBase(base)
	found, errs := edit.NewKeeper(j).Find(edit.ReceiptPlace("eu-west-1", prod))
	if len(errs) > 0 || len(found) != 1 || len(offered(found[0], later)) != 1 {
		t.Fatalf("the drafts are %+v, %v", found, errs)
	}
	draft := found[0]
	edit.NewKeeper(j).Take(draft, later)
	if got := later.Plan().Input.ResourceConfig.TransformSchema; got == nil || *got != schema {
		t.Errorf("the draft wants the schema %v", got)
	}
	deployed := *base
	deployed.Config = before
	later = newEdit(b.clock.Now)
	later.SetBase(&deployed)
	if got := offered(draft, later); len(got) > 0 {
		t.Error("the draft is offered though all of it is deployed")
	}
}
