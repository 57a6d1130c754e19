package forms

import (
	"maps"
	"strconv"
	"strings"

	"ampedit/client/wire"
)

// Request returns what the answers ask the service for: the configuration that
// was read, whole, with the answers that differ from it put in. A member that was
// not read is only there if it was answered. Answers that cannot be understood
// are left out; Check names them. What is as it was read is shared with the base,
// which a caller must not write through: a copy of a large schema after each key
// would be felt.
func Request(a *Answers, c Context) *wire.UpdateBackendAPIInput {
	config := &wire.ResourceConfig{}
	if c.Base != nil {
		*config = *c.Base
	}
	setText(&config.APIName, a.Target, KeyAPIName, EmptyOmits, c)
	setText(&config.Service, a.Target, KeyService, EmptyOmits, c)
	config.DefaultAuthType = buildAuth(a.Default, a.extra(At(StepDefault, "")), c.baseDefault(), c)
	config.AdditionalAuthTypes = buildMore(a, c)
	if s := wire.ResolutionStrategy(a.Conflict.Text(KeyStrategy)); s != StrategyKeep {
		resolution := wire.ConflictResolution{}
		if config.ConflictResolution != nil {
			resolution = *config.ConflictResolution
		}
		resolution.ResolutionStrategy = &s
		config.ConflictResolution = &resolution
	}
	if a.Schema.Text(KeySchemaSource) != SourceKeep && c.SchemaText != nil {
		config.TransformSchema = c.SchemaText
	}
	addExtra(config, a.Extra)
	return &wire.UpdateBackendAPIInput{
		AppID:                  a.Target.clean(KeyAppID),
		BackendEnvironmentName: a.Target.clean(KeyEnvironment),
		ResourceName:           a.Target.clean(KeyResourceName),
		ResourceConfig:         config,
	}
}

// clean is the text without the white space around it, which pasting brings.
// A description is kept as it was typed.
func (v Values) clean(key Key) string {
	if key == KeyDescription {
		return v.Text(key)
	}
	return strings.TrimSpace(v.Text(key))
}

// setText puts an answer into a member unless that says the same already. So a
// member that was read as absent or as empty stays that while its field is empty,
// and one that was read stays as it was to the letter. Where nothing was read, an
// answer that is empty on purpose is sent as that.
func setText(member **string, v Values, key Key, empty Empty, c Context) {
	was := wire.Text(*member)
	text := wireText(key, v.clean(key))
	switch {
	case c.Base == nil && *member == nil && text == "" && v[key].Touched && empty == EmptySends:
		*member = &text
	case v.Text(key) == was || text == was:
	case text == "" && empty == EmptyOmits:
		*member = nil
	default:
		*member = &text
	}
}

func buildMore(a *Answers, c Context) []wire.AuthType {
	var out []wire.AuthType
	if c.Base != nil && c.Base.AdditionalAuthTypes != nil || c.Base == nil && a.Extra != nil && a.Extra.AdditionalAuthTypes != nil {
		out = []wire.AuthType{}
	}
	for _, e := range a.Live() {
		if auth := buildAuth(e.Values, e.Extra, c.baseAuth(e.Origin), c); auth != nil {
			out = append(out, *auth)
		}
	}
	return out
}

// buildAuth returns the authorization type that the answers describe. While the
// mode is the one that was read, everything that no field changes stays as it
// was read, members that nobody knows included. extra is what a document states
// besides, nil for nothing.
func buildAuth(v Values, extra, origin *wire.AuthType, c Context) *wire.AuthType {
	mode := wire.Mode(v.Text(KeyMode))
	var out wire.AuthType
	switch {
	case origin != nil && (origin.Mode == nil && mode == "" || origin.Mode != nil && *origin.Mode == mode):
		out = *origin
	case mode == "":
		return nil
	default:
		out.Mode = &mode
	}
	settings := wire.AuthSettings{}
	if out.Settings != nil {
		settings = *out.Settings
	}
	for _, f := range authFields(v) {
		switch {
		case f.Key == KeyMode:
		case f.Key == KeyExpiration:
			setDays(&settings.ExpirationTime, v.clean(f.Key), c)
		default:
			setText(settingMember(&settings, f.Key), v, f.Key, f.Empty, c)
		}
	}
	if extra != nil && identity(extra).Mode == mode {
		out.Unknown = joined(out.Unknown, extra.Unknown)
		addSettings(&settings, extra.Settings)
	}
	if out.Settings != nil || hasSettings(settings) {
		out.Settings = &settings
	}
	return &out
}

