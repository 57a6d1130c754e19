package wire_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ampedit/client/wire"
)

// pairs are two ways to write a configuration, and the members in which they do not
// mean the same.
var pairs = []struct {
	name, a, b string
	differs    []string
}{
	{"nothing", `{}`, `{}`, nil},
	{"null", `{"apiName":null,"defaultAuthType":null,"additionalAuthTypes":null,"conflictResolution":null}`, `{}`, nil},
	{"another name", `{"apiName":"a"}`, `{"apiName":"b"}`, []string{"apiName"}},
	{"a name and none", `{"apiName":"a"}`, `{}`, []string{"apiName"}},
	{"a name in another case", `{"apiName":"a"}`, `{"apiName":"A"}`, []string{"apiName"}},
	{"a space", `{"apiName":"a"}`, `{"apiName":"a "}`, []string{"apiName"}},
	{"another service", `{"service":"AppSync"}`, `{"service":"x"}`, []string{"service"}},
	{"members swapped", `{"apiName":"a","service":"b"}`, `{"apiName":"b","service":"a"}`, []string{"apiName", "service"}},

	{"final newline", `{"transformSchema":"type A\n"}`, `{"transformSchema":"type A"}`, nil},
	{"final newline of Windows", `{"transformSchema":"type A\r\n"}`, `{"transformSchema":"type A"}`, nil},
	{"several final newlines", `{"transformSchema":"type A\n\r\n\n"}`, `{"transformSchema":"type A\n"}`, nil},
	{"newlines alone", `{"transformSchema":"\n\n"}`, `{}`, nil},
	{"inner newline", `{"transformSchema":"a\n\nb"}`, `{"transformSchema":"a\nb"}`, []string{"transformSchema"}},
	{"inner newline of Windows", `{"transformSchema":"a\r\nb"}`, `{"transformSchema":"a\nb"}`, []string{"transformSchema"}},
	{"newline at the beginning", `{"transformSchema":"\na"}`, `{"transformSchema":"a"}`, []string{"transformSchema"}},
	{"final space", `{"transformSchema":"a "}`, `{"transformSchema":"a"}`, []string{"transformSchema"}},
	{"final newline before a space", `{"transformSchema":"a\n "}`, `{"transformSchema":"a "}`, []string{"transformSchema"}},
	{"final newline of a name", `{"apiName":"a\n"}`, `{"apiName":"a"}`, []string{"apiName"}},

	{"default without members", `{"defaultAuthType":{}}`, `{}`, nil},
	{"default without a mode", `{"defaultAuthType":{"mode":"","settings":{}}}`, `{}`, nil},
	{"empty settings", `{"defaultAuthType":{"mode":"API_KEY","settings":{}}}`, `{"defaultAuthType":{"mode":"API_KEY"}}`, nil},
	{"settings of empty members", `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"","openIDAuthTTL":""}}}`, `{"defaultAuthType":{"mode":"API_KEY"}}`, nil},
	{"another mode", `{"defaultAuthType":{"mode":"API_KEY"}}`, `{"defaultAuthType":{"mode":"AWS_IAM"}}`, []string{"defaultAuthType"}},
	{"a mode and none", `{"defaultAuthType":{"mode":"API_KEY"}}`, `{}`, []string{"defaultAuthType"}},
	{"days with a fraction of nothing", days("30"), days("30.0"), nil},
	{"days in another notation", days("30"), days("3e1"), nil},
	{"other days", days("30"), days("31"), []string{"defaultAuthType"}},
	{"days with a fraction", days("30"), days("30.5"), []string{"defaultAuthType"}},
	{"no days and none said", days("0"), `{"defaultAuthType":{"settings":{}}}`, []string{"defaultAuthType"}},
	{"no days and no settings", days("0"), `{}`, []string{"defaultAuthType"}},
	{"a text that looks like another member", `{"defaultAuthType":{"mode":"x\" description=\"y"}}`, `{"defaultAuthType":{"mode":"x","settings":{"description":"y"}}}`, []string{"defaultAuthType"}},
	{"a text in another setting", `{"defaultAuthType":{"settings":{"openIDAuthTTL":"1"}}}`, `{"defaultAuthType":{"settings":{"openIDIatTTL":"1"}}}`, []string{"defaultAuthType"}},
	{"default and additional swapped", `{"defaultAuthType":{"mode":"a"},"additionalAuthTypes":[{"mode":"b"}]}`, `{"defaultAuthType":{"mode":"b"},"additionalAuthTypes":[{"mode":"a"}]}`,
		[]string{"defaultAuthType", "additionalAuthTypes"}},

	{"empty list", `{"additionalAuthTypes":[]}`, `{}`, nil},
	{"list of nothing", `{"additionalAuthTypes":[{},{"settings":{}}]}`, `{"additionalAuthTypes":[]}`, nil},
	{"order of the list", `{"additionalAuthTypes":[{"mode":"a"},{"mode":"b"},{"mode":"c"}]}`, `{"additionalAuthTypes":[{"mode":"c"},{"mode":"a"},{"mode":"b"}]}`, nil},
	{"order of the list, with settings", `{"additionalAuthTypes":[{"mode":"a","settings":{"description":"x"}},{"mode":"b"}]}`, `{"additionalAuthTypes":[{"mode":"b"},{"mode":"a","settings":{"description":"x"}}]}`, nil},
	{"settings of another entry", `{"additionalAuthTypes":[{"mode":"a","settings":{"description":"x"}},{"mode":"b"}]}`, `{"additionalAuthTypes":[{"mode":"a"},{"mode":"b","settings":{"description":"x"}}]}`, []string{"additionalAuthTypes"}},
	{"one more", `{"additionalAuthTypes":[{"mode":"a"}]}`, `{"additionalAuthTypes":[{"mode":"a"},{"mode":"b"}]}`, []string{"additionalAuthTypes"}},
	{"one twice", `{"additionalAuthTypes":[{"mode":"a"}]}`, `{"additionalAuthTypes":[{"mode":"a"},{"mode":"a"}]}`, []string{"additionalAuthTypes"}},

	{"no strategy said", `{"conflictResolution":{}}`, `{}`, nil},
	{"an empty strategy", `{"conflictResolution":{"resolutionStrategy":""}}`, `{"conflictResolution":{}}`, nil},
	{"NONE and absent", `{"conflictResolution":{"resolutionStrategy":"NONE"}}`, `{}`, nil},
	{"NONE and none said", `{"conflictResolution":{"resolutionStrategy":"NONE"}}`, `{"conflictResolution":{}}`, nil},
	{"a strategy and NONE", `{"conflictResolution":{"resolutionStrategy":"AUTOMERGE"}}`, `{"conflictResolution":{"resolutionStrategy":"NONE"}}`, []string{"conflictResolution"}},
	{"a strategy and none", `{"conflictResolution":{"resolutionStrategy":"AUTOMERGE"}}`, `{}`, []string{"conflictResolution"}},
	{"two strategies", `{"conflictResolution":{"resolutionStrategy":"AUTOMERGE"}}`, `{"conflictResolution":{"resolutionStrategy":"LAMBDA"}}`, []string{"conflictResolution"}},

	{"unknown members", `{"x":1,"defaultAuthType":{"x":1,"settings":{"x":1}},"additionalAuthTypes":[{"x":1}],"conflictResolution":{"x":1}}`, `{"x":2}`, nil},
	{"everything", `{"apiName":"a","service":"a","transformSchema":"a","defaultAuthType":{"mode":"a"},"additionalAuthTypes":[{"mode":"a"}],"conflictResolution":{"resolutionStrategy":"a"}}`, `{}`,
		[]string{"apiName", "service", "transformSchema", "defaultAuthType", "additionalAuthTypes", "conflictResolution"}},
}

