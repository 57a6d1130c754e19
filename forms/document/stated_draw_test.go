package document_test

import (
	"encoding/json"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"ampedit/forms/document"
)

// object is a JSON object whose members keep no order.
type object map[string]any

// The values of what is deployed: what a service may have taken from whatever sent it.
var (
	deployedTexts = rapid.OneOf(words, rapid.SampledFrom([]string{"", " ", " x ", "a\x00b", "7", "null", "eu-west-1_A", "https://i/", "https://j/"}))
	deployedModes = rapid.SampledFrom([]string{"API_KEY", "AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT", "AWS_LAMBDA", ""})
	settingNames  = []string{"cognitoUserPoolId", "description", "openIDAuthTTL", "openIDClientId", "openIDIatTTL", "openIDIssueURL", "openIDProviderName"}
	someUnknown   = rapid.SampledFrom([]string{`{"a": [1, null]}`, `null`, `"z"`, `""`, `1e400`, `[]`})
	unknownNames  = []string{"future", "x-y", "Mode", "tags"}
)

// sometimes puts a member into an object in one of n cases.
func (o object) sometimes(t *rapid.T, n int, name string, value func() any) {
	if rapid.IntRange(1, n).Draw(t, name+"?") == 1 {
		o[name] = value()
	}
}

func (o object) unknown(t *rapid.T) {
	for _, name := range unknownNames {
		o.sometimes(t, 4, name, func() any { return json.RawMessage(someUnknown.Draw(t, name)) })
	}
}

// odd draws now and then a value of another type than the model says.
func odd(t *rapid.T, name string, usual func() any, values ...string) any {
	if rapid.IntRange(0, 7).Draw(t, name+" is odd") > 0 {
		return usual()
	}
	return json.RawMessage(rapid.SampledFrom(values).Draw(t, "odd "+name))
}

func deployedAuth(t *rapid.T) object {
	a := object{}
	a.sometimes(t, 1+rapid.IntRange(0, 1).Draw(t, "odd"), "mode", func() any { return deployedModes.Draw(t, "mode") })
	a.sometimes(t, 2, "settings", func() any {
		return odd(t, "settings", func() any {
			s := object{}
			for _, name := range settingNames {
				s.sometimes(t, 3, name, func() any {
					text := func() any { return deployedTexts.Draw(t, name) }
					if name == "cognitoUserPoolId" || name == "openIDIssueURL" { // what they are matched by
						return text()
					}
					return odd(t, name, text, `5`, `true`, `{"a": 1}`, `["c"]`)
				})
			}
			s.sometimes(t, 3, "expirationTime", func() any {
				days := func() any { return rapid.SampledFrom([]float64{0, 7, 30.5, 365, -4, 1e21}).Draw(t, "days") }
				return odd(t, "days", days, `"7"`, `"x"`, `[]`, `1e400`)
			})
			s.unknown(t)
			return s
		}, `[]`, `"x"`, `5`)
	})
	a.unknown(t)
	return a
}

func deployedConfig(t *rapid.T) object {
	c := object{}
	for _, name := range []string{"apiName", "service", "transformSchema"} {
		c.sometimes(t, 2, name, func() any {
			return odd(t, name, func() any { return deployedTexts.Draw(t, name) }, `5`, `{"file": "x"}`)
		})
	}
	c.sometimes(t, 2, "defaultAuthType", func() any { return deployedAuth(t) })
	c.sometimes(t, 2, "additionalAuthTypes", func() any {
		list := []object{}
		for range rapid.IntRange(0, 4).Draw(t, "types") {
			list = append(list, deployedAuth(t))
		}
		return list
	})
	c.sometimes(t, 2, "conflictResolution", func() any {
		return odd(t, "conflictResolution", func() any {
			r := object{}
			r.sometimes(t, 2, "resolutionStrategy", func() any {
				return rapid.SampledFrom([]string{"NONE", "AUTOMERGE", "LAMBDA", "LATER", ""}).Draw(t, "strategy")
			})
			r.unknown(t)
			return r
		}, `[]`, `"NONE"`)
	})
	c.unknown(t)
	return c
}

// said is what a file says, in the words of the wire; nil is null.
type said struct {
	config object
	shape  document.Shape
	model  bool
}

// empties are how a file says that a text is empty.
func (s said) empties(t *rapid.T) any {
	if s.model || rapid.Bool().Draw(t, "null") { // "" would be what a skeleton left
		return nil
	}
	return ""
}

func (s said) text(t *rapid.T, name string, values *rapid.Generator[string]) any {
	if rapid.IntRange(0, 3).Draw(t, name+" is empty") == 0 {
		return s.empties(t)
	}
	return values.Draw(t, name)
}

// texts without white space around them, which the forms leave off.
var statedWords = words.Filter(func(text string) bool { return strings.TrimSpace(text) == text })

