package schema

import "github.com/vektah/gqlparser/v2/ast"

// checkOperations: no two operations have one name, whether the schema writes
// them or the transformer makes them.
func (c *checker) checkOperations() {
	written := c.writtenOperations()
	made := map[ast.Operation]map[string]string{ // the model that makes an operation
		ast.Query:        make(map[string]string, 4*len(c.models)),
		ast.Mutation:     make(map[string]string, 3*len(c.models)),
		ast.Subscription: make(map[string]string, 3*len(c.models)),
	}
	c.eachGeneratedOperation(func(o operation) {
		if o.name == "" {
			c.report("M006", o.at, "a subscription of %s has no name: expected text, or null instead of the list", o.model)
			return
		}
		if !isGraphQLName(o.name) {
			c.report("D008", o.at, "%q cannot name an operation: expected letters, digits and _", o.name)
		}
		if f := written[o.root][o.name]; f != nil {
			c.report("N002", f.Position, "the model %s makes an operation %s too: rename one of them", o.model, o.name)
			return
		}
		before, taken := made[o.root][o.name]
		switch {
		case !taken:
			made[o.root][o.name] = o.model
		case before == o.model:
			c.report("N001", o.at, "%s has two operations named %s: give one another name", o.model, o.name)
		default:
			c.report("N001", o.at, "%s and %s both make an operation %s: rename a model, or name the operation in @model", before, o.model, o.name)
		}
	})
}

// isGraphQLName reports whether the text can name a field.
func isGraphQLName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i]) {
			return false
		}
	}
	return s != "" && (s[0] < '0' || s[0] > '9')
}

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
		for _, part := range append([]*ast.Definition{t}, c.extensions[name]...) {
			for _, f := range part.Fields {
				out[root][f.Name] = f
			}
		}
	}
	return out
}

// eachGeneratedOperation visits those of all models in source order, then
// those of the join types.
func (c *checker) eachGeneratedOperation(visit func(operation)) {
	var list []operation
	for _, t := range c.models {
		list = appendOperations(list[:0], t, c.cfg.ConflictResolution)
		list = appendIndexOperations(list, t)
		if o, ok := searchOperation(t); ok {
			list = append(list, o)
		}
		for _, o := range list {
			visit(o)
		}
	}
	j := c.Schema.manyToMany()
	for _, name := range j.names {
		if uses := j.uses[name]; len(uses) == 2 && name != "" && c.types[name] == nil && uses[0].owner != uses[1].owner {
			for _, o := range joinOperations(name, uses, c.cfg.ConflictResolution) {
				visit(o)
			}
		}
	}
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
	for _, f := range t.Fields {
		switch f.Name {
		case "and", "or", "not":
			if c.scalarOrEnum(f.Type.Name()) && c.makes(t, "list", "sync", "create", "update", "delete") {
				c.report("N004", f.Position, "%s.%s clashes with the filter of the same name that every model gets: rename it", t.Name, f.Name)
			}
		case "id", "createdAt", "updatedAt":
			if isList(f.Type) && !isModel(c.types[f.Type.Name()]) && c.makes(t, "create", "update") {
				c.report("K016", f.Type.Position, "%s.%s cannot be a list, because Amplify fills it with a single value: rename it", t.Name, f.Name)
			}
		case "_version", "_deleted", "_lastChangedAt":
			if c.cfg.ConflictResolution {
				c.report("N003", f.Position, "%s.%s is a field that conflict resolution adds itself: remove it", t.Name, f.Name)
			}
		}
	}
	c.checkSubscriptionLists(t)
	if other := c.types["Model"+upperFirst(t.Name)+"Connection"]; other != nil && other.Kind != ast.Object && c.makes(t, "list", "sync") {
		c.report("N006", other.Position, "the model %s makes an object type %s, and this is %s: rename it", t.Name, other.Name, kindName(other.Kind))
	}
	if v := argument(t.Directives.ForName("model"), "queries"); c.cfg.ConflictResolution && isNull(v) {
		c.report("M005", v.Position, "without queries DataStore cannot sync %s: remove queries: null", t.Name)
	}
}

// checkSubscriptionLists: where a model has rules, the transformer walks over
// the names of its subscriptions, which must be a list for that.
func (c *checker) checkSubscriptionLists(t *ast.Definition) {
	subscriptions := argument(t.Directives.ForName("model"), "subscriptions")
	if subscriptions == nil || !has(t.Directives, "auth") && !hasFieldAuth(t) || subscriptionLevel(t) != "on" {
		return
	}
	for _, verb := range []string{"create", "update", "delete"} {
		v := member(subscriptions, "on"+upperFirst(verb))
		if v != nil && v.Kind != ast.ListValue && text(v) != "" && c.makes(t, verb) {
			c.report("M006", v.Position, "on%s is a list on a model with @auth: write [%s]", upperFirst(verb), v)
		}
	}
}

// usualRoots cannot be models even where a schema block names other roots.
var usualRoots = map[string]bool{"Query": true, "Mutation": true, "Subscription": true}

// makes reports whether a model generates an operation with one of the verbs.
func (c *checker) makes(t *ast.Definition, verbs ...string) bool {
	d := t.Directives.ForName("model")
	for _, verb := range verbs {
		names := argument(d, "mutations")
		if verb == "get" || verb == "list" || verb == "sync" {
			names = argument(d, "queries")
		}
		written := member(names, verb)
		switch {
		case isNull(names) || verb == "sync" && !c.cfg.ConflictResolution:
		case written == nil || text(written) != "":
			return true
		}
	}
	return false
}