// days is a configuration whose API key lives that long.
func days(number string) string {
	return fmt.Sprintf(`{"defaultAuthType":{"settings":{"expirationTime":%s}}}`, number)
}

func TestMeaning(t *testing.T) {
	for _, pair := range pairs {
		t.Run(pair.name, func(t *testing.T) {
			a, b := decode(t, pair.a), decode(t, pair.b)
			checkMeaning(t, a, b, pair.differs)
			checkMeaning(t, b, a, pair.differs)
		})
	}
}

func checkMeaning(t *testing.T, a, b *wire.ResourceConfig, differs []string) {
	t.Helper()
	if got := wire.SameMeaning(a, b); got != (differs == nil) {
		t.Errorf("same meaning %v, want %v", got, differs == nil)
	}
	if diff := cmp.Diff(differs, wire.Differences(a, b)); diff != "" {
		t.Errorf("differences (-want +got):\n%s", diff)
	}
	if same := wire.MeaningHash(a) == wire.MeaningHash(b); same != (differs == nil) {
		t.Errorf("same hash %v, want %v", same, differs == nil)
	}
}

// Of each string member, "" means what its absence means, and a text does not.
func TestEmptyStringsMeanNothing(t *testing.T) {
	for member, format := range map[string]string{
		"apiName": `{"apiName":%q}`, "service": `{"service":%q}`, "transformSchema": `{"transformSchema":%q}`,
		"mode": `{"defaultAuthType":{"mode":%q}}`, "strategy": `{"conflictResolution":{"resolutionStrategy":%q}}`,
		"cognitoUserPoolId": "", "description": "", "openIDAuthTTL": "", "openIDClientId": "", "openIDIatTTL": "", "openIDIssueURL": "", "openIDProviderName": "",
	} {
		forms := []string{format}
		if format == "" {
			forms = []string{`{"defaultAuthType":{"mode":"m","settings":{"` + member + `":%q}}}`, `{"additionalAuthTypes":[{"mode":"m","settings":{"` + member + `":%q}}]}`}
		}
		for _, form := range forms {
			absent := decode(t, strings.NewReplacer(fmt.Sprintf(`"%s":%%q`, member), "", `%q`, "null").Replace(form))
			blank, filled := decode(t, fmt.Sprintf(form, "")), decode(t, fmt.Sprintf(form, "x"))
			if !wire.SameMeaning(absent, blank) || wire.SameMeaning(absent, filled) || wire.SameMeaning(blank, filled) {
				t.Errorf("%s: %s is like its absence: %v; a text is: %v", form, member, wire.SameMeaning(absent, blank), wire.SameMeaning(absent, filled))
			}
		}
	}
}

