package document_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// judge compares what is sent with what is stated and what is deployed. Members of
// the objects are as they are written.
type judge struct {
	t     *rapid.T
	about string
}

func (j judge) failf(format string, args ...any) {
	j.t.Helper()
	j.t.Fatalf(format+"\n%s", append(args, j.about)...)
}

func (j judge) config(stated, deployed, sent object) {
	for _, name := range keysOf(stated, deployed, sent) {
		value, given := stated[name]
		switch {
		case !given:
			j.same(name, deployed[name], sent[name])
		case name == "defaultAuthType":
			j.auth(name, value.(object), member(deployed, name), member(sent, name))
		case name == "additionalAuthTypes":
			list, _ := value.([]object)
			before, _ := deployed[name].([]object)
			after, _ := sent[name].([]object)
			j.list(list, before, after)
		case name == "conflictResolution":
			j.conflicts(value, member(deployed, name), member(sent, name))
		default:
			j.member(name, value, deployed[name], sent[name])
		}
	}
}

func (j judge) same(name string, deployed, sent any) {
	if a, b := body(j.t, deployed), body(j.t, sent); !bytes.Equal(a, b) {
		j.failf("%s is not stated and was %s, but is sent as %s", name, a, b)
	}
}

// member judges a text, a number or a member that nobody knows.
func (j judge) member(name string, stated, deployed, sent any) {
	if raw, unknown := stated.(json.RawMessage); unknown {
		var compact bytes.Buffer
		if err := json.Compact(&compact, raw); err != nil {
			j.t.Fatal(err)
		}
		if sent != compact.String() {
			j.failf("%s is stated as %s, but sent as %v", name, raw, sent)
		}
		return
	}
	if stated == nil || stated == "" {
		isEmpty := func(v any) bool { return v == nil || v == `""` || v == deployed && notUnderstood(v) }
		if !isEmpty(sent) || isEmpty(deployed) && sent != deployed {
			j.failf("%s is stated as empty and was %v, but is sent as %v", name, deployed, sent)
		}
		return
	}
	if text, _ := deployed.(string); sent == deployed && strings.Trim(text, `"`) == fmt.Sprint(stated) {
		return // of another type, but it says the same
	}
	want := new(bytes.Buffer)
	enc := json.NewEncoder(want)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(stated); err != nil {
		j.t.Fatal(err)
	}
	var a, b any
	if got, _ := sent.(string); json.Unmarshal(want.Bytes(), &a) != nil || json.Unmarshal([]byte(got), &b) != nil || a != b {
		j.failf("%s is stated as %v, but sent as %v", name, stated, sent)
	}
}

// notUnderstood reports whether a member that was read is of a type that says nothing.
func notUnderstood(v any) bool {
	text, _ := v.(string)
	return strings.HasPrefix(text, "{") || strings.HasPrefix(text, "[") || text == `"x"` || text == "1e400"
}

func unquoted(v any) string {
	text, _ := v.(string)
	var out string
	_ = json.Unmarshal([]byte(text), &out)
	return out
}

func (j judge) auth(path string, stated, deployed, sent object) {
	mode, given := stated["mode"].(string)
	if given && mode != unquoted(deployed["mode"]) {
		deployed = object{} // settings of another mode do not follow
	}
	if given && unquoted(sent["mode"]) != mode {
		j.failf("%s has the mode %v", path, sent["mode"])
	}
	for _, name := range keysOf(stated, deployed, sent) {
		value, given := stated[name]
		switch {
		case name == "mode":
		case name == "settings":
			settings, before, after := member(stated, name), member(deployed, name), member(sent, name)
			if !given {
				j.same(path+".settings", deployed[name], sent[name])
			}
			for _, setting := range keysOf(settings, before, after) {
				value, stated := settings[setting]
				switch known := slices.Contains(settingNames, setting) || setting == "expirationTime"; {
				case stated:
					j.member(path+"."+setting, value, before[setting], after[setting])
				case given && settings == nil && known: // null
					if text := after[setting]; setting != "expirationTime" && text != nil && text != `""` && !notUnderstood(text) {
						j.failf("%s.%s is sent as %v, though the settings are null", path, setting, text)
					}
				default:
					j.same(path+"."+setting, before[setting], after[setting])
				}
			}
		case given:
			j.member(path+"."+name, value, deployed[name], sent[name])
		default:
			j.same(path+"."+name, deployed[name], sent[name])
		}
	}
}

// list matches what is stated with what is deployed: by mode and identity, then by the
// mode where no identity is stated.
func (j judge) list(stated, deployed, sent []object) {
	if len(sent) != len(stated) {
		j.failf("%d additional types are stated, %d sent", len(stated), len(sent))
	}
	identity := map[string]string{"AMAZON_COGNITO_USER_POOLS": "cognitoUserPoolId", "OPENID_CONNECT": "openIDIssueURL"}
	id := func(a object, text func(any) string) [2]string {
		mode := text(a["mode"])
		return [2]string{mode, text(member(a, "settings")[identity[mode]])}
	}
	plain := func(v any) string { text, _ := v.(string); return text }
	from, taken := make([]object, len(stated)), map[int]bool{}
	for pass := range 2 {
		for i, s := range stated {
			for k, d := range deployed {
				have, want := id(d, unquoted), id(s, plain)
				if from[i] == nil && !taken[k] && (have == want || pass == 1 && want[1] == "" && have[0] == want[0]) {
					from[i], taken[k] = d, true
				}
			}
		}
	}
	for i := range stated {
		j.auth("additionalAuthTypes", stated[i], from[i], sent[i])
	}
}

func (j judge) conflicts(stated any, deployed, sent object) {
	if stated == nil {
		switch was := unquoted(deployed["resolutionStrategy"]); {
		case was == "":
			j.same("conflictResolution", deployed, sent)
		case unquoted(sent["resolutionStrategy"]) != "NONE":
			j.failf("the strategy %s is emptied, but sent as %v", was, sent["resolutionStrategy"])
		}
		return
	}
	for _, name := range keysOf(stated.(object), deployed, sent) {
		if value, given := stated.(object)[name]; given {
			j.member("conflictResolution."+name, value, deployed[name], sent[name])
		} else {
			j.same("conflictResolution."+name, deployed[name], sent[name])
		}
	}
}

func keysOf(objects ...object) []string {
	all := map[string]bool{}
	for _, o := range objects {
		for name := range o {
			all[name] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// generic turns what Go encodes into objects, lists and numbers as they are written.
func generic(t *rapid.T, v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return decodeGeneric(t, data)
}

func decodeGeneric(t *rapid.T, data []byte) any {
	if trimmed := bytes.TrimSpace(data); len(trimmed) > 0 && trimmed[0] == '{' {
		var members map[string]json.RawMessage
		if err := json.Unmarshal(data, &members); err != nil {
			t.Fatal(err)
		}
		o := object{}
		for name, raw := range members {
			if name == "additionalAuthTypes" {
				var list []json.RawMessage
				if err := json.Unmarshal(raw, &list); err != nil {
					t.Fatal(err)
				}
				auths := []object{}
				for _, auth := range list {
					auths = append(auths, decodeGeneric(t, auth).(object))
				}
				o[name] = auths
			} else if slices.Contains([]string{"defaultAuthType", "settings", "conflictResolution"}, name) {
				o[name] = decodeGeneric(t, raw)
			} else {
				o[name] = string(raw)
			}
		}
		return o
	}
	return string(data)
}
