package document

import (
	"fmt"
	"reflect"
	"strings"

	"ampedit/client/suggest"
	"ampedit/client/wire"
)

// envelope is a whole request as a file states it.
type envelope struct {
	AppID        string               `json:"appId"`
	Environment  string               `json:"backendEnvironmentName"`
	ResourceName string               `json:"resourceName"`
	Config       *wire.ResourceConfig `json:"resourceConfig"`
}

// spelling reports whether the file has a member of the shape, and whether the
// first of them has the model's name.
func (d *Document) spelling(shape Shape) (model, ok bool) {
	t := reflect.TypeFor[envelope]()
	if shape == Config {
		t = reflect.TypeFor[wire.ResourceConfig]()
	}
	for _, it := range d.root.items {
		if field, found := fieldFor(t, it.key.text); found {
			return it.key.text != wireName(field), true
		}
	}
	return false, false
}

// readRequest reads a Request or a Config.
func (d *Document) readRequest() error {
	config := d.root
	if d.Format.Shape == Request {
		config = d.root.member("resourceConfig")
	}
	d.config = config
	d.markTarget()
	if d.Format.Model {
		d.markLeftovers(config)
	}
	var e envelope
	into := reflect.ValueOf(&e).Elem()
	if d.Format.Shape == Config {
		e.Config = new(wire.ResourceConfig)
		into = reflect.ValueOf(e.Config).Elem()
	}
	if err := d.object(d.root, into, ""); err != nil {
		return err
	}
	d.Target = Target{e.AppID, e.Environment, e.ResourceName}
	d.Config = e.Config
	return nil
}

// object reads the members of an object into a struct of the wire and names
// those that it knows.
func (d *Document) object(n *node, into reflect.Value, path string) error {
	if n.kind != object {
		return d.fail(n, "an object is expected here, not "+n.kind.String())
	}
	for i := range n.items {
		it := &n.items[i]
		at := join(path, it.key.text)
		field, ok := fieldFor(into.Type(), it.key.text)
		if !ok {
			d.unknown(it, into, at)
			continue
		}
		if it.name = wireName(field); n.find(it.name) != it {
			return d.fail(it.key, fmt.Sprintf("the member %s stands twice, in two spellings; remove one", it.name))
		}
		if it.value.unset() {
			continue
		}
		if err := d.value(it.value, into.FieldByIndex(field.Index), at); err != nil {
			return err
		}
	}
	return nil
}

// value reads one value into a field of the wire.
func (d *Document) value(n *node, into reflect.Value, path string) error {
	switch into.Kind() {
	case reflect.Pointer:
		if n.kind == text && n.text == "" && into.Type().Elem().Kind() == reflect.Float64 { // says empty, as null does
			return nil
		}
		into.Set(reflect.New(into.Type().Elem()))
		return d.value(n, into.Elem(), path)
	case reflect.Struct:
		return d.object(n, into, path)
	case reflect.Slice:
		return d.list(n, into, path)
	case reflect.Float64:
		f, ok := n.float()
		if !ok {
			return d.fail(n, path+": a number is expected here, not "+n.kind.String())
		}
		into.SetFloat(f)
		return nil
	}
	if !n.scalar() {
		return d.fail(n, path+": text is expected here, not "+n.kind.String())
	}
	into.SetString(n.text)
	return nil
}

func (d *Document) list(n *node, into reflect.Value, path string) error {
	if n.kind != list {
		return d.fail(n, path+": a list is expected here, not "+n.kind.String())
	}
	elements := reflect.MakeSlice(into.Type(), 0, len(n.items))
	for i := range n.items {
		if n.items[i].value.leftover {
			continue
		}
		element := reflect.New(into.Type().Elem()).Elem()
		if err := d.object(n.items[i].value, element, fmt.Sprintf("%s[%d]", path, i)); err != nil {
			return err
		}
		elements = reflect.Append(elements, element)
	}
	into.Set(elements)
	return nil
}

// unknown tells of a member that the service model does not have. Under the names
// of the wire it may come from the service itself, and goes back to it.
func (d *Document) unknown(it *item, into reflect.Value, path string) {
	members := into.FieldByName("Unknown")
	if d.Format.Model || !members.IsValid() {
		d.noMember(it.key, path, "The service model has no such member; it is not sent", wireNames(into.Type()))
		return
	}
	d.noMember(it.key, path, "The service model has no such member; it is sent as it stands", wireNames(into.Type()))
	if members.IsNil() {
		members.Set(reflect.ValueOf(wire.Members{}))
	}
	members.Interface().(wire.Members)[it.key.text] = []byte(compactJSON(it.value))
}

// fieldFor finds the field of a member by either of its names.
func fieldFor(t reflect.Type, name string) (reflect.StructField, bool) {
	return findField(t, func(wire string) bool { return name == wire || name == modelName(wire) })
}

// wireNames returns the names on the wire of all members of a type.
func wireNames(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		if name := wireName(t.Field(i)); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// noMember tells of a name that is none of the known ones, and which of them it is
// spelled most like, in the file's own spelling.
func (d *Document) noMember(key *node, path, sentence string, known []string) {
	near := suggest.Nearest(key.text, known)
	end := "."
	if near != "" {
		if d.Format.Model {
			near = modelName(near)
		}
		end = "; did you mean " + near + "?"
	}
	d.note(key, path, "%s%s", sentence, end)
	d.Notes[len(d.Notes)-1].Misspelt = near != ""
}

func findField(t reflect.Type, match func(string) bool) (reflect.StructField, bool) {
	for i := range t.NumField() {
		if field := t.Field(i); wireName(field) != "" && match(wireName(field)) {
			return field, true
		}
	}
	return reflect.StructField{}, false
}

// wireName returns a field's name on the wire, "" for the unknown members.
func wireName(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
	return strings.TrimPrefix(name, "-")
}

func join(path, name string) string { return strings.TrimPrefix(path+"."+name, ".") }