// Of nil nothing is known, so it is not like a configuration without members, and
// nothing can be named in which they differ.
func TestNilMeansTheSameAsNilAlone(t *testing.T) {
	blank := decode(t, `{}`)
	if !wire.SameMeaning(nil, nil) || wire.SameMeaning(nil, blank) || wire.SameMeaning(blank, nil) {
		t.Error("nil is taken for a configuration")
	}
	if wire.MeaningHash(nil) != "" || len(wire.MeaningHash(blank)) != 64 || wire.MeaningHash(blank) != strings.ToLower(wire.MeaningHash(blank)) {
		t.Errorf("hashes %q and %q", wire.MeaningHash(nil), wire.MeaningHash(blank))
	}
	for _, pair := range [][2]*wire.ResourceConfig{{nil, nil}, {nil, blank}, {blank, nil}} {
		if d, u := wire.Differences(pair[0], pair[1]), wire.UnknownDifferences(pair[0], pair[1]); d != nil || u != nil {
			t.Errorf("differences %q and %q", d, u)
		}
	}
}

// Hashes are kept in receipts: another version must find the same one.
func TestHashesStayWhatTheyWere(t *testing.T) {
	for text, want := range map[string]string{
		`{}`: "d09c8519eb941ba75babb979bff82b180ae459e1e09ef63401cd987eeb795e8e",
		`{"apiName":"a<","transformSchema":"type A\n","defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":30}},"additionalAuthTypes":[{"mode":"b"},{"mode":"a"}]}`: "39f4d5b6931a9d6d1d0d2a2e402c7485c5a2c5e95cdf98a4e3786e644467d6d5",
	} {
		if got := wire.MeaningHash(decode(t, text)); got != want {
			t.Errorf("%s has %s, want %s", text, got, want)
		}
	}
}

// everyPlace are the paths of a member x wherever there can be one, for a type a.
var everyPlace = []string{"additionalAuthTypes[a].settings.x", "additionalAuthTypes[a].x", "conflictResolution.x", "defaultAuthType.settings.x", "defaultAuthType.x", "x"}

