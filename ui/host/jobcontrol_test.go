package host

import "testing"

func TestWhoCanBeSuspended(t *testing.T) {
	for name, test := range map[string]struct {
		family family
		want   bool
	}{
		"job of a shell":                         {family{group: 20, session: 10, parentGroup: 10, parentSession: 10}, true},
		"within a script that a shell started":   {family{group: 20, session: 10, parentGroup: 20, parentSession: 10}, true},
		"job of a shell below another":           {family{group: 30, session: 10, parentGroup: 20, parentSession: 10}, true},
		"command of a multiplexer":               {family{group: 20, session: 20, parentGroup: 5, parentSession: 5}, false},
		"below the shell that runs that command": {family{group: 20, session: 20, parentGroup: 20, parentSession: 20}, false},
		"orphan":                                 {family{group: 20, session: 10, parentGroup: 1, parentSession: 1}, false},
	} {
		if got := test.family.controlled(); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
