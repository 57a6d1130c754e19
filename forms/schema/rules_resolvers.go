package schema

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// checkFunction: a function called without waiting answers in a fixed shape.
func (c *checker) checkFunction(t *ast.Definition, f *ast.FieldDefinition) {
	var last *ast.Directive
	event := false
	for _, d := range f.Directives {
		if d.Name != "function" {
			continue
		}
		last = d
		if text(argument(d, "invocationType")) != "Event" {
			continue
		}
		event = true
		if t.Name != "Query" && t.Name != "Mutation" {
			c.report("F001", at(d, "invocationType"), "invocationType: Event works on fields of Query and Mutation only: remove it")
			return
		}
	}
	if !event || text(argument(last, "invocationType")) != "Event" {
		return
	}
	const shape = "type EventInvocationResponse { success: Boolean! }"
	if f.Type.NonNull || f.Type.NamedType != "EventInvocationResponse" {
		c.report("F001", f.Type.Position, "with invocationType: Event %s.%s returns EventInvocationResponse, not %s", t.Name, f.Name, f.Type)
		return
	}
	r := c.types["EventInvocationResponse"]
	if r == nil || r.Kind != ast.Object && r.Kind != ast.Interface {
		c.report("F001", f.Type.Position, "EventInvocationResponse is not defined: add %s", shape)
	} else if len(r.Fields) != 1 || r.Fields[0].Name != "success" || r.Fields[0].Type.String() != "Boolean!" {
		c.report("F001", r.Position, "EventInvocationResponse has another shape: expected %s", shape)
	}
}

// checkHTTP: the rules of @http.
func (c *checker) checkHTTP(_ *ast.Definition, f *ast.FieldDefinition) {
	d := f.Directives.ForName("http")
	if d == nil {
		return
	}
	if v := argument(d, "url"); v != nil && !isNull(v) {
		if u := text(v); !strings.HasPrefix(u, "http://") && !strings.HasPrefix(u, "https://") {
			c.report("F002", v.Position, "the url of @http begins with http:// or https://, and not as %q", u)
		}
	}
	for _, h := range elements(argument(d, "headers")) {
		c.checkHeader(h)
	}
}

// checkHeader: text of a schema is stored and sent as it is, so it is no place
// for credentials.
func (c *checker) checkHeader(h *ast.Value) {
	key, value := strings.ToLower(text(member(h, "key"))), text(member(h, "value"))
	secret := strings.Contains(key, "auth") || strings.Contains(key, "key") || strings.Contains(key, "token") || strings.Contains(key, "secret") || key == "cookie"
	if v := member(h, "value"); secret && value != "" && !strings.Contains(value, "$") {
		c.report("F007", v.Position, "the value of the header %s is stored and sent in the open: take it from the request or a function instead", text(member(h, "key")))
	}
}

// nextPredictions says which action can follow which.
var nextPredictions = map[string]map[string]bool{
	"identifyText":   {"translateText": true, "convertTextToSpeech": true},
	"identifyLabels": {"translateText": true, "convertTextToSpeech": true},
	"translateText":  {"convertTextToSpeech": true},
}

// checkPredictions: the rules of @predictions.
func (c *checker) checkPredictions(t *ast.Definition, f *ast.FieldDefinition) {
	d := f.Directives.ForName("predictions")
	if d == nil {
		return
	}
	if t.Name != c.roots.query {
		c.report("F003", d.Position, "@predictions works on fields of %s only", c.roots.query)
	}
	v := argument(d, "actions")
	if v == nil || isNull(v) {
		return
	}
	actions := elements(v)
	if len(actions) == 0 {
		c.report("F003", v.Position, "the list of actions is empty: expected at least one, such as identifyText")
	}
	for i := 1; i < len(actions); i++ {
		if before, next := text(actions[i-1]), text(actions[i]); !nextPredictions[before][next] {
			c.report("F003", actions[i].Position, "%s cannot follow %s: the order is identify, translate, speak", next, before)
		}
	}
}

