package forms

import (
	"time"

	"ampedit/client/wire"
)

// Between returns the difference between two configurations that were read, by
// meaning. Its Refs point to no fields.
func Between(before, after *wire.ResourceConfig, now time.Time) []Change {
	if before == nil || after == nil {
		return nil
	}
	a := NewAnswers()
	a.Rebase(nil, after)
	d := &differ{a: a, c: Context{Now: now, Base: before}, base: before, wanted: after}
	changes := d.all()
	for i := range changes {
		changes[i].Ref = Ref{Entry: NoEntry}
	}
	return changes
}

// Values writes what the member was and becomes: "old → new", or the one of them
// that there is.
func (c Change) Values() string {
	switch {
	case c.Old != "" && c.New != "":
		return c.Old + " → " + c.New
	case c.New != "":
		return c.New
	}
	return c.Old
}