func hasSettings(s wire.AuthSettings) bool {
	return s.ExpirationTime != nil || s.CognitoUserPoolID != nil || s.Description != nil ||
		s.OpenIDAuthTTL != nil || s.OpenIDClientID != nil || s.OpenIDIatTTL != nil ||
		s.OpenIDIssueURL != nil || s.OpenIDProviderName != nil || len(s.Unknown) > 0
}

// addExtra puts in what a document states and no field shows. What config shares
// with the base is not written through.
func addExtra(config, extra *wire.ResourceConfig) {
	if extra == nil {
		return
	}
	config.Unknown = joined(config.Unknown, extra.Unknown)
	if stated := extra.ConflictResolution; stated != nil && len(stated.Unknown) > 0 {
		resolution := wire.ConflictResolution{}
		if config.ConflictResolution != nil {
			resolution = *config.ConflictResolution
		}
		resolution.Unknown = joined(resolution.Unknown, stated.Unknown)
		config.ConflictResolution = &resolution
	}
}

// addSettings puts the settings that are in extra in the place of those in s.
func addSettings(s *wire.AuthSettings, extra *wire.AuthSettings) {
	if extra == nil {
		return
	}
	for _, key := range textSettings {
		if text := *settingMember(extra, key); text != nil {
			*settingMember(s, key) = text
		}
	}
	if extra.ExpirationTime != nil {
		s.ExpirationTime = extra.ExpirationTime
	}
	s.Unknown = joined(s.Unknown, extra.Unknown)
}

// joined returns both members, those of extra in the place of others of their name.
func joined(members, extra wire.Members) wire.Members {
	if len(extra) == 0 {
		return members
	}
	out := maps.Clone(extra)
	for name, value := range members {
		if _, stated := out[name]; !stated {
			out[name] = value
		}
	}
	return out
}

func setDays(member **float64, text string, c Context) {
	if text == formatDays(*member) {
		return
	}
	*member = nil
	if n, err := ParseDays(text, c.Now, c.KeyEnd); err == nil {
		days := float64(n)
		*member = &days
	}
}

func formatDays(days *float64) string {
	if days == nil {
		return ""
	}
	return strconv.FormatFloat(*days, 'f', -1, 64)
}

// wireText is a text as it is sent: lifetimes become milliseconds.
func wireText(key Key, text string) string {
	if key == KeyIatTTL || key == KeyAuthTTL {
		if d, err := ParseLifetime(text); err == nil {
			return Milliseconds(d)
		}
	}
	return text
}

// settingMember returns the place of a text setting.
func settingMember(s *wire.AuthSettings, key Key) **string {
	switch key {
	case KeyDescription:
		return &s.Description
	case KeyUserPool:
		return &s.CognitoUserPoolID
	case KeyProviderName:
		return &s.OpenIDProviderName
	case KeyIssuer:
		return &s.OpenIDIssueURL
	case KeyClientID:
		return &s.OpenIDClientID
	case KeyIatTTL:
		return &s.OpenIDIatTTL
	case KeyAuthTTL:
		return &s.OpenIDAuthTTL
	}
	panic("forms: " + string(key) + " is not a text setting")
}

// textSettings are the settings that settingMember knows.
var textSettings = []Key{KeyDescription, KeyUserPool, KeyProviderName, KeyIssuer, KeyClientID, KeyIatTTL, KeyAuthTTL}

// authTexts returns the texts of all of an authorization type's fields as read,
// "" for members that are absent.
func authTexts(auth *wire.AuthType) map[Key]string {
	s := settingsOf(auth)
	texts := map[Key]string{
		KeyMode:       string(identity(auth).Mode),
		KeyExpiration: formatDays(s.ExpirationTime),
	}
	for _, key := range textSettings {
		texts[key] = wire.Text(*settingMember(s, key))
	}
	return texts
}