// checkSQL: backends that this program edits keep their data in DynamoDB.
func (c *checker) checkSQL(t *ast.Definition, f *ast.FieldDefinition) {
	if d := f.Directives.ForName("sql"); d != nil {
		c.report("F004", d.Position, "@sql needs a SQL data source, and this API stores its data in DynamoDB: use @function for %s.%s", t.Name, f.Name)
	}
}

// checkArtificial: the rules of @generation and @conversation.
func (c *checker) checkArtificial(t *ast.Definition, f *ast.FieldDefinition) {
	if d := f.Directives.ForName("generation"); d != nil {
		if t.Name != "Query" {
			c.report("F005", d.Position, "@generation works on fields of Query only")
		}
		c.checkInference(d, "F005")
		c.checkGenerated(f.Type, f.Type.Position, make(map[string]bool))
	}
	if d := f.Directives.ForName("conversation"); d != nil {
		if t.Name != "Mutation" {
			c.report("F006", d.Position, "@conversation works on fields of Mutation only")
		}
		if f.Type.NonNull || f.Type.NamedType != "AmplifyAIConversationMessage" {
			c.report("F006", f.Type.Position, "a field with @conversation returns AmplifyAIConversationMessage, not %s", f.Type)
		}
		c.checkInference(d, "F006")
	}
}

// checkInference: the settings of a language model lie in their ranges.
func (c *checker) checkInference(d *ast.Directive, code string) {
	settings := argument(d, "inferenceConfiguration")
	if v := member(settings, "maxTokens"); v != nil {
		if n, ok := number(v); ok && n < 1 {
			c.report(code, v.Position, "maxTokens is %s: expected at least 1", v.Raw)
		}
	}
	for _, name := range []string{"temperature", "topP"} {
		if v := member(settings, name); v != nil {
			if n, ok := number(v); ok && (n < 0 || n > 1) {
				c.report(code, v.Position, "%s is %s: expected 0 to 1", name, v.Raw)
			}
		}
	}
}

// generatable are the scalars that a language model can be made to return.
var generatable = map[string]bool{"Boolean": true, "Int": true, "Float": true, "String": true, "ID": true, "AWSJSON": true}

// checkGenerated: the result of @generation is described to the language model,
// which knows objects, enums and a few scalars, and no recursion. within says of
// each type that was met whether the walk is still inside it.
func (c *checker) checkGenerated(t *ast.Type, at *ast.Position, within map[string]bool) {
	name := t.Name()
	def := c.types[name]
	switch {
	case def == nil && c.vocab.storable(name):
		if requiredSomewhere(t) && !generatable[name] {
			c.report("F005", at, "@generation cannot be made to return a required %s: make it optional, or use String", name)
		}
	case def == nil || def.Kind == ast.Enum:
	case def.Kind != ast.Object:
		c.report("F005", at, "@generation cannot return %s, which is %s: expected object types, enums and scalars", name, kindName(def.Kind))
	case within[name]:
		c.report("F005", at, "@generation cannot return %s, because it contains itself", name)
	default:
		if _, done := within[name]; done {
			return
		}
		if isModel(def) && makesTimestamps(def) {
			c.report("F005", at, "@generation cannot return the model %s, because of its required timestamps: define a type without @model", name)
			return
		}
		within[name] = true
		for _, f := range def.Fields {
			c.checkGenerated(f.Type, at, within)
		}
		within[name] = false
	}
}

// requiredSomewhere reports whether the type, or what its lists hold, is
// required.
func requiredSomewhere(t *ast.Type) bool {
	return t.NonNull || t.Elem != nil && requiredSomewhere(t.Elem)
}

// makesTimestamps reports whether the model gets required fields for the times
// of its changes.
func makesTimestamps(t *ast.Definition) bool {
	v := argument(t.Directives.ForName("model"), "timestamps")
	return !isNull(v) && !(isNull(member(v, "createdAt")) && isNull(member(v, "updatedAt")))
}
