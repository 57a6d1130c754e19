package document

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"

	"ampedit/client/wire"
)

// ErrReadOnly says that a file's format cannot hold a whole request.
var ErrReadOnly = errors.New("files in Amplify's own words are only read: they have no place for some members of a request; save the request under another name")

// Save returns the file with a configuration and a target put into it. What the
// file says already stays byte for byte, and so does all that it says besides. A
// target's members are only written where the file has them, since a file
// without them is meant for any backend; empty ones change nothing. A nil
// config leaves that of the file. A text in config that is "" is stated as empty, and
// noDays are the authorization types, by their places in the list of additional types
// or as forms.NoEntry, whose days are to be stated as empty.
//
// The error wraps ErrReadOnly for formats that are input only. Any other error
// says that the file cannot be changed in place; it is then as it was.
func (d *Document) Save(target Target, config *wire.ResourceConfig, noDays ...int) ([]byte, error) {
	if d.Format.Shape == CLIInputs || d.Format.Shape == Headless {
		return nil, fmt.Errorf("save %s: %w", d.name, ErrReadOnly)
	}
	wanted, err := d.wanted(target, config)
	wanted.noDays = noDays
	if err != nil {
		return nil, fmt.Errorf("save %s: %w", d.name, err)
	}
	if d.holds(wanted) {
		return bytes.Join([][]byte{d.mark, d.source}, nil), nil
	}
	if !d.root.sound(0, len(d.source)) {
		return nil, d.notInPlace()
	}
	// What a skeleton left is kept at first. Beside the new values it may stop
	// being recognised as that; then it goes.
	for _, keep := range []bool{true, false} {
		w := &writer{source: string(d.source), layout: d.layout(), keepLeftovers: keep}
		source := []byte(w.document(d.root, d.tree(wanted)))
		again, err := parse(d.path, d.Format.Syntax, source)
		if err == nil && again.Format == d.Format && again.holds(wanted) {
			return bytes.Join([][]byte{d.mark, source}, nil), nil
		}
	}
	return nil, d.notInPlace()
}

func (d *Document) notInPlace() error {
	return fmt.Errorf("save %s: the file cannot be changed in place, so it was left as it is; anchors and other rare forms can be the reason. Save the request under another name", d.name)
}

// goal is what a file is to state.
type goal struct {
	envelope
	noDays []int // the authorization types whose days are empty
}

// wanted returns what the file is to state: the target as far as the file has a
// place for it, and the configuration as it reads under the file's names.
func (d *Document) wanted(target Target, config *wire.ResourceConfig) (goal, error) {
	e := goal{envelope: envelope{d.Target.AppID, d.Target.Environment, d.Target.ResourceName, d.Config}}
	for name, member := range map[string]struct{ to, from *string }{
		"appId":                  {&e.AppID, &target.AppID},
		"backendEnvironmentName": {&e.Environment, &target.Environment},
		"resourceName":           {&e.ResourceName, &target.ResourceName},
	} {
		if *member.from != "" && d.Format.Shape == Request && d.root.member(name) != nil {
			*member.to = *member.from
		}
	}
	if config == nil {
		return e, nil
	}
	if _, err := wire.Body(config); err != nil {
		return e, err
	}
	text := compactJSON(encode(reflect.ValueOf(envelope{Config: config}), d.Format.Model))
	again, err := parse("request", JSON, []byte(text))
	if err != nil {
		return e, err
	}
	e.Config = again.Config
	return e, nil
}

// holds reports whether the file states what is wanted, members aside that the
// service model does not have.
func (d *Document) holds(wanted goal) bool {
	return d.Target == Target{wanted.AppID, wanted.Environment, wanted.ResourceName} &&
		plain(d.Config).Equal(plain(wanted.Config)) && d.holdsUnknown(wanted)
}

// holdsUnknown reports whether the members are in the file that the service
// model does not have. The file may have more of them.
func (d *Document) holdsUnknown(wanted goal) bool {
	w := &writer{source: string(d.source), keepLeftovers: true}
	return w.same(d.root, d.tree(wanted))
}

// tree returns what is wanted as the file's root.
func (d *Document) tree(wanted goal) *node {
	root := encode(reflect.ValueOf(wanted.envelope), d.Format.Model)
	config := root.member("resourceConfig")
	for _, place := range wanted.noDays {
		auth := config.member("defaultAuthType")
		if place >= 0 {
			auth = config.member("additionalAuthTypes").items[place].value
		}
		auth.putNull("settings", "expirationTime", d.Format.Model)
	}
	if d.Format.Shape == Config {
		return config
	}
	return root
}

// putNull states a member of a member as null, which says empty.
func (n *node) putNull(outer, inner string, model bool) {
	named := func(name string) *node {
		if model {
			name = modelName(name)
		}
		return &node{kind: text, text: name}
	}
	at := n.member(outer)
	if at == nil {
		at = &node{kind: object}
		n.items = append(n.items, item{key: named(outer), value: at, name: outer})
	}
	at.items = append(at.items, item{key: named(inner), value: &node{}, name: inner})
}

// plain returns a copy with the members of the service model alone, and without texts
// that are empty.
func plain(c *wire.ResourceConfig) *wire.ResourceConfig {
	if c = c.Clone(); c == nil {
		return nil
	}
	c.Unknown = nil
	dropEmpty(&c.APIName, &c.Service, &c.TransformSchema)
	auths := make([]*wire.AuthType, 0, len(c.AdditionalAuthTypes)+1)
	for i := range c.AdditionalAuthTypes {
		auths = append(auths, &c.AdditionalAuthTypes[i])
	}
	if c.DefaultAuthType != nil {
		auths = append(auths, c.DefaultAuthType)
	}
	for _, auth := range auths {
		auth.Unknown = nil
		if s := auth.Settings; s != nil {
			s.Unknown = nil
			dropEmpty(&s.CognitoUserPoolID, &s.Description, &s.OpenIDAuthTTL, &s.OpenIDClientID, &s.OpenIDIatTTL, &s.OpenIDIssueURL, &s.OpenIDProviderName)
		}
	}
	if c.ConflictResolution != nil {
		c.ConflictResolution.Unknown = nil
	}
	return c
}

func dropEmpty(texts ...**string) {
	for _, text := range texts {
		if *text != nil && **text == "" {
			*text = nil
		}
	}
}

// layout finds out how the file sets values within brackets.
func (d *Document) layout() layout {
	l := layout{newline: newlineOf(d.source), colon: ": ", space: " "}
	if d.root.block || len(d.root.items) == 0 {
		return l
	}
	first := d.root.items[0]
	l.colon = string(d.source[first.key.end:first.value.start])
	if l.colon == ":" {
		l.space = ""
	}
	lead := d.source[d.root.start+1 : first.start]
	if i := bytes.LastIndexByte(lead, '\n'); i >= 0 {
		l.step = string(lead[i+1:])
	}
	return l
}
