package edit_test

import (
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/forms"
	"ampedit/ui/edit"
)

func TestPlanIsKeptUntilSomethingChanges(t *testing.T) {
	b := serve(t, emulator.Options{})
	first := b.edit.Plan()
	if again := b.edit.Plan(); again.Input != first.Input {
		t.Error("the plan is made anew although nothing changed")
	}
	b.set(description, "changed")
	second := b.edit.Plan()
	if second.Hash() == first.Hash() || len(second.Changes) == 0 {
		t.Errorf("the plan does not follow the answers: %+v", second.Changes)
	}
	b.run(func() {}, 24*time.Hour)
	if third := b.edit.Plan(); !third.Key.New.After(second.Key.New) {
		t.Errorf("a day later the key still ends %v", third.Key.New)
	}
}

func TestWordToType(t *testing.T) {
	b := serve(t, emulator.Options{})
	none := edit.Policy{Protected: []edit.Pattern{}}
	b.edit.SetPolicy(none)
	if word := b.edit.Plan().Word(); word != "" {
		t.Errorf("an unprotected plan without a change wants %q", word)
	}
	b.edit.SetPolicy(edit.Policy{})
	if word := b.edit.Plan().Word(); word != "prod" {
		t.Errorf("prod wants %q", word)
	}
	b.edit.SetPolicy(none)
	b.set(forms.At(forms.StepConflicts, forms.KeyStrategy), "AUTOMERGE")
	if p := b.edit.Plan(); p.Risk != forms.Destructive || p.Word() != "prod" {
		t.Errorf("risk %v wants %q", p.Risk, p.Word())
	}
}

func TestDirty(t *testing.T) {
	for name, change := range map[string]func(b *backend){
		"text":    func(b *backend) { b.set(description, "changed") },
		"added":   func(b *backend) { b.edit.Answers.Add("AWS_IAM") },
		"removed": func(b *backend) { b.edit.Answers.More[0].Removed = true },
		"schema":  func(b *backend) { b.set(source, "file") },
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, emulator.Options{})
			if b.edit.Dirty() {
				t.Fatal("dirty although nothing was typed")
			}
			if change(b); !b.edit.Dirty() {
				t.Error("not dirty")
			}
		})
	}
}

func TestBaseOfAnotherTargetDoesNotCount(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.set(forms.At(forms.StepTarget, forms.KeyEnvironment), "dev")
	if b.edit.Base() != nil || b.edit.Context().Base != nil {
		t.Error("what was read of prod counts for dev")
	}
	b.edit.DropBase()
	if text := b.edit.Answers.Text(description); text != "" {
		t.Errorf("%q of prod is still there for dev", text)
	}
}

func TestWhatWasTypedSurvivesTheBase(t *testing.T) {
	b := serve(t, emulator.Options{})
	e := newEdit(b.clock.Now)
	e.Answers.Set(description, "typed before")
	e.SetBase(b.edit.Base())
	if got := e.Answers.Text(description); got != "typed before" {
		t.Errorf("the description is %q", got)
	}
	if mark := forms.Was(e.Answers, e.Context(), description); mark.Symbol != forms.Changed || mark.Old != "web client" {
		t.Errorf("the mark is %+v", mark)
	}
	if got := e.Answers.Text(forms.At(forms.StepDefault, forms.KeyExpiration)); got != "7" {
		t.Errorf("what nobody typed is %q", got)
	}
}

// TestDeployedChangeIsNoLongerTyped renews the key by the same number of days,
// which is a change although no value differs, until it was sent.
func TestDeployedChangeIsNoLongerTyped(t *testing.T) {
	b := serve(t, emulator.Options{}).connected()
	days := forms.At(forms.StepDefault, forms.KeyExpiration)
	b.set(days, "")
	b.set(days, "7")
	b.edit.Answers.More[0].Removed = true
	b.edit.Touch()
	if len(b.edit.Plan().Changes) != 2 {
		t.Fatalf("the changes are %+v", b.edit.Plan().Changes)
	}
	sent := b.send(b.edit.Send(b.approve()), nil)
	b.set(description, "typed while the job ran")
	base, err := edit.ReadBase(t.Context(), b.service, prod, b.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	if settled := b.edit.Settle(sent); !settled || b.edit.Settle(sent) {
		t.Error("it is settled, and once")
	}
	b.edit.SetBase(base)
	if !b.edit.Dirty() || b.edit.Answers.Text(description) != "typed while the job ran" || len(b.edit.Plan().Changes) != 1 {
		t.Errorf("what was typed after the approval is lost, or not all that is left: %+v", b.edit.Plan().Changes)
	}
	b.set(description, "web client")
	if b.edit.Dirty() || len(b.edit.Plan().Changes) != 0 {
		t.Errorf("what is deployed still counts as typed: %+v", b.edit.Plan().Changes)
	}
}
