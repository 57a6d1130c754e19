package forms

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"

	"ampedit/client/wire"
)

// DriftItem is one place in which the deployed configuration and the one that a
// checkout states disagree.
type DriftItem struct {
	// Path is the member's place in the request; additional authorization types
	// are named by mode, not by index.
	Path string
	// Deployed and Local are the two values for people, "" where there is none.
	Deployed, Local string

	deployed, local *string // the same, to compare
	drifted
}

// drifted is how the answers take a side.
type drifted interface {
	// ref is the field in question.
	ref(a *Answers) Ref
	// now is what the request would carry, nil for nothing.
	now(a *Answers, c Context) *string
	// takeLocal reports false, and does nothing, if the value cannot be answered.
	takeLocal(a *Answers, c Context) bool
	takeDeployed(a *Answers, c Context)
}

// Side says whose value the request carries.
type Side int

// The sides.
const (
	NoSide       Side = iota // neither's: something else was typed
	DeployedSide             // what is deployed
	LocalSide                // what the checkout states
)

// Side tells whose value the answers send now. c.Base is the deployed
// configuration.
func (i DriftItem) Side(a *Answers, c Context) Side {
	switch now := i.now(a, c); {
	case sameDrift(now, i.deployed):
		return DeployedSide
	case sameDrift(now, i.local):
		return LocalSide
	}
	return NoSide
}

// Ref returns the field in question, for the present answers.
func (i DriftItem) Ref(a *Answers) Ref { return i.ref(a) }

// TakeLocal answers as the checkout states. It reports false if that cannot be
// answered: a schema whose file is not known.
func (i DriftItem) TakeLocal(a *Answers, c Context) bool { return i.takeLocal(a, c) }

// TakeDeployed puts the answer back to what is deployed.
func (i DriftItem) TakeDeployed(a *Answers, c Context) { i.takeDeployed(a, c) }

// Drift returns where the checkout disagrees with what is deployed, in the order
// of the walk. What the checkout does not state is no disagreement, but for
// additional types that are missing from a list that it states. A checkout
// without conflict detection agrees with a service that returned no strategy.
// schemaPath is where the checkout keeps its schema, "" if that is not known.
func Drift(deployed, local *wire.ResourceConfig, schemaPath string) []DriftItem {
	if deployed == nil || local == nil {
		return nil
	}
	d := &drift{deployed: deployed, local: local}
	d.field("apiName", driftedField{step: StepTarget, key: KeyAPIName}, deployed.APIName, local.APIName)
	d.field("service", driftedField{step: StepTarget, key: KeyService}, deployed.Service, local.Service)
	d.defaultAuth()
	d.more()
	d.strategy()
	d.schema(schemaPath)
	return d.items
}

// drift collects disagreements.
type drift struct {
	deployed, local *wire.ResourceConfig
	items           []DriftItem
}

// field compares a member that the checkout may state.
func (d *drift) field(path string, f driftedField, deployed, local *string) {
	if local == nil || wire.Text(deployed) == *local {
		return
	}
	f.local = *local
	show := func(member *string) string { return settingText(f.key, member) }
	d.items = append(d.items, DriftItem{path, show(deployed), show(local), deployed, local, f})
}

func (d *drift) defaultAuth() {
	deployed, local := d.deployed.DefaultAuthType, d.local.DefaultAuthType
	switch {
	case local == nil || identity(local).Mode == "":
	case deployed == nil || identity(deployed).Mode != identity(local).Mode:
		before, after := described(deployed), described(local)
		d.items = append(d.items, DriftItem{"defaultAuthType.mode", wire.Text(before), wire.Text(after), before, after, driftedDefault{local}})
	default:
		d.settings("defaultAuthType", driftedField{step: StepDefault}, deployed, local)
	}
}

// described writes an authorization type in one line, nil for none.
func described(auth *wire.AuthType) *string {
	if auth == nil {
		return nil
	}
	text := describeAuth(auth)
	return &text
}

func (d *drift) settings(path string, f driftedField, deployed, local *wire.AuthType) {
	for _, key := range append([]Key{KeyExpiration}, textSettings...) {
		f.key = key
		d.field(path+"."+string(key), f, authMember(deployed, key), authMember(local, key))
	}
}

