package edit_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

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

// leave keeps what was typed, as a program does that is left.
func (b *backend) leave(j *journal.Journal) {
	b.t.Helper()
	data, typed := b.edit.DraftData()
	if !typed {
		b.t.Fatal("there is nothing to keep")
	}
	if missing, err := edit.NewKeeper(j).Leave(data, typed); err != nil || len(missing) > 0 {
		b.t.Fatal(missing, err)
	}
}

// find returns the drafts of a target in the sample's region.
func find(t *testing.T, j *journal.Journal, target edit.Target) []*edit.Draft {
	t.Helper()
	found, errs := edit.NewKeeper(j).Find(edit.ReceiptPlace(emulator.SampleRegion, target))
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	return found
}

func offered(d *edit.Draft, e *edit.Edit) []string {
	var lines []string
	for _, typed := range d.Offered(e) {
		lines = append(lines, typed.String())
	}
	return lines
}

func findOne(t *testing.T, j *journal.Journal, target edit.Target) *edit.Draft {
	t.Helper()
	found := find(t, j, target)
	if len(found) != 1 {
		t.Fatalf("%d drafts, not one", len(found))
	}
	return found[0]
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
	b.leave(j)

	e := b.next()
	d := findOne(t, j, prod)
	if !d.Saved.Equal(begin) {
		t.Errorf("saved at %s", d.Saved)
	}
	lines := []string{`Default authorization, Description: web client → typed in the first run`, "Additional OpenID Connect: added"}
	if diff := cmp.Diff(lines, offered(d, e)); diff != "" {
		t.Errorf("offered (-want +got):\n%s", diff)
	}
	if e.Dirty() {
		t.Error("asking what is offered has changed the answers")
	}
	keeper := edit.NewKeeper(j)
	keeper.Take(d, e)
	if got := requestOf(t, e); got != want {
		t.Errorf("the request is\n%s\nnot\n%s", got, want)
	}
	if got := e.Answers.Add(string(wire.ModeIAM)); got.ID == entry.ID {
		t.Errorf("a new entry has the id %d of one from the draft", got.ID)
	}
	if found := find(t, j, prod); len(found) > 0 {
		t.Error("a draft that was taken up is offered to another")
	}
	data, _ := e.DraftData()
	if err := keeper.Drop(data); err != nil {
		t.Fatal(err)
	}
	if left, _, err := j.Drafts(); len(left) > 0 || err != nil {
		t.Errorf("after dropping it: %+v, %v", left, err)
	}
}

// TestDraftOnAnotherBase takes a draft up after somebody else's change: what was
// typed stays, and what was not typed is as it is deployed now.
func TestDraftOnAnotherBase(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	days := forms.At(forms.StepDefault, forms.KeyExpiration)
	b.set(days, "91")
	b.leave(j)

	moved := b.next().Base().Config.Clone()
	text := "renewed in Amplify Studio"
	moved.DefaultAuthType.Settings.Description = &text
	b.deploy(moved)
	e := b.next()
	d := findOne(t, j, prod)
	if got := offered(d, e); len(got) != 1 || !strings.Contains(got[0], "Expires in: 7 → 91") {
		t.Errorf("offered: %q", got)
	}
	edit.NewKeeper(j).Take(d, e)
	sent := e.Plan().Input.ResourceConfig.DefaultAuthType.Settings
	if *sent.Description != text || *sent.ExpirationTime != 91 {
		t.Errorf("the request has %q and %v days", *sent.Description, *sent.ExpirationTime)
	}
}

// TestDraftThatIsDeployed offers nothing once somebody has deployed the same.
func TestDraftThatIsDeployed(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	b.set(description, "the same idea")
	b.leave(j)
	same := b.next().Base().Config.Clone()
	text := "the same idea"
	same.DefaultAuthType.Settings.Description = &text
	b.deploy(same)
	if got := offered(findOne(t, j, prod), b.next()); len(got) > 0 {
		t.Errorf("offered: %q", got)
	}
}

