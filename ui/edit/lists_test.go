package edit_test

import (
	"slices"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/forms"
	"ampedit/ui/edit"
)

func (b *backend) look(lists *edit.Lists, ref forms.Ref, text string, all bool) []string {
	b.t.Helper()
	found := lists.Prepare(b.edit, ref, text, all).Look(b.t.Context())
	if found.Err != nil {
		b.t.Errorf("%s: %v", ref.Key, found.Err)
	}
	lists.Keep(found)
	var values []string
	for _, s := range found.Matches {
		values = append(values, s.Value)
	}
	return values
}

func TestLists(t *testing.T) {
	b := serve(t, emulator.Options{})
	b.edit.SetSession(&edit.Session{Service: b.service, ListApps: b.others.ListApps, ListUserPools: b.others.ListUserPools})
	lists := &edit.Lists{Disk: b.disk}
	target := func(key forms.Key) forms.Ref { return forms.At(forms.StepTarget, key) }
	b.look(lists, target(forms.KeyAppID), "", true)
	listed := b.server.Count("ListApps")
	for _, c := range []struct {
		ref  forms.Ref
		text string
		all  bool
		want []string
	}{
		{target(forms.KeyAppID), "", false, []string{emulator.SampleAppID, "d7f6e5d4c3b2a1"}},
		{target(forms.KeyAppID), "Notes", false, []string{emulator.SampleAppID}}, // by its name
		{target(forms.KeyEnvironment), "", false, []string{"dev", "prod", "staging"}},
		{target(forms.KeyEnvironment), "st", false, []string{"staging"}},
		{target(forms.KeyEnvironment), "staging", false, nil}, // nothing better to offer
		{target(forms.KeyEnvironment), "staging", true, []string{"dev", "prod", "staging"}},
		{target(forms.KeyResourceName), "", false, []string{"notes"}},
		{forms.At(forms.StepDefault, forms.KeyUserPool), "staff", false, []string{"eu-west-1_JkLmNoPqr"}},
		{path, "sch", false, []string{"schema.graphql"}},
	} {
		if !edit.Offers(c.ref) {
			t.Errorf("%s has no list", c.ref.Key)
		}
		got := b.look(lists, c.ref, c.text, c.all)
		slices.Sort(got)
		if !slices.Equal(got, c.want) {
			t.Errorf("%s with %q offers %q, not %q", c.ref.Key, c.text, got, c.want)
		}
	}
	if again := b.server.Count("ListApps") - listed; again != 0 {
		t.Errorf("the apps were listed again, %d times", again)
	}
}

func TestListsSayWhatIsMissing(t *testing.T) {
	e := edit.New(func() time.Time { return begin })
	var lists edit.Lists
	for _, key := range []forms.Key{forms.KeyAppID, forms.KeyEnvironment} {
		if found := lists.Prepare(e, forms.At(forms.StepTarget, key), "", true).Look(t.Context()); found.Err == nil {
			t.Errorf("%s is listed without a connection", key)
		}
	}
}