func TestUnknownDifferences(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		want       []string
	}{
		{"none", `{"apiName":"a","x":1}`, `{"apiName":"b","x":1}`, nil},
		{"one added", `{}`, `{"x":1}`, []string{"x"}},
		{"one changed", `{"x":[1]}`, `{"x":[2]}`, []string{"x"}},
		{"null and absent", `{"x":null}`, `{}`, []string{"x"}},
		{"several, in order", `{"b":1,"c":1,"a":1}`, `{"c":1,"d":1}`, []string{"a", "b", "d"}},
		{"of the default", `{"defaultAuthType":{"x":1}}`, `{"defaultAuthType":{"x":2}}`, []string{"defaultAuthType.x"}},
		{"of the conflict resolution", `{"conflictResolution":{"x":1}}`, `{"conflictResolution":{}}`, []string{"conflictResolution.x"}},
		{"at every place", `{"x":1,"defaultAuthType":{"x":1,"settings":{"x":1}},"additionalAuthTypes":[{"mode":"a","x":1,"settings":{"x":1}}],"conflictResolution":{"x":1}}`,
			`{"defaultAuthType":{"settings":{}},"additionalAuthTypes":[{"mode":"a","settings":{}}],"conflictResolution":{}}`, everyPlace},
		{"at every place, with all on one side only", `{"x":1,"defaultAuthType":{"x":1,"settings":{"x":1}},"additionalAuthTypes":[{"mode":"a","x":1,"settings":{"x":1}}],"conflictResolution":{"x":1}}`,
			`{}`, everyPlace},
		{"of the settings", `{"defaultAuthType":{"settings":{"x":1}}}`, `{"defaultAuthType":{"settings":{"x":2}}}`, []string{"defaultAuthType.settings.x"}},
		{"of settings on one side only", `{"defaultAuthType":{"settings":{"x":1}}}`, `{"defaultAuthType":{}}`, []string{"defaultAuthType.settings.x"}},
		{"of a default on one side only", `{"defaultAuthType":{"x":1}}`, `{}`, []string{"defaultAuthType.x"}},
		{"of a conflict resolution on one side only", `{"conflictResolution":{"x":1}}`, `{"conflictResolution":null}`, []string{"conflictResolution.x"}},
		{"of an additional type", `{"additionalAuthTypes":[{"mode":"a","x":1},{"mode":"b","x":1}]}`, `{"additionalAuthTypes":[{"mode":"a","x":1},{"mode":"b","x":2}]}`,
			[]string{"additionalAuthTypes[b].x"}},
		{"of an additional type's settings", `{"additionalAuthTypes":[{"mode":"a","settings":{"x":1}}]}`, `{"additionalAuthTypes":[{"mode":"a","settings":{"x":2}}]}`,
			[]string{"additionalAuthTypes[a].settings.x"}},
		{"of an additional type on one side only", `{"additionalAuthTypes":[{"mode":"a"},{"mode":"b","x":1}]}`, `{"additionalAuthTypes":[{"mode":"a"}]}`, []string{"additionalAuthTypes[b].x"}},
		{"of an additional type without a mode", `{"additionalAuthTypes":[{"x":1}]}`, `{"additionalAuthTypes":[{"x":2}]}`, []string{"additionalAuthTypes[].x"}},
		{"of the default, which is an additional one elsewhere", `{"defaultAuthType":{"mode":"a","x":1}}`, `{"additionalAuthTypes":[{"mode":"a","x":1}]}`,
			[]string{"additionalAuthTypes[a].x", "defaultAuthType.x"}},
		{"objects without unknown members on one side only", `{"defaultAuthType":{"mode":"a","settings":{}},"additionalAuthTypes":[{"mode":"a"}],"conflictResolution":{}}`, `{}`, nil},
		{"white space", `{"x":{"a":[1,{"b":" "}]}}`, "{\"x\" : {\n  \"a\" : [ 1,\t{ \"b\": \" \" } ]\r\n} }", nil},
		{"white space in a text", `{"x":" "}`, `{"x":"  "}`, []string{"x"}},
		{"nested", `{"x":{"a":[1,{"b":null}]}}`, `{"x":{"a":[1,{"b":0}]}}`, []string{"x"}},
		{"types in another order, with members", `{"additionalAuthTypes":[{"mode":"a","x":1},{"mode":"b","x":2}]}`, `{"additionalAuthTypes":[{"mode":"b","x":2},{"mode":"a","x":1}]}`,
			[]string{"the order of additionalAuthTypes"}},
		{"the order comes last", `{"z":1,"additionalAuthTypes":[{"mode":"a","x":1},{"mode":"b"}]}`, `{"additionalAuthTypes":[{"mode":"b"},{"mode":"a"}]}`,
			[]string{"additionalAuthTypes[a].x", "z", "the order of additionalAuthTypes"}},
		{"the order of the types", `{"additionalAuthTypes":[{"mode":"a"},{"mode":"b"}]}`, `{"additionalAuthTypes":[{"mode":"b"},{"mode":"a"}]}`, []string{"the order of additionalAuthTypes"}},
		{"the same order", `{"additionalAuthTypes":[{"mode":"a"},{"mode":"b","settings":{}}]}`, `{"additionalAuthTypes":[{"mode":"a"},{"mode":"b"}]}`, nil},
		{"the order of types that are others", `{"additionalAuthTypes":[{"mode":"a"},{"mode":"b"}]}`, `{"additionalAuthTypes":[{"mode":"b"},{"mode":"c"}]}`, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, b := decode(t, test.a), decode(t, test.b)
			for _, got := range [][]string{wire.UnknownDifferences(a, b), wire.UnknownDifferences(b, a)} {
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
			if got := slices.Concat(wire.UnknownDifferences(a, a), wire.UnknownDifferences(b, b.Clone())); got != nil {
				t.Errorf("differs from itself in %q", got)
			}
		})
	}
}

