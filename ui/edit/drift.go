package edit

import "ampedit/forms"

// driftCache keeps the disagreements of two configurations, whose schemas take
// time to compare.
type driftCache struct {
	deployed, local *Base
	items           []forms.DriftItem
}

// Drift returns where the local project disagrees with what is deployed, none
// while one of them is not known.
func (e *Edit) Drift() []forms.DriftItem {
	deployed, local := e.Base(), e.Local()
	if deployed == nil || deployed.Local || local == nil {
		return nil
	}
	if e.drift.deployed != deployed || e.drift.local != local {
		e.drift = driftCache{deployed, local, forms.Drift(deployed.Config, local.Config, local.SchemaPath)}
	}
	return e.drift.items
}