// modeSettings are the settings that belong to a mode.
var modeSettings = map[string][]string{
	"API_KEY": {"description", "expirationTime"}, "AMAZON_COGNITO_USER_POOLS": {"cognitoUserPoolId"},
	"OPENID_CONNECT": {"openIDAuthTTL", "openIDClientId", "openIDIatTTL", "openIDIssueURL", "openIDProviderName"},
}

func (s said) auth(t *rapid.T, mode string, needsMode bool) object {
	a, settings := object{}, object{}
	if needsMode || rapid.Bool().Draw(t, "mode stated") {
		a["mode"] = mode
	}
	names := slices.Clone(modeSettings[mode])
	if !s.model && s.shape <= document.Config && rapid.IntRange(0, 4).Draw(t, "stray") == 0 {
		names = append(slices.Clone(settingNames), "expirationTime")
	}
	for _, name := range names {
		settings.sometimes(t, 3, name, func() any {
			switch name {
			case "expirationTime":
				if rapid.IntRange(0, 3).Draw(t, "no days") == 0 && slices.Contains(modeSettings[mode], name) {
					return s.empties(t)
				}
				return rapid.SampledFrom([]float64{2, 7, 30, 365}).Draw(t, "days stated")
			case "openIDAuthTTL", "openIDIatTTL":
				return s.text(t, name, rapid.SampledFrom([]string{"0", "3600000"}))
			case "openIDIssueURL":
				return s.text(t, name, rapid.SampledFrom([]string{"https://i/", "https://j/", "https://k/"}))
			case "cognitoUserPoolId":
				return s.text(t, name, rapid.SampledFrom([]string{"eu-west-1_A", "eu-west-1_B"}))
			case "description":
				return s.text(t, name, words)
			}
			return s.text(t, name, statedWords)
		})
	}
	if s.shape <= document.Config && !s.model {
		a.sometimes(t, 6, "future", func() any { return json.RawMessage(someUnknown.Draw(t, "stated future")) })
		settings.sometimes(t, 6, "future", func() any { return json.RawMessage(someUnknown.Draw(t, "stated setting future")) })
	}
	if len(settings) > 0 || rapid.IntRange(0, 5).Draw(t, "empty settings") == 0 {
		a["settings"] = settings
	}
	if rapid.IntRange(0, 20).Draw(t, "null settings") == 0 && s.shape <= document.Config {
		a["settings"] = nil
	}
	return a
}

// statement draws what a file says of what is deployed.
func statement(t *rapid.T, deployed object) said {
	s := said{config: object{}}
	s.shape = document.Shape(rapid.IntRange(int(document.Request), int(document.Headless)).Draw(t, "shape"))
	s.model = s.shape <= document.Config && rapid.Bool().Draw(t, "model names")
	for _, name := range []string{"apiName", "service", "transformSchema"} {
		s.config.sometimes(t, 3, name, func() any { return s.text(t, name, statedWords) })
	}
	modes := rapid.SampledFrom([]string{"API_KEY", "AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT"})
	s.config.sometimes(t, 2, "defaultAuthType", func() any {
		mode, _ := member(deployed, "defaultAuthType")["mode"].(string)
		if mode == "" || rapid.IntRange(0, 2).Draw(t, "another mode") == 0 {
			mode = modes.Draw(t, "default mode")
			return s.auth(t, mode, true)
		}
		return s.auth(t, mode, false)
	})
	s.config.sometimes(t, 2, "additionalAuthTypes", func() any {
		if rapid.IntRange(0, 5).Draw(t, "no list") == 0 {
			return nil
		}
		list := []object{}
		for range rapid.IntRange(0, 4).Draw(t, "stated types") {
			list = append(list, s.auth(t, modes.Draw(t, "stated mode"), true))
		}
		return list
	})
	if s.shape != document.CLIInputs {
		s.config.sometimes(t, 3, "conflictResolution", func() any {
			if rapid.IntRange(0, 3).Draw(t, "null strategy") == 0 {
				return nil
			}
			r := object{"resolutionStrategy": rapid.SampledFrom([]string{"NONE", "AUTOMERGE", "LAMBDA"}).Draw(t, "stated strategy")}
			if s.shape <= document.Config && !s.model {
				r.sometimes(t, 4, "future", func() any { return json.RawMessage(someUnknown.Draw(t, "conflict future")) })
			}
			return r
		})
	}
	if s.shape <= document.Config && !s.model {
		s.config.sometimes(t, 6, "future", func() any { return json.RawMessage(someUnknown.Draw(t, "config future")) })
	}
	if known := len(s.config); known == 0 || known == 1 && s.config["future"] != nil {
		s.config["apiName"] = "notes" // else it is no request
	}
	return s
}

// member returns a member that is an object, nil for anything else.
func member(o object, name string) object {
	m, _ := o[name].(object)
	return m
}