// How the JSON was set out makes no difference, as in a receipt, which is indented.
func TestUnknownMembersOutlastIndentation(t *testing.T) {
	const nested = `{"a":[1,2.50,{"b":null,"c":{}}],"d":[],"e":"  two  spaces \\n","f":true}`
	c := decode(t, strings.ReplaceAll(`{"x":%,"defaultAuthType":{"x":%,"settings":{"x":%}},"additionalAuthTypes":[{"mode":"a","x":%,"settings":{"x":%}}],"conflictResolution":{"x":%}}`, "%", nested))
	for _, indent := range []string{"", "  ", "\t"} {
		data, err := json.MarshalIndent(map[string]any{"deeper": []any{c}}, indent, indent)
		if err != nil {
			t.Fatal(err)
		}
		var read struct{ Deeper []*wire.ResourceConfig }
		if err := json.Unmarshal(data, &read); err != nil {
			t.Fatal(err)
		}
		back := read.Deeper[0]
		if a, b := wire.UnknownDifferences(c, back), wire.UnknownDifferences(back, c); a != nil || b != nil {
			t.Errorf("indented by %q it differs in %q and %q", indent, a, b)
		}
		changed := decode(t, strings.ReplaceAll(string(data[strings.Index(string(data), "[")+1:strings.LastIndex(string(data), "]")]), "2.50", "2.51"))
		if diff := cmp.Diff(everyPlace, wire.UnknownDifferences(c, changed)); diff != "" {
			t.Errorf("indented by %q and changed (-want +got):\n%s", indent, diff)
		}
	}
}

// optional draws a value or its absence.
func optional[T any](values *rapid.Generator[T]) *rapid.Generator[*T] {
	return rapid.Ptr(values, true)
}

var texts = rapid.OneOf(rapid.SampledFrom([]string{"", "a", "b", "a\n", "\r\n", "\"", "a mode=\"b\""}), rapid.String())

var authTypes = rapid.Custom(func(t *rapid.T) wire.AuthType {
	a := wire.AuthType{Mode: optional(rapid.SampledFrom(append(wire.Modes(), "", "LATER"))).Draw(t, "mode"), Unknown: unknown.Draw(t, "unknown")}
	if rapid.Bool().Draw(t, "settings") {
		text := func(name string) *string { return optional(texts).Draw(t, name) }
		a.Settings = &wire.AuthSettings{
			CognitoUserPoolID: text("pool"), Description: text("description"), OpenIDAuthTTL: text("auth"), OpenIDClientID: text("client"),
			OpenIDIatTTL: text("iat"), OpenIDIssueURL: text("issuer"), OpenIDProviderName: text("name"), Unknown: unknown.Draw(t, "more"),
			ExpirationTime: optional(rapid.OneOf(rapid.SampledFrom([]float64{0, 30, 31}), rapid.Float64Range(-1e300, 1e300))).Draw(t, "days"),
		}
	}
	return a
})

