package edit_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// drafting gives the edit what it needs to have its draft kept.
func (b *backend) drafting() (j *journal.Journal, root string) {
	b.t.Helper()
	root = b.t.TempDir()
	b.edit.SetSession(&edit.Session{Service: b.service, Region: emulator.SampleRegion})
	return openJournal(b.t, root, b.clock.Now), root
}

func openJournal(t *testing.T, root string, now func() time.Time) *journal.Journal {
	t.Helper()
	j, err := journal.Open(journal.Options{Root: root, Version: "test", Now: now})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func (b *backend) saveDraft(j *journal.Journal) {
	b.t.Helper()
	data, dirty := b.edit.DraftData()
	if !dirty {
		b.t.Fatal("there is nothing to keep")
	}
	if err := data.Save(j); err != nil {
		b.t.Fatal(err)
	}
}

// next is the edit of the next start, on what is deployed then.
func (b *backend) next() *edit.Edit {
	b.t.Helper()
	e := newEdit(b.clock.Now)
	base, err := edit.ReadBase(b.t.Context(), b.service, prod, b.clock.Now)
	if err != nil {
		b.t.Fatal(err)
	}
	e.SetBase(base)
	return e
}

func requestOf(t *testing.T, e *edit.Edit) string {
	t.Helper()
	body, err := wire.Body(e.Plan().Input)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestDraftComesBack(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	b.set(description, "typed in the first run")
	entry := b.edit.Answers.Add(string(wire.ModeOIDC))
	b.edit.Touch()
	want := requestOf(t, b.edit)
	b.saveDraft(j)

	e := b.next()
	d, err := edit.LoadDraft(j, emulator.SampleRegion, prod)
	if err != nil || d == nil || !d.Saved.Equal(begin) {
		t.Fatalf("the draft is %+v, %v", d, err)
	}
	if got, want := d.Summary(e), forms.Summary(b.edit.Plan().Changes); got != want {
		t.Errorf("the summary is %q, not %q", got, want)
	}
	if e.Dirty() {
		t.Error("asking for a summary has changed the answers")
	}
	d.Take(e)
	if got := requestOf(t, e); got != want {
		t.Errorf("the request is\n%s\nnot\n%s", got, want)
	}
	if got := e.Answers.Add(string(wire.ModeIAM)); got.ID == entry.ID {
		t.Errorf("a new entry has the id %d of one from the draft", got.ID)
	}
	if err := edit.DropDraft(j, emulator.SampleRegion, prod); err != nil {
		t.Fatal(err)
	}
	if d, err := edit.LoadDraft(j, emulator.SampleRegion, prod); d != nil || err != nil {
		t.Errorf("after dropping it: %+v, %v", d, err)
	}
}

// TestDraftOnAnotherBase takes a draft up after somebody else's change: what was
// typed stays, and what was not typed is as it is deployed now.
func TestDraftOnAnotherBase(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	days := forms.At(forms.StepDefault, forms.KeyExpiration)
	b.set(days, "91")
	b.saveDraft(j)

	moved := b.next().Base().Config.Clone()
	text := "renewed in Amplify Studio"
	moved.DefaultAuthType.Settings.Description = &text
	if _, err := b.service.UpdateBackendAPI(t.Context(), &wire.UpdateBackendAPIInput{
		AppID: prod.AppID, BackendEnvironmentName: prod.Environment, ResourceName: prod.ResourceName, ResourceConfig: moved,
	}); err != nil {
		t.Fatal(err)
	}
	b.run(func() {}, 10*time.Minute)
	e := b.next()
	d, err := edit.LoadDraft(j, emulator.SampleRegion, prod)
	if err != nil || d == nil {
		t.Fatal(err)
	}
	if got := d.Summary(e); !strings.Contains(got, "1 to change") {
		t.Errorf("the summary is %q", got)
	}
	d.Take(e)
	sent := e.Plan().Input.ResourceConfig.DefaultAuthType.Settings
	if *sent.Description != text || *sent.ExpirationTime != 91 {
		t.Errorf("the request has %q and %v days", *sent.Description, *sent.ExpirationTime)
	}
}

func TestDraftIsOfOneTarget(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	if _, dirty := b.edit.DraftData(); dirty {
		t.Error("nothing was typed, and there is a draft")
	}
	b.set(description, "changed")
	b.saveDraft(j)
	other := prod
	other.Environment = emulator.SampleDev
	for region, target := range map[string]edit.Target{"us-east-1": prod, emulator.SampleRegion: other} {
		if d, err := edit.LoadDraft(j, region, target); d != nil || err != nil {
			t.Errorf("%s, %+v: %+v, %v", region, target, d, err)
		}
	}
}

func TestDraftDataIsACopy(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	b.set(description, "first")
	data, _ := b.edit.DraftData()
	b.set(description, "second")
	if err := data.Save(j); err != nil {
		t.Fatal(err)
	}
	d, err := edit.LoadDraft(j, emulator.SampleRegion, prod)
	if err != nil {
		t.Fatal(err)
	}
	e := b.next()
	d.Take(e)
	if got := e.Answers.Text(description); got != "first" {
		t.Errorf("the draft holds %q", got)
	}
}

func TestDraftThatCannotBeRead(t *testing.T) {
	for name, c := range map[string]struct{ data, says string }{
		"from a newer version": {`{"version":2,"answers":{"everything":"else"}}`, "newer version"},
		"without answers":      {`{"version":1}`, "no answers"},
		"of another kind":      {`[1]`, "read the draft"},
	} {
		b := serve(t, emulator.Options{})
		j, _ := b.drafting()
		if err := j.SaveDraft(edit.ReceiptPlace(emulator.SampleRegion, prod), []byte(c.data)); err != nil {
			t.Fatal(err)
		}
		if d, err := edit.LoadDraft(j, emulator.SampleRegion, prod); d != nil || err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %+v, %v", name, d, err)
		}
	}
}

func TestDraftThatIsHalfWritten(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, root := b.drafting()
	b.set(description, "changed")
	b.saveDraft(j)
	files, err := filepath.Glob(filepath.Join(root, "drafts", "*.draft"))
	if err != nil || len(files) != 1 {
		t.Fatalf("the drafts are %v, %v", files, err)
	}
	whole, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(files[0], whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	var unreadable *journal.UnreadableError
	if d, err := edit.LoadDraft(j, emulator.SampleRegion, prod); d != nil || !errors.As(err, &unreadable) {
		t.Errorf("half a draft gives %+v, %v", d, err)
	}
	b.saveDraft(j)
	if d, err := edit.LoadDraft(j, emulator.SampleRegion, prod); d == nil || err != nil {
		t.Errorf("saved anew: %+v, %v", d, err)
	}
}
