package edit_test

import (
	"testing"
	"testing/fstest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui/edit"
	"ampedit/ui/uitest"
)

// begin is when each test starts.
var begin = time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC)

var prod = edit.Target{AppID: emulator.SampleAppID, Environment: emulator.SampleProd, ResourceName: emulator.SampleResource}

var (
	description = forms.At(forms.StepDefault, forms.KeyDescription)
	source      = forms.At(forms.StepSchema, forms.KeySchemaSource)
	path        = forms.At(forms.StepSchema, forms.KeySchemaPath)
)

// backend is an emulator with an edit of its prod environment.
type backend struct {
	t       *testing.T
	clock   *uitest.Clock
	server  *emulator.Emulator
	service *client.Client
	others  *client.Client
	disk    fstest.MapFS
	edit    *edit.Edit
}

func serve(t *testing.T, o emulator.Options) *backend {
	t.Helper()
	b := &backend{t: t, clock: uitest.NewClock(begin), disk: fstest.MapFS{"schema.graphql": {Data: []byte("type Post @model {\n  id: ID!\n}\n")}}}
	b.server = uitest.Serve(t, b.clock, o)
	var err error
	if b.service, b.others, err = uitest.Connect(t.Context(), b.server, b.clock, client.Options{}); err != nil {
		t.Fatal(err)
	}
	b.edit = newEdit(b.clock.Now)
	base, err := edit.ReadBase(t.Context(), b.service, prod, b.clock.Now)
	if err != nil {
		t.Fatal(err)
	}
	b.edit.SetBase(base)
	return b
}

func newEdit(now func() time.Time) *edit.Edit {
	e := edit.New(now)
	e.Answers.Fill(forms.At(forms.StepTarget, forms.KeyAppID), prod.AppID)
	e.Answers.Fill(forms.At(forms.StepTarget, forms.KeyEnvironment), prod.Environment)
	e.Answers.Fill(forms.At(forms.StepTarget, forms.KeyResourceName), prod.ResourceName)
	return e
}

func (b *backend) set(ref forms.Ref, text string) {
	b.edit.Answers.Set(ref, text)
	b.edit.Touch()
}

func (b *backend) approve() submission.Approval {
	b.t.Helper()
	a, err := b.edit.Approve()
	if err != nil {
		b.t.Fatal(err)
	}
	return a
}

// runLimit is longer than any submission of these tests takes.
const runLimit = 10 * time.Minute

// run does work that waits for the clock.
func (b *backend) run(work func(), d time.Duration) {
	b.t.Helper()
	driver := uitest.New(b.t, &worker{work}, 1, 1, b.clock)
	driver.Advance(d)
	if driver.InFlight() != 0 {
		b.t.Fatalf("the work has not ended after %v", d)
	}
}

// worker is a model that does one piece of work.
type worker struct{ work func() }

func (w *worker) Init() tea.Cmd                       { return func() tea.Msg { w.work(); return nil } }
func (w *worker) Update(tea.Msg) (tea.Model, tea.Cmd) { return w, nil }
func (w *worker) View() string                        { return "" }
