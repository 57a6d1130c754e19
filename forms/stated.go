package forms

import (
	"fmt"
	"slices"
	"time"

	"ampedit/client/wire"
)

// Finding is a problem of a request that files state, with the member it is about.
type Finding struct {
	Problem
	// Member is the member's path in the request, such as
	// resourceConfig.additionalAuthTypes[1].mode.
	Member string
}

// CheckStated judges a request that files state, and that no service has taken, by
// the rules of Check that are about values. Names of the target that are empty count
// as known elsewhere. region is that of the backend, "" if it is not known.
func CheckStated(in *wire.UpdateBackendAPIInput, region string, now time.Time) []Finding {
	config := in.ResourceConfig
	if config == nil {
		config = &wire.ResourceConfig{}
	}
	a, c := NewAnswers(), Context{Now: now, Region: region, Base: config, Stated: true}
	a.Rebase(nil, config)
	for key, text := range map[Key]string{
		KeyAppID: in.AppID, KeyEnvironment: in.BackendEnvironmentName, KeyResourceName: in.ResourceName,
	} {
		a.Fill(At(StepTarget, key), text)
	}
	a.Fill(At(StepConflicts, KeyStrategy), string(c.Strategy()))
	var out []Finding
	for _, p := range Check(a, c) {
		out = append(out, Finding{p, a.Member(p.Ref)})
	}
	return out
}

// Member returns the path in the request of the member behind a field, "" for a field
// that is not sent.
func (a *Answers) Member(ref Ref) string {
	const config = "resourceConfig."
	switch ref.Step {
	case StepTarget:
		switch ref.Key {
		case KeyAppID, KeyEnvironment, KeyResourceName:
			return string(ref.Key)
		case KeyAPIName, KeyService:
			return config + string(ref.Key)
		}
	case StepDefault:
		return config + "defaultAuthType." + string(ref.Key)
	case StepMore:
		if i := slices.IndexFunc(a.Live(), func(e *Entry) bool { return e.ID == ref.Entry }); i >= 0 {
			return fmt.Sprintf("%sadditionalAuthTypes[%d].%s", config, i, ref.Key)
		}
	case StepConflicts:
		return config + "conflictResolution." + string(ref.Key)
	case StepSchema:
		return config + "transformSchema"
	}
	return ""
}
