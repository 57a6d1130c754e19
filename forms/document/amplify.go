package document

import (
	"fmt"
	"maps"
	"reflect"
	"regexp"
	"slices"

	"ampedit/client/wire"
)

// Amplify's own files say the same as a request in other words. See the schemas
// AppSyncCLIInputs and UpdateApiRequest of the Amplify CLI.

// amplifyMembers are the members of a service configuration.
var amplifyMembers = []string{"apiName", "serviceName", "defaultAuthType", "additionalAuthTypes", "conflictResolution", "transformSchema"}

// amplifySettings are Amplify's names for settings, by those on the wire.
var amplifySettings = map[string]string{
	"expirationTime":     "expirationTime",
	"keyDescription":     "description",
	"cognitoUserPoolId":  "cognitoUserPoolId",
	"openIDProviderName": "openIDProviderName",
	"openIDIssuerURL":    "openIDIssueURL",
	"openIDClientID":     "openIDClientId",
	"openIDAuthTTL":      "openIDAuthTTL",
	"openIDIatTTL":       "openIDIatTTL",
}

// poolID is the form of a real user pool's id; Amplify's files have a name of
// their own making there.
var poolID = regexp.MustCompile(`^[\w-]+_[0-9a-zA-Z]+$`)

// readAmplify reads a cli-inputs.json or a headless payload: it says it again as
// a configuration on the wire and reads that.
func (d *Document) readAmplify(service string) error {
	for _, it := range d.root.items {
		switch it.key.text {
		case service, "version":
		default:
			d.noMember(it.key, it.key.text, "Amplify's files have no such member; it is not sent", []string{service, "version"})
		}
	}
	config := &node{kind: object}
	inner := d.root.member(service)
	if inner.kind != object {
		return d.fail(inner, service+": an object is expected here, not "+inner.kind.String())
	}
	for _, it := range inner.items {
		if err := d.amplifyMember(config, it, join(service, it.key.text)); err != nil {
			return err
		}
	}
	c := new(wire.ResourceConfig)
	if err := d.object(config, reflect.ValueOf(c).Elem(), service); err != nil {
		return err
	}
	d.Config, d.config = c, config
	if c.APIName != nil {
		d.Target.ResourceName = *c.APIName
	}
	return nil
}

// amplifyMember adds what a member of the service configuration says.
func (d *Document) amplifyMember(config *node, it item, path string) error {
	v := it.value
	switch name := it.key.text; {
	case name == "apiName", name == "transformSchema", v.kind == null && amplifyEmpties(name, d.Format.Shape):
		config.put(name, v)
	case name == "serviceName":
		config.put("service", v)
	case v.kind == null:
	case name == "defaultAuthType":
		auth, err := d.amplifyAuth(v, path)
		if err != nil {
			return err
		}
		config.put(name, auth)
	case name == "additionalAuthTypes":
		return d.amplifyAuths(config, v, path)
	case name == "conflictResolution":
		return d.amplifyConflicts(config, v, path)
	case name == "gqlSchemaPath":
		d.note(it.key, path, "Amplify itself no longer uses this path; the schema is not sent.")
	default:
		d.noMember(it.key, path, "A request has no such member; it is not sent", amplifyMembers)
	}
	return nil
}

func (d *Document) amplifyAuths(config, v *node, path string) error {
	if v.kind != list {
		return d.fail(v, path+": a list is expected here, not "+v.kind.String())
	}
	auths := &node{kind: list, start: v.start}
	for i, it := range v.items {
		auth, err := d.amplifyAuth(it.value, fmt.Sprintf("%s[%d]", path, i))
		if err != nil {
			return err
		}
		auths.items = append(auths.items, item{value: auth})
	}
	config.put("additionalAuthTypes", auths)
	return nil
}

// amplifyEmpties reports whether null says that a member is empty. A cli-inputs.json
// without a strategy has that of transform.conf.json.
func amplifyEmpties(name string, shape Shape) bool {
	switch name {
	case "defaultAuthType", "additionalAuthTypes":
		return true
	}
	return name == "conflictResolution" && shape == Headless
}

// amplifyAuth nests the settings that stand beside the mode in Amplify's files.
func (d *Document) amplifyAuth(v *node, path string) (*node, error) {
	if v.kind != object {
		return nil, d.fail(v, path+": an object is expected here, not "+v.kind.String())
	}
	auth, settings := &node{kind: object, start: v.start}, &node{kind: object, start: v.start}
	for _, it := range v.items {
		setting, known := amplifySettings[it.key.text]
		at := join(path, it.key.text)
		switch {
		case it.value.kind == null && known:
			settings.put(setting, it.value)
		case it.key.text == "mode" && it.value.kind == null:
			auth.put("mode", it.value)
		case it.value.kind == null:
		case it.key.text == "mode":
			auth.put("mode", it.value)
		case setting == "cognitoUserPoolId" && it.value.text != "" && !poolID.MatchString(it.value.text):
			d.note(it.value, at, "This is the name that Amplify's files give to the user pool, not its id; it is not sent. Inside the project, its id is found.")
		case known:
			settings.put(setting, it.value)
		case it.key.text == "apiKeyExpirationDate":
			d.note(it.key, at, "A request states days, not a date; the date is not sent.")
		default:
			d.noMember(it.key, at, "A request has no such setting; it is not sent", slices.Sorted(maps.Keys(amplifySettings)))
		}
	}
	if len(settings.items) > 0 {
		auth.put("settings", settings)
	}
	return auth, nil
}

// amplifyConflicts reads the conflict resolution. A headless payload that has it
// empty switches conflict detection off. A cli-inputs.json says nothing with it:
// Amplify takes what transform.conf.json says.
func (d *Document) amplifyConflicts(config, v *node, path string) error {
	if v.kind != object {
		return d.fail(v, path+": an object is expected here, not "+v.kind.String())
	}
	if d.Format.Shape == CLIInputs && v.member("defaultResolutionStrategy").unset() && v.member("perModelResolutionStrategy").unset() {
		d.note(v, path, "It states no strategy, so Amplify takes that of transform.conf.json; it is not sent. Inside the project, it is found.")
		return nil
	}
	strategy := &node{kind: text, text: string(wire.StrategyNone), start: v.start}
	for _, it := range v.items {
		at := join(path, it.key.text)
		switch {
		case it.value.kind == null, it.value.kind == list && len(it.value.items) == 0:
		case it.key.text == "defaultResolutionStrategy":
			if stated := it.value.member("type"); stated != nil {
				strategy = stated
			}
			if resolver := it.value.member("resolver"); resolver != nil {
				d.note(resolver, join(at, "resolver"), "A request can say LAMBDA, but not which function; it is not sent.")
			}
		default:
			d.note(it.key, at, "A request has one strategy for all models; it is not sent.")
		}
	}
	conflicts := &node{kind: object, start: v.start}
	conflicts.put("resolutionStrategy", strategy)
	config.put("conflictResolution", conflicts)
	return nil
}
