package command_test

import (
	"testing"

	"ampedit/client/emulator"
)

// TestNothingLeavesThatMayNot has every guard refuse an update before it leaves.
// Each refused command goes through once its guard is out of the way.
func TestNothingLeavesThatMayNot(t *testing.T) {
	change := []string{"apply", "kept.json", "--yes"}
	tests := map[string]struct {
		settings    string
		environment string
		profile     string
		flags       []string
		code        int
		says        string
		allow       []string // flags with which it goes through
		settle      string   // settings with which it goes through
	}{
		"account not allowed": {
			settings: "allowed_accounts: ['999999999999']\n", environment: emulator.SampleDev,
			code: 1, says: `account "123456789012" is not among the allowed ones`, settle: "allowed_accounts: ['123456789012']\n",
		},
		"protected environment": {environment: emulator.SampleProd, code: 1, says: "--confirm prod", allow: []string{"--confirm", "prod"}},
		"protected by the settings": {
			settings: "protected: ['d*']\n", environment: emulator.SampleDev, code: 1, says: "--confirm dev", allow: []string{"--confirm", "dev"},
		},
		"another environment confirmed": {environment: emulator.SampleProd, flags: []string{"--confirm", "dev"}, code: 1, says: "--confirm prod", allow: []string{"--confirm", "prod"}},
		"read-only flag":                {environment: emulator.SampleDev, flags: []string{"--read-only"}, code: 1, says: "read-only", allow: []string{"--read-only=false"}},
		"read-only settings":            {settings: "read_only: true\n", environment: emulator.SampleDev, code: 1, says: "read-only", settle: "read_only: false\n"},
		"read-only profile": {
			settings: "read_only_profiles: ['audit-*']\n", environment: emulator.SampleDev, profile: "audit-eu", code: 1, says: "read-only", settle: "read_only_profiles: ['other']\n",
		},
		"no --yes": {environment: emulator.SampleDev, flags: []string{"--yes=false"}, code: 2, says: "--yes sends it", allow: []string{"--yes"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, emulator.Options{})
			m.settings(test.settings)
			if test.profile != "" {
				m.write("aws-config", "[profile "+test.profile+"]\nregion = eu-west-1\n")
				t.Setenv("AWS_CONFIG_FILE", "aws-config")
				t.Setenv("AWS_PROFILE", test.profile)
			}
			m.write("kept.json", described)
			args := append(append(change[:len(change):len(change)], sampleTarget(test.environment)...), test.flags...)
			m.want(test.code, args, test.says)
			m.posts(0)
			if test.settle != "" {
				m.settings(test.settle)
			}
			m.want(0, append(args, test.allow...), "COMPLETED")
			m.posts(1)
		})
	}
}
