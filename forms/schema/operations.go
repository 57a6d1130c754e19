package schema

import (
	"crypto/md5"
	"encoding/hex"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// operation is a field of a root type that the transformer generates.
type operation struct {
	root  ast.Operation
	name  string
	at    *ast.Position
	model string
	verb  string // get, list, sync, create, update, delete, subscribe, search or index
}

// operationsOf lists what a model generates, after its @model arguments. With
// conflict resolution there is a sync query besides.
func operationsOf(t *ast.Definition, conflictResolution bool) []operation {
	return appendOperations(nil, t, conflictResolution)
}

// appendOperations is [operationsOf] for a slice that is used again.
func appendOperations(to []operation, t *ast.Definition, conflictResolution bool) []operation {
	d := t.Directives.ForName("model")
	plural := pluralize(t.Name)
	o := generated{model: t.Name, at: t.Position, list: to}
	queries, mutations := argument(d, "queries"), argument(d, "mutations")
	o.add(ast.Query, "get", queries, "get"+upperFirst(t.Name))
	o.add(ast.Query, "list", queries, "list"+upperFirst(plural))
	if conflictResolution && !isNull(queries) {
		o.add(ast.Query, "sync", nil, "sync"+upperFirst(plural))
	}
	for _, verb := range []string{"create", "update", "delete"} {
		made := o.add(ast.Mutation, verb, mutations, verb+upperFirst(t.Name))
		if made {
			o.subscribe(argument(d, "subscriptions"), "on"+upperFirst(verb), t.Name)
		}
	}
	return o.list
}

type generated struct {
	model string
	at    *ast.Position
	list  []operation
}

// add appends an operation under the name that the @model argument gives it,
// or the usual one. Null and empty text switch the operation off.
func (g *generated) add(root ast.Operation, verb string, names *ast.Value, usual string) bool {
	if isNull(names) {
		return false
	}
	at := g.at
	if v := member(names, verb); v != nil {
		if usual = text(v); usual == "" {
			return false
		}
		at = v.Position
	}
	g.list = append(g.list, operation{root, usual, at, g.model, verb})
	return true
}

// subscribe appends the subscriptions of one mutation.
func (g *generated) subscribe(v *ast.Value, verb, model string) {
	if isNull(v) || text(member(v, "level")) == "off" {
		return
	}
	named := member(v, verb)
	names := elements(named)
	if named != nil && named.Kind != ast.ListValue && text(named) == "" {
		return
	}
	if len(names) == 0 {
		g.subscription(subscriptionName(verb+upperFirst(model)), g.at)
		return
	}
	for _, n := range names {
		g.subscription(text(n), n.Position)
	}
}

func (g *generated) subscription(name string, at *ast.Position) {
	g.list = append(g.list, operation{ast.Subscription, name, at, g.model, "subscribe"})
}

// subscriptionName shortens long names as the transformer does, since AppSync
// allows 50 characters.
func subscriptionName(name string) string {
	if len(name) <= 50 {
		return name
	}
	sum := md5.Sum([]byte(name))
	return name[:45] + hex.EncodeToString(sum[:])[:5]
}

// searchOperation is the query that @searchable generates.
func searchOperation(t *ast.Definition) (operation, bool) {
	d := t.Directives.ForName("searchable")
	if d == nil {
		return operation{}, false
	}
	g := generated{model: t.Name, at: d.Position}
	queries := argument(d, "queries")
	usual := "search" + pluralize(upperFirst(t.Name))
	if queries != nil && !isNull(queries) && member(queries, "search") == nil {
		return operation{}, false
	}
	if isNull(queries) {
		queries = nil
	}
	if !g.add(ast.Query, "search", queries, usual) {
		return operation{}, false
	}
	return g.list[0], true
}

// appendIndexOperations appends the queries that the indexes of a model
// generate.
func appendIndexOperations(out []operation, t *ast.Definition) []operation {
	for _, f := range t.Fields {
		for _, d := range f.Directives {
			if d.Name != "index" {
				continue
			}
			v := argument(d, "queryField")
			switch {
			case isNull(v):
			case text(v) != "":
				out = append(out, operation{ast.Query, text(v), v.Position, t.Name, "index"})
			default:
				out = append(out, operation{ast.Query, indexQuery(t.Name, f.Name, texts(given(d, "sortKeyFields"))), d.Position, t.Name, "index"})
			}
		}
	}
	return out
}

// indexQuery is the generated name of an index and of its query.
func indexQuery(model, field string, sort []string) string {
	parts := []string{upperFirst(field)}
	for _, s := range sort {
		parts = append(parts, upperFirst(s))
	}
	return lowerFirst(pluralize(model)) + "By" + strings.Join(parts, "And")
}

// joinOperations are the operations of the model that a @manyToMany makes.
func joinOperations(name string, uses []manyToMany, conflictResolution bool) []operation {
	model := &ast.Definition{Kind: ast.Object, Name: name, Position: uses[0].name.Position, Directives: ast.DirectiveList{{Name: "model"}}}
	out := operationsOf(model, conflictResolution)
	for _, u := range uses {
		side := lowerFirst(u.owner.Name)
		parts := primaryKeyParts(u.owner)
		var sort []string
		for _, p := range parts[1:] {
			sort = append(sort, side+p.name)
		}
		out = append(out, operation{ast.Query, indexQuery(name, side+upperFirst(parts[0].name), sort), u.name.Position, name, "index"})
	}
	return out
}
