package schema

import (
	"regexp"

	"github.com/vektah/gqlparser/v2/ast"
)

// checkOperations: no two operations have one name, whether the schema writes
// them or the transformer makes them.
func (c *checker) checkOperations() {
	written := c.writtenOperations()
	made := make(map[ast.Operation]map[string]operation)
	for _, root := range []ast.Operation{ast.Query, ast.Mutation, ast.Subscription} {
		made[root] = make(map[string]operation)
	}
	for _, o := range c.generatedOperations() {
		if o.name == "" {
			c.report("M006", o.at, "a subscription of %s has no name: expected text, or null instead of the list", o.model)
			continue
		}
		if !graphQLName.MatchString(o.name) {
			c.report("D008", o.at, "%q cannot name an operation: expected letters, digits and _", o.name)
		}
		if f := written[o.root][o.name]; f != nil {
			c.report("N002", f.Position, "the model %s makes an operation %s too: rename one of them", o.model, o.name)
			continue
		}
		before, taken := made[o.root][o.name]
		switch {
		case !taken:
			made[o.root][o.name] = o
		case before.model == o.model:
			c.report("N001", o.at, "%s has two operations named %s: give one another name", o.model, o.name)
		default:
			c.report("N001", o.at, "%s and %s both make an operation %s: rename a model, or name the operation in @model", before.model, o.model, o.name)
		}
	}
}

var graphQLName = regexp.MustCompile(`^[_A-Za-z][_0-9A-Za-z]*$`)

// writtenOperations are the fields of the root types in the schema.
func (c *checker) writtenOperations() map[ast.Operation]map[string]*ast.FieldDefinition {
	out := make(map[ast.Operation]map[string]*ast.FieldDefinition)
	for root, name := range map[ast.Operation]string{
		ast.Query: c.roots.query, ast.Mutation: c.roots.mutation, ast.Subscription: c.roots.subscription,
	} {
		out[root] = make(map[string]*ast.FieldDefinition)
		t := c.types[name]
		if t == nil {
			continue
		}
		for _, part := range append([]*ast.Definition{t}, c.extended[name]...) {
			for _, f := range part.Fields {
				out[root][f.Name] = f
			}
		}
	}
	return out
}

// generatedOperations are those of all models in source order, then those of
// the join types.
func (c *checker) generatedOperations() []operation {
	var out []operation
	for _, t := range c.models {
		out = append(out, operationsOf(t, c.cfg.ConflictResolution)...)
		out = append(out, indexOperations(t)...)
		if o, ok := searchOperation(t); ok {
			out = append(out, o)
		}
	}
	j := c.Schema.manyToMany()
	for _, name := range j.names {
		if uses := j.uses[name]; len(uses) == 2 && name != "" && c.types[name] == nil && uses[0].owner != uses[1].owner {
			out = append(out, joinOperations(name, uses, c.cfg.ConflictResolution)...)
		}
	}
	return out
}

// checkRoots: the types that hold the operations are object types.
func (c *checker) checkRoots() {
	for _, name := range []string{c.roots.query, c.roots.mutation, c.roots.subscription} {
		if t := c.types[name]; t != nil && t.Kind != ast.Object && len(c.models) > 0 {
			c.report("N005", t.Position, "%s holds operations, so it must be an object type and not %s", name, kindName(t.Kind))
		}
	}
}

// checkModel: the rules of @model itself.
func (c *checker) checkModel(t *ast.Definition) {
	if !isModel(t) {
		return
	}
	if c.isRoot(t.Name) || usualRoots[t.Name] {
		c.report("M001", t.Directives.ForName("model").Position, "%s holds the operations of the API, so it cannot be a model", t.Name)
		return
	}
	ops := operationsOf(t, c.cfg.ConflictResolution)
	filters := makes(ops, "list", "sync", "create", "update", "delete")
	inputs := makes(ops, "create", "update")
	for _, f := range t.Fields {
		switch f.Name {
		case "and", "or", "not":
			if filters && c.scalarOrEnum(f.Type.Name()) {
				c.report("N004", f.Position, "%s.%s clashes with the filter of the same name that every model gets: rename it", t.Name, f.Name)
			}
		case "id", "createdAt", "updatedAt":
			if inputs && isList(f.Type) && !isModel(c.types[f.Type.Name()]) {
				c.report("K016", f.Type.Position, "%s.%s cannot be a list, because Amplify fills it with a single value: rename it", t.Name, f.Name)
			}
		case "_version", "_deleted", "_lastChangedAt":
			if c.cfg.ConflictResolution {
				c.report("N003", f.Position, "%s.%s is a field that conflict resolution adds itself: remove it", t.Name, f.Name)
			}
		}
	}
	c.checkSubscriptionLists(t, ops)
	if other := c.types["Model"+upperFirst(t.Name)+"Connection"]; other != nil && other.Kind != ast.Object && makes(ops, "list", "sync") {
		c.report("N006", other.Position, "the model %s makes an object type %s, and this is %s: rename it", t.Name, other.Name, kindName(other.Kind))
	}
	if v := argument(t.Directives.ForName("model"), "queries"); c.cfg.ConflictResolution && isNull(v) {
		c.report("M005", v.Position, "without queries DataStore cannot sync %s: remove queries: null", t.Name)
	}
}

// checkSubscriptionLists: where a model has rules, the transformer walks over
// the names of its subscriptions, which must be a list for that.
func (c *checker) checkSubscriptionLists(t *ast.Definition, ops []operation) {
	subscriptions := argument(t.Directives.ForName("model"), "subscriptions")
	if !has(t.Directives, "auth") && !hasFieldAuth(t) || subscriptionLevel(t) != "on" {
		return
	}
	for _, verb := range []string{"create", "update", "delete"} {
		v := member(subscriptions, "on"+upperFirst(verb))
		if v != nil && v.Kind != ast.ListValue && text(v) != "" && makes(ops, verb) {
			c.report("M006", v.Position, "on%s is a list on a model with @auth: write [%s]", upperFirst(verb), v)
		}
	}
}

// usualRoots cannot be models even where a schema block names other roots.
var usualRoots = map[string]bool{"Query": true, "Mutation": true, "Subscription": true}

// makes reports whether one of the operations has one of the verbs.
func makes(ops []operation, verbs ...string) bool {
	for _, o := range ops {
		for _, v := range verbs {
			if o.verb == v {
				return true
			}
		}
	}
	return false
}
