package document

import (
	"fmt"
	"slices"

	"ampedit/client/wire"
)

// settingNames are all members of an authorization type's settings.
var settingNames = []string{
	"cognitoUserPoolId", "description", "expirationTime", "openIDAuthTTL",
	"openIDClientId", "openIDIatTTL", "openIDIssueURL", "openIDProviderName",
}

// belongs reports whether a setting means something under a mode.
func belongs(setting string, mode wire.Mode) bool {
	switch setting {
	case "cognitoUserPoolId":
		return mode == wire.ModeCognito
	case "description", "expirationTime":
		return mode == wire.ModeAPIKey
	}
	return mode == wire.ModeOIDC
}

// markTarget marks blank names of the backend, which stand for none in any file.
func (d *Document) markTarget() {
	if d.Format.Shape != Request {
		return
	}
	for _, name := range []string{"appId", "backendEnvironmentName", "resourceName"} {
		n := d.root.member(name)
		if d.Format.Model {
			d.markBlank(n, modelName(name))
		} else if n != nil {
			n.leftover = n.kind == text && n.text == ""
		}
	}
}

// markLeftovers marks what an AWS CLI skeleton left in a configuration.
func (d *Document) markLeftovers(config *node) {
	if config == nil {
		return
	}
	root := ""
	if d.Format.Shape == Request {
		root = "ResourceConfig."
	}
	for _, name := range []string{"apiName", "service", "transformSchema"} {
		d.markBlank(config.member(name), root+modelName(name))
	}
	untouched := d.markAuth(config.member("defaultAuthType"), root+"DefaultAuthType")
	additional := config.member("additionalAuthTypes")
	if additional != nil && additional.kind == list {
		left := 0
		for i, it := range additional.items {
			if d.markAuth(it.value, fmt.Sprintf("%sAdditionalAuthTypes[%d]", root, i)) {
				left++
			}
		}
		additional.leftover = left > 0 && left == len(additional.items)
		untouched = untouched || left > 0
	}
	strategy := config.member("conflictResolution").member("resolutionStrategy")
	path := root + "ConflictResolution.ResolutionStrategy"
	d.markBlank(strategy, path)
	if untouched && !strategy.unset() {
		d.note(strategy, path, "Skeletons of the AWS CLI fill this in at random, and here it is sent. Make sure that %s is meant.", brief(strategy.text))
	}
}

// markBlank marks a blank text that can mean nothing.
func (d *Document) markBlank(n *node, path string) {
	if blank(n) {
		n.leftover = true
		d.note(n, path, "Blank, as in a skeleton of the AWS CLI: counts as not set.")
	}
}

// markAuth marks what a skeleton left in an authorization type and reports
// whether that is the whole of it.
func (d *Document) markAuth(auth *node, path string) (untouched bool) {
	if auth == nil || auth.kind != object {
		return false
	}
	d.markBlank(auth.member("mode"), path+".Mode")
	mode, settings := wire.Mode(""), auth.member("settings")
	if m := auth.member("mode"); m != nil {
		mode = wire.Mode(m.text)
	}
	var blanks []string
	for _, name := range settingNames {
		if blank(settings.member(name)) {
			blanks = append(blanks, name)
		}
	}
	modes := []wire.Mode{mode}
	if mode == "" { // not stated here: that which is deployed
		modes = wire.Modes()
	}
	foreign := !slices.ContainsFunc(modes, func(mode wire.Mode) bool {
		return !slices.ContainsFunc(blanks, func(name string) bool { return !belongs(name, mode) })
	})
	switch {
	case len(blanks) == len(settingNames):
		auth.leftover = true
		d.note(auth, path, "All settings are blank, as in a skeleton of the AWS CLI, which picks the mode at random: counts as not set. If %s is meant, remove the blank settings.", brief(string(mode)))
		return true
	case foreign:
		d.markSettings(settings, path+".Settings")
	}
	return false
}

// markSettings marks all blank settings of one authorization type.
func (d *Document) markSettings(settings *node, path string) {
	left := 0
	for _, name := range settingNames {
		if n := settings.member(name); blank(n) {
			left++
			n.leftover = true
			d.note(n, path+"."+modelName(name), "Blank, as in a skeleton of the AWS CLI: counts as not set.")
		}
	}
	settings.leftover = left == len(settings.items)
}

// blank reports whether a value is what a skeleton puts for a text or a number.
func blank(n *node) bool {
	if n == nil {
		return false
	}
	f, ok := n.float()
	return n.kind == text && n.text == "" || n.kind == number && ok && f == 0
}
