package document

import (
	"ampedit/client/wire"
	"ampedit/forms"
)

// Stated returns what the file says of the configuration: Config, and which members
// are stated as null or as an empty text, which says that they are empty. An object
// that is null says so of all of its members, and a list of the entries.
func (d *Document) Stated() *forms.Stated {
	s := &forms.Stated{Config: d.Config.Clone()}
	if s.Config == nil {
		return s
	}
	c := s.Config
	for name, member := range map[string]**string{"apiName": &c.APIName, "service": &c.Service, "transformSchema": &c.TransformSchema} {
		emptied(d.config, name, member)
	}
	switch n := d.config.member("defaultAuthType"); {
	case isNull(n):
		c.DefaultAuthType = &wire.AuthType{Mode: new(wire.Mode)}
	case c.DefaultAuthType != nil:
		statedAuth(s, n, c.DefaultAuthType, forms.NoEntry)
	}
	switch n := d.config.member("additionalAuthTypes"); {
	case isNull(n):
		c.AdditionalAuthTypes = []wire.AuthType{}
	case c.AdditionalAuthTypes != nil:
		place := 0
		for _, it := range n.items {
			if !it.value.leftover {
				statedAuth(s, it.value, &c.AdditionalAuthTypes[place], place)
				place++
			}
		}
	}
	switch n := d.config.member("conflictResolution"); {
	case isNull(n):
		c.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: new(wire.ResolutionStrategy)}
	case c.ConflictResolution != nil:
		emptied(n, "resolutionStrategy", &c.ConflictResolution.ResolutionStrategy)
	}
	return s
}

func statedAuth(s *forms.Stated, n *node, auth *wire.AuthType, place int) {
	emptied(n, "mode", &auth.Mode)
	settings := n.member("settings")
	if auth.Settings == nil {
		if !isNull(settings) {
			return
		}
		auth.Settings = &wire.AuthSettings{}
	}
	t := auth.Settings
	for name, member := range map[string]**string{
		"cognitoUserPoolId": &t.CognitoUserPoolID, "description": &t.Description, "openIDAuthTTL": &t.OpenIDAuthTTL,
		"openIDClientId": &t.OpenIDClientID, "openIDIatTTL": &t.OpenIDIatTTL, "openIDIssueURL": &t.OpenIDIssueURL,
		"openIDProviderName": &t.OpenIDProviderName,
	} {
		if emptied(settings, name, member); isNull(settings) {
			*member = new(string)
		}
	}
	if days := settings.member("expirationTime"); isNull(settings) || isNull(days) || days != nil && !days.leftover && t.ExpirationTime == nil {
		s.NoDays = append(s.NoDays, place)
	}
}

// emptied makes a member empty that stands in an object as null.
func emptied[T ~string](in *node, name string, member **T) {
	if isNull(in.member(name)) {
		*member = new(T)
	}
}

// isNull reports whether a value stands in the file, as null.
func isNull(n *node) bool { return n != nil && n.kind == null && !n.leftover }