var unknown = rapid.SampledFrom([]wire.Members{nil, {"x": []byte(`1`)}, {"x": []byte(`{"a":[null]}`), "y": []byte(`"z"`)}})

var configs = rapid.Custom(func(t *rapid.T) *wire.ResourceConfig {
	c := &wire.ResourceConfig{
		APIName: optional(texts).Draw(t, "name"), Service: optional(texts).Draw(t, "service"), TransformSchema: optional(texts).Draw(t, "schema"),
		DefaultAuthType:     optional(authTypes).Draw(t, "default"),
		AdditionalAuthTypes: rapid.SliceOfN(authTypes, 0, 4).Draw(t, "additional"),
		Unknown:             unknown.Draw(t, "unknown"),
	}
	if rapid.Bool().Draw(t, "resolution") {
		strategies := []wire.ResolutionStrategy{"", wire.StrategyNone, wire.StrategyAutomerge}
		c.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: optional(rapid.SampledFrom(strategies)).Draw(t, "strategy"), Unknown: unknown.Draw(t, "per")}
	}
	return c
})

// rewritten is a configuration in other words.
func rewritten(t *rapid.T, c *wire.ResourceConfig) *wire.ResourceConfig {
	c = c.Clone()
	c.AdditionalAuthTypes = append(rapid.Permutation(c.AdditionalAuthTypes).Draw(t, "order"), wire.AuthType{})
	if c.APIName == nil || *c.APIName == "" {
		c.APIName = rapid.SampledFrom([]*string{nil, new(string)}).Draw(t, "blank")
	}
	if c.DefaultAuthType == nil {
		c.DefaultAuthType = &wire.AuthType{Settings: &wire.AuthSettings{}}
	}
	if c.ConflictResolution == nil {
		none := wire.StrategyNone
		c.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: &none}
	}
	if c.TransformSchema != nil {
		schema := *c.TransformSchema + rapid.SampledFrom([]string{"", "\n", "\r\n", "\n\n"}).Draw(t, "end")
		c.TransformSchema = &schema
	}
	c.Unknown = unknown.Draw(t, "other")
	return c
}

func TestMeaningOfAnyConfiguration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := configs.Draw(t, "a")
		b := configs.Draw(t, "b")
		same := rewritten(t, a)
		if !wire.SameMeaning(a, same) {
			t.Errorf("in other words it differs in %q", wire.Differences(a, same))
		}
		if wire.SameMeaning(a, b) != wire.SameMeaning(same, b) {
			t.Error("what means the same as one does not mean the same as the other")
		}
		all := []*wire.ResourceConfig{a, b, same}
		for _, x := range all {
			if !wire.SameMeaning(x, x) {
				t.Error("it does not mean the same as itself")
			}
			data, err := json.MarshalIndent(x, "", "  ")
			if err != nil {
				t.Fatal(err)
			}
			back := new(wire.ResourceConfig)
			if err := json.Unmarshal(data, back); err != nil {
				t.Fatal(err)
			}
			if wire.MeaningHash(x) != wire.MeaningHash(back) {
				t.Errorf("written and read again it differs in %q: %s", wire.Differences(x, back), data)
			}
			if got := wire.UnknownDifferences(x, back); got != nil {
				t.Errorf("written and read again, what is unknown differs in %q: %s", got, data)
			}
			for _, y := range all {
				if wire.SameMeaning(x, y) != wire.SameMeaning(y, x) {
					t.Error("one means the same as the other, but not the other way round")
				}
				there, back := wire.Differences(x, y), wire.Differences(y, x)
				if (len(there) == 0) != wire.SameMeaning(x, y) || !slices.Equal(there, back) {
					t.Errorf("same meaning %v, differences %q and %q", wire.SameMeaning(x, y), there, back)
				}
			}
		}
	})
}
