package forms

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"ampedit/client/sanitize"
	"ampedit/client/wire"
)

// Access is what other tools are told besides the request: how to reach the
// service. Empty members are left to the tool's own environment.
type Access struct {
	Profile, Region, EndpointURL string
}

// CLIInputJSON writes a request as the AWS CLI's --cli-input-json takes it:
// indented JSON with the service model's own names, such as AppId and
// OpenIDIssueURL. Members that the model does not know are left out; see
// Inexpressible.
func CLIInputJSON(in *wire.UpdateBackendAPIInput) ([]byte, error) {
	if err := exportable(in); err != nil {
		return nil, err
	}
	return append(inputDocument(in).json("", "  "), '\n'), nil
}

// Inexpressible returns the paths of the members of a request that neither the
// AWS CLI nor boto3 can send, since the service model does not know them.
func Inexpressible(in *wire.UpdateBackendAPIInput) []string {
	return unknownPaths(reflect.ValueOf(in.ResourceConfig), "")
}

// exportable refuses what could not be sent from here either, and what would carry a
// secret out of here.
func exportable(in *wire.UpdateBackendAPIInput) error {
	if _, err := wire.Body(in); err != nil {
		return fmt.Errorf("write the request for another tool: %w", err)
	}
	if paths := Secrets(in.ResourceConfig); len(paths) > 0 {
		return fmt.Errorf("write the request for another tool: a secret, or the gap that one has left, stands in %s; change that first", strings.Join(paths, ", "))
	}
	return nil
}

// document is a request under the names of the service model: members in their
// declared order, without those that are not sent. Values are strings, numbers
// as float64, documents, and slices of them.
type document []member

type member struct {
	name  string
	value any
}

func inputDocument(in *wire.UpdateBackendAPIInput) document {
	d := document{
		{"AppId", in.AppID},
		{"BackendEnvironmentName", in.BackendEnvironmentName},
		{"ResourceName", in.ResourceName},
	}
	if in.ResourceConfig != nil {
		d = append(d, member{"ResourceConfig", modelValue(reflect.ValueOf(in.ResourceConfig))})
	}
	return d
}

// modelValue turns a wire value into a document's. The model's names are those
// on the wire with a capital first letter.
func modelValue(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Pointer:
		return modelValue(v.Elem())
	case reflect.String:
		return v.String()
	case reflect.Float64:
		return v.Float()
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = modelValue(v.Index(i))
		}
		return list
	}
	d := document{}
	for i := range v.NumField() {
		name := wireName(v.Type().Field(i))
		if name != "" && !v.Field(i).IsZero() {
			d = append(d, member{strings.ToUpper(name[:1]) + name[1:], modelValue(v.Field(i))})
		}
	}
	return d
}

// wireName returns a field's name on the wire, "" for the unknown members.
func wireName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return strings.TrimPrefix(name, "-")
}

func unknownPaths(v reflect.Value, path string) []string {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return nil
		}
		return unknownPaths(v.Elem(), path)
	case reflect.Slice:
		var paths []string
		for i := range v.Len() {
			paths = append(paths, unknownPaths(v.Index(i), fmt.Sprintf("%s[%d]", path, i))...)
		}
		return paths
	case reflect.Struct:
	default:
		return nil
	}
	var paths []string
	for i := range v.NumField() {
		if unknown, ok := v.Field(i).Interface().(wire.Members); ok {
			for _, name := range slices.Sorted(maps.Keys(unknown)) {
				paths = append(paths, strings.TrimPrefix(path+"."+printable(name), "."))
			}
			continue
		}
		paths = append(paths, unknownPaths(v.Field(i), strings.TrimPrefix(path+"."+wireName(v.Type().Field(i)), "."))...)
	}
	return paths
}

func notWhole(tool string, paths []string) string {
	return fmt.Sprintf("Not the whole request: %s does not know %s", tool, strings.Join(paths, ", "))
}

// inexpressibleComment names in a comment what the tool cannot send.
func inexpressibleComment(in *wire.UpdateBackendAPIInput, tool string) string {
	paths := Inexpressible(in)
	if len(paths) == 0 {
		return ""
	}
	return fmt.Sprintf("# %s.\n", notWhole(tool, paths))
}

// json writes the document without white space if step is empty, else indented.
func (d document) json(indent, step string) []byte {
	lines := make([]string, len(d))
	for i, m := range d {
		space := " "
		if step == "" {
			space = ""
		}
		lines[i] = jsonText(m.name) + ":" + space + jsonValue(m.value, indent+step, step)
	}
	return []byte(jsonBlock('{', '}', lines, indent, step))
}

func jsonValue(value any, indent, step string) string {
	switch v := value.(type) {
	case string:
		return jsonText(v)
	case float64:
		return formatDays(&v)
	case document:
		return string(v.json(indent, step))
	}
	list := value.([]any)
	lines := make([]string, len(list))
	for i, element := range list {
		lines[i] = jsonValue(element, indent+step, step)
	}
	return jsonBlock('[', ']', lines, indent, step)
}

func jsonBlock(open, end byte, lines []string, indent, step string) string {
	if len(lines) == 0 || step == "" {
		return string(open) + strings.Join(lines, ",") + string(end)
	}
	separator := ",\n" + indent + step
	return string(open) + separator[1:] + strings.Join(lines, separator) + "\n" + indent + string(end)
}

func jsonText(text string) string {
	var out strings.Builder
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil {
		panic("forms: encode a string: " + err.Error())
	}
	return string(sanitize.Escape([]byte(strings.TrimSuffix(out.String(), "\n"))))
}