// deploy has somebody else deploy a configuration.
func (b *backend) deploy(c *wire.ResourceConfig) {
	b.t.Helper()
	if _, err := b.service.UpdateBackendAPI(b.t.Context(), &wire.UpdateBackendAPIInput{
		AppID: prod.AppID, BackendEnvironmentName: prod.Environment, ResourceName: prod.ResourceName, ResourceConfig: c,
	}); err != nil {
		b.t.Fatal(err)
	}
	b.run(func() {}, 10*time.Minute)
}

// TestDraftIsForItsTarget finds a draft where nothing that is known differs, and what
// only the draft knows was typed.
func TestDraftIsForItsTarget(t *testing.T) {
	typed := map[forms.Key]string{forms.KeyAppID: prod.AppID, forms.KeyEnvironment: prod.Environment}
	for name, c := range map[string]struct {
		typed  map[forms.Key]string // the rest is filled in
		known  edit.Target          // when it was typed
		region string
		target edit.Target // of the next start
		found  bool
	}{
		"the same":                       {known: prod, region: emulator.SampleRegion, target: prod, found: true},
		"the same without a region":      {known: prod, target: prod, found: true},
		"the same in another region":     {known: prod, region: "us-east-1", target: prod},
		"another environment":            {known: prod, target: edit.Target{AppID: prod.AppID, Environment: "dev", ResourceName: prod.ResourceName}},
		"nothing was known":              {target: prod, found: true},
		"nothing is known":               {found: true},
		"not typed, and not known now":   {known: prod},
		"typed, and not known now":       {typed: typed, known: edit.Target{}, found: true},
		"typed, and another one now":     {typed: typed, target: edit.Target{AppID: "dother"}},
		"typed, and less is known now":   {typed: typed, target: edit.Target{AppID: prod.AppID}, found: true},
		"more is known than was then":    {known: edit.Target{AppID: prod.AppID}, target: prod, found: true},
		"more is known, and contradicts": {known: edit.Target{AppID: "dother"}, target: prod},
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, emulator.Options{})
			j, _ := b.drafting()
			e := newEditOf(b.clock.Now, c.known)
			e.SetSession(&edit.Session{Region: c.region})
			for key, text := range c.typed {
				e.Answers.Set(forms.At(forms.StepTarget, key), text)
			}
			e.Answers.Set(description, "typed")
			e.Touch()
			b.edit = e
			b.leave(j)
			found := find(t, j, c.target)
			if (len(found) == 1) != c.found {
				t.Fatalf("%d drafts", len(found))
			}
			if !c.found {
				return
			}
			next := newEditOf(b.clock.Now, c.target)
			edit.NewKeeper(j).Take(found[0], next)
			want := c.target
			if want == (edit.Target{}) && len(c.typed) > 0 {
				want = edit.Target{AppID: prod.AppID, Environment: prod.Environment}
			}
			if len(c.typed) > 0 {
				want.Environment = prod.Environment
			}
			if got := next.Target(); got != want || next.Answers.Text(description) != "typed" {
				t.Errorf("the target is %+v, not %+v; the description %q", got, want, next.Answers.Text(description))
			}
		})
	}
}

// newEditOf is an edit of which others have stated the target.
func newEditOf(now func() time.Time, t edit.Target) *edit.Edit {
	e := edit.New(now)
	for key, text := range map[forms.Key]string{forms.KeyAppID: t.AppID, forms.KeyEnvironment: t.Environment, forms.KeyResourceName: t.ResourceName} {
		e.Answers.Fill(forms.At(forms.StepTarget, key), text)
	}
	e.Touch()
	return e
}

