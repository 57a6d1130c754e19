package edit_test

import (
	"context"
	"errors"
	"testing"

	"ampedit/client/emulator"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// local makes the project's files the base, as if the service had not answered.
func (b *backend) local() (submission.Approval, func(context.Context) error) {
	base := *b.edit.Base()
	base.Local = true
	b.edit.SetBase(&base)
	b.set(description, "from the checkout")
	return b.approve(), b.edit.Unmoved(b.disk)
}

func TestServiceThatAnswersAfterAllComesBeforeTheLocalProject(t *testing.T) {
	b := serve(t, emulator.Options{}).connected()
	o := b.send(b.local())
	var moved *edit.MovedError
	if !errors.As(o.Err(), &moved) || moved.Base.Local || o.Verdict() != submission.NotStarted {
		t.Errorf("verdict %v, %v", o.Verdict(), o.Err())
	}
	if n := b.server.Count("UpdateBackendAPI"); n != 0 {
		t.Errorf("%d updates were sent against a base that may be stale", n)
	}
}

func TestLocalProjectWillDoWhileTheServiceCannotBeRead(t *testing.T) {
	b := serve(t, emulator.Options{Faults: []emulator.Fault{{Operation: "GetBackendAPI", First: 2, Count: 1, Status: 403, Code: "AccessDeniedException"}}}).connected()
	if o := b.send(b.local()); !o.InEffect() {
		t.Errorf("verdict %v, %v", o.Verdict(), o.Err())
	}
	if n := b.server.Count("UpdateBackendAPI"); n != 1 {
		t.Errorf("%d updates were sent, want 1", n)
	}
}

func TestTransformerVersionComesFromTheServiceThenTheCheckout(t *testing.T) {
	const first = "type Note @model @key(fields: [\"id\"]) {\n  id: ID!\n}\n" // of the first version only
	for name, test := range map[string]struct {
		service, checkout int
		want              bool // whether the checker takes it
	}{
		"service says 1":              {1, 2, true},
		"service says 2":              {2, 1, false},
		"checkout says 2":             {0, 2, false},
		"the vocabulary has to tell":  {0, 0, true},
		"checkout says 1, no service": {0, 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			b := serve(t, emulator.Options{})
			base, checkout := *b.edit.Base(), *b.edit.Base()
			base.Transformer, checkout.Transformer = test.service, test.checkout
			b.edit.SetBase(&base)
			b.edit.SetLocal(&checkout)
			b.disk["schema.graphql"].Data = []byte(first)
			b.set(source, forms.SourceFile)
			b.set(path, "schema.graphql")
			b.edit.SetSchema(edit.LoadSchema(b.disk, "schema.graphql"))
			job, needed := b.edit.ReportJob()
			if !needed {
				t.Fatal("nothing to check")
			}
			b.edit.SetReport(job.Run())
			if got := b.edit.Report().Errors() == 0; got != test.want {
				t.Errorf("taken: %v, want %v: %v", got, test.want, b.edit.Report().Problems)
			}
		})
	}
}
