package schema

import "github.com/vektah/gqlparser/v2/ast"

// primaryKey is the field of the primary key and its directive. Both are nil
// when the key is the usual id, whether the model declares that field or not.
func primaryKey(t *ast.Definition) (*ast.FieldDefinition, *ast.Directive) {
	for _, f := range t.Fields {
		if d := f.Directives.ForName("primaryKey"); d != nil {
			return f, d
		}
	}
	return nil, nil
}

// keyPart is one field of a key, with the type that relations compare.
type keyPart struct{ name, typ string }

// primaryKeyParts lists the fields of the primary key, the partition key
// first. A field that does not exist has the type "".
func primaryKeyParts(t *ast.Definition) []keyPart {
	f, d := primaryKey(t)
	if f == nil {
		return []keyPart{{"id", "ID"}}
	}
	return keyParts(t, f, d)
}

// keyParts lists the fields of a key that the directive on the field makes.
func keyParts(t *ast.Definition, f *ast.FieldDefinition, d *ast.Directive) []keyPart {
	parts := []keyPart{{f.Name, f.Type.Name()}}
	for _, name := range texts(given(d, "sortKeyFields")) {
		part := keyPart{name: name}
		if sort := findField(t, name); sort != nil {
			part.typ = sort.Type.Name()
		}
		parts = append(parts, part)
	}
	return parts
}

// namedIndex finds an index of a model by the name it is given in the schema.
// Indexes with a generated name cannot be referred to.
func namedIndex(t *ast.Definition, name string) (*ast.FieldDefinition, *ast.Directive) {
	for _, f := range t.Fields {
		for _, d := range f.Directives {
			if d.Name == "index" && text(argument(d, "name")) == name {
				return f, d
			}
		}
	}
	return nil, nil
}

// indexNames are the names that [namedIndex] finds.
func indexNames(t *ast.Definition) []string {
	var names []string
	for _, f := range t.Fields {
		for _, d := range f.Directives {
			if name := text(argument(d, "name")); d.Name == "index" && name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}