// TestTypedTargetIsKeptUntilItIsRead keeps what names a backend while nothing was read
// there, and no longer.
func TestTypedTargetIsKeptUntilItIsRead(t *testing.T) {
	b := serve(t, emulator.Options{})
	e := newEditOf(b.clock.Now, edit.Target{})
	if e.Typed() {
		t.Error("nothing was typed")
	}
	for key, text := range map[forms.Key]string{forms.KeyAppID: prod.AppID, forms.KeyEnvironment: prod.Environment, forms.KeyResourceName: prod.ResourceName} {
		e.Answers.Set(forms.At(forms.StepTarget, key), text)
	}
	e.Touch()
	if !e.Typed() || e.Dirty() {
		t.Errorf("typed %v, dirty %v", e.Typed(), e.Dirty())
	}
	base, err := edit.ReadBase(t.Context(), b.service, prod, b.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	if e.SetBase(base); e.Typed() {
		t.Error("what was read is still to be kept")
	}
}

func TestDraftsThatSayTheSameAreOne(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	b.set(description, "typed twice")
	b.leave(j)
	b.leave(j)
	b.set(description, "typed once")
	b.leave(j)
	if found := find(t, j, prod); len(found) != 2 {
		t.Errorf("%d drafts are offered, not two", len(found))
	}
	if left, _, err := j.Drafts(); len(left) != 2 || err != nil {
		t.Errorf("%d drafts are left, %v", len(left), err)
	}
}

func TestDraftDataIsACopy(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	b.set(description, "first")
	data, _ := b.edit.DraftData()
	b.set(description, "second")
	if _, err := edit.NewKeeper(j).Leave(data, true); err != nil {
		t.Fatal(err)
	}
	e := b.next()
	edit.NewKeeper(j).Take(findOne(t, j, prod), e)
	if got := e.Answers.Text(description); got != "first" {
		t.Errorf("the draft holds %q", got)
	}
}

// TestOlderSavesChangeNothing has saves come in any order, as they do in the
// background.
func TestOlderSavesChangeNothing(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	keeper := edit.NewKeeper(j)
	b.set(description, "first")
	first, _ := b.edit.DraftData()
	b.set(description, "second")
	second, _ := b.edit.DraftData()
	for _, data := range []edit.DraftData{second, first} {
		if _, err := keeper.Save(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := keeper.Drop(first); err != nil {
		t.Fatal(err)
	}
	if kept, _, err := j.Drafts(); err != nil || len(kept) != 1 || !strings.Contains(string(kept[0].Data), "second") {
		t.Fatalf("kept is %s, %v", kept, err)
	}
	if _, err := keeper.Leave(second, true); err != nil {
		t.Fatal(err)
	}
	b.set(description, "third")
	third, _ := b.edit.DraftData()
	if _, err := keeper.Save(third); err != nil {
		t.Fatal(err)
	}
	if kept, _, _ := j.Drafts(); len(kept) != 1 || !strings.Contains(string(kept[0].Data), "second") {
		t.Errorf("written after it was left: %s", kept)
	}
}

func TestSecretIsLeftOutOfTheDraft(t *testing.T) {
	b := serve(t, emulator.Options{})
	j, _ := b.drafting()
	b.set(description, "key da2-abcdefghijklmnopqrstuvwxyz")
	b.set(forms.At(forms.StepDefault, forms.KeyExpiration), "90")
	data, _ := b.edit.DraftData()
	missing, err := edit.NewKeeper(j).Save(data)
	if err != nil || len(missing) != 1 || missing[0].Name != "Default authorization, Description" {
		t.Errorf("missing is %v, %v", missing, err)
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
		file := j.NewDraft()
		if _, err := file.Save(edit.ReceiptPlace(emulator.SampleRegion, prod), []byte(c.data)); err != nil {
			t.Fatal(err)
		}
		file.Close()
		b.set(description, "typed")
		b.leave(j)
		found, errs := edit.NewKeeper(j).Find(edit.ReceiptPlace(emulator.SampleRegion, prod))
		if len(found) != 1 || len(errs) != 1 || !strings.Contains(errs[0].Error(), c.says) {
			t.Errorf("%s: %+v, %v", name, found, errs)
		}
		if left, _, err := j.Drafts(); err != nil || len(left) != 2 {
			t.Errorf("%s: %d drafts are left, %v", name, len(left), err)
		}
	}
}