// more compares the additional types: first each of them, then their order.
func (d *drift) more() {
	if d.local.AdditionalAuthTypes == nil {
		return
	}
	list := matchDrift(d.deployed.AdditionalAuthTypes, d.local.AdditionalAuthTypes)
	before, after := placedTypes(d.deployed.AdditionalAuthTypes), placedTypes(d.local.AdditionalAuthTypes)
	for i, p := range before {
		at := slices.Index(list.origins, i)
		if at >= 0 {
			d.settings(morePath(p, before), driftedField{step: StepMore, origin: i}, p.auth, after[at].auth)
			continue
		}
		text := described(p.auth)
		d.items = append(d.items, DriftItem{morePath(p, before), *text, "", text, nil, driftedMissing(i)})
	}
	for i, p := range after {
		if list.origins[i] < 0 && p.mode() != "" {
			text := described(p.auth)
			d.items = append(d.items, DriftItem{morePath(p, after), "", *text, nil, text, driftedAdded{list, i}})
		}
	}
	matched := slices.DeleteFunc(slices.Clone(list.origins), func(origin int) bool { return origin < 0 })
	if slices.IsSorted(matched) {
		return
	}
	names := make([]string, len(before))
	for i, p := range before {
		names[i] = entryName(p, before)
	}
	order := driftedOrder{list, names}
	local := order.text(matched)
	slices.Sort(matched)
	deployed := order.text(matched)
	d.items = append(d.items, DriftItem{"additionalAuthTypes", deployed, local, &deployed, &local, order})
}

// driftList is a checkout's list of additional types.
type driftList struct {
	local []wire.AuthType
	// origins are the places of the same types in the deployed list, -1 for those
	// that are not in there.
	origins []int
}

// matchDrift finds the same types in two lists: those of the same identity, then
// those of the same mode for which the checkout states no pool or issuer.
func matchDrift(deployed, local []wire.AuthType) driftList {
	l := driftList{local, slices.Repeat([]int{-1}, len(local))}
	rules := []func(b, w Identity) bool{
		func(b, w Identity) bool { return b == w },
		func(b, w Identity) bool { return b.Mode == w.Mode && w.Name == "" },
	}
	for _, same := range rules {
		for i := range local {
			for j := range deployed {
				if l.origins[i] < 0 && !slices.Contains(l.origins, j) && same(identity(&deployed[j]), identity(&local[i])) {
					l.origins[i] = j
				}
			}
		}
	}
	return l
}

func placedTypes(types []wire.AuthType) []*placed {
	out := make([]*placed, len(types))
	for i := range types {
		out[i] = &placed{auth: &types[i], index: i + 1}
	}
	return out
}

func (d *drift) strategy() {
	deployed, local := strategyOf(d.deployed), strategyOf(d.local)
	if local == nil || deployed == nil && *local == wire.StrategyNone {
		return
	}
	d.field("conflictResolution.resolutionStrategy", driftedField{step: StepConflicts, key: KeyStrategy}, (*string)(deployed), (*string)(local))
}

func (d *drift) schema(path string) {
	deployed, local := d.deployed.TransformSchema, d.local.TransformSchema
	if local == nil || sameDrift(deployed, local) {
		return
	}
	item := DriftItem{"transformSchema", lineCount(deployed), lineCount(local), deployed, local, driftedSchema(path)}
	if deployed != nil {
		added, removed := changedLines(*deployed, *local)
		item.Local += fmt.Sprintf(", +%d −%d", added, removed)
	}
	d.items = append(d.items, item)
}

// sameDrift compares two members but for the line breaks at their ends, which
// editors add to the file of a schema.
func sameDrift(a, b *string) bool {
	return samePointee(a, b) || a != nil && b != nil && strings.TrimRight(*a, "\r\n") == strings.TrimRight(*b, "\r\n")
}

// changedLines counts the lines that come and go from old to wanted. What is
// equal around a change is cut off first, so that a small change of a large
// schema is found at once.
func changedLines(old, wanted string) (added, removed int) {
	same := 0
	for i := range min(len(old), len(wanted)) {
		if old[i] != wanted[i] {
			break
		}
		if old[i] == '\n' {
			same = i + 1
		}
	}
	old, wanted = old[same:], wanted[same:]
	same = 0
	for i := 1; i <= min(len(old), len(wanted)) && old[len(old)-i] == wanted[len(wanted)-i]; i++ {
		if old[len(old)-i] == '\n' {
			same = i - 1
		}
	}
	old, wanted = old[:len(old)-same], wanted[:len(wanted)-same]
	for _, edit := range udiff.Lines(old, wanted) {
		removed += lines(old[edit.Start:edit.End])
		added += lines(edit.New)
	}
	return added, removed
}
