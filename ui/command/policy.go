package command

import (
	"fmt"

	"ampedit/ui/edit"
)

// policy is what the configuration file and the flags keep from being sent, each with
// who says so.
func (s settings) policy(f *flags) edit.Policy {
	p := edit.Policy{Accounts: s.Accounts, AccountsFrom: s.at("allowed_accounts")}
	switch {
	case f.readOnly:
		p.ReadOnly = "--read-only"
	case s.ReadOnly:
		p.ReadOnly = s.at("read_only")
	}
	p.ReadOnlyProfiles = s.patterns("read_only_profiles", s.ReadOnlyProfiles)
	if s.Protected != nil {
		p.Protected = s.patterns("protected", s.Protected)
	}
	return p
}

func (s settings) patterns(setting string, list []pattern) []edit.Pattern {
	out := make([]edit.Pattern, len(list))
	for i, p := range list {
		out[i] = edit.Pattern{Text: string(p), From: s.at(setting)}
	}
	return out
}

// at says where a setting stands.
func (s settings) at(setting string) string {
	return fmt.Sprintf("%s:%d %s", s.file, s.lines[setting], setting)
}
