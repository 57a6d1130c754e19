package schema_test

import (
	"strings"
	"testing"

	"ampedit/forms/schema"
)

func parse(t testing.TB, name, text string) *schema.Schema {
	t.Helper()
	source, err := schema.NewSource(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return schema.Parse(source)
}

// compared is what Compare says, one difference a line.
func compared(t testing.TB, before, after string) string {
	t.Helper()
	var out []string
	for _, d := range schema.Compare(parse(t, "old", before), parse(t, "new", after)) {
		out = append(out, d.String())
	}
	return strings.Join(out, "\n")
}

const note = "type Note @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n  title: String\n  rank: Int @index(name: \"byRank\", queryField: \"notesByRank\")\n}\n"

// edited is note with a part replaced. A part that note does not have gives text
// that no test expects.
func edited(old, new string) string {
	if !strings.Contains(note, old) {
		return "note has no " + old
	}
	return strings.Replace(note, old, new, 1)
}

var comparisons = []struct{ name, before, after, want string }{
	{"layout", note, "# comment\n" + strings.ReplaceAll(note, "\n  ", "\n\n\t"), ""},
	{"model removed", note + "type A @model { id: ID! }", note, "- model A: is gone: its table and all its data go with it [destructive]"},
	{"model added", note, note + "type A @model { id: ID! }", "+ model A: is new, with a table of its own [safe]"},
	{"model no more", "type A @model { id: ID! }", "type A { id: ID! }", "~ type A: is no model any more: its table and all its data go [destructive]"},
	{"becomes a model", "type A { id: ID! }", "type A @model { id: ID! }", "~ model A: becomes a model, with a table of its own [safe]"},
	{"type removed", note + "type A { x: Int }", note, "- type A: is gone: clients that use it fail [breaking]"},
	{"model renamed", "type A @model { id: ID! x: Int y: Int }", "type B @model { id: ID! x: Int y: Int }",
		"+ model B: is new, and looks like A renamed: if it is, add @mapsTo(name: \"A\") to keep its table [safe]\n- model A: is gone: its table and all its data go with it [destructive]"},
	{"model renamed with its table", "type A @model { id: ID! x: Int }", "type B @model @mapsTo(name: \"A\") { id: ID! x: Int }",
		"~ model B: was A: the table stays, the operations get new names [breaking]"},
	{"another table", "type A @model @mapsTo(name: \"B\") { id: ID! }", "type A @model { id: ID! }",
		"~ model A: moves from the table B to the table A: the data stays behind [destructive]"},
	{"kind", "type A { x: Int }", "input A { x: Int }", "~ input A: was an object type and becomes an input type [breaking]"},
	{"field removed", note, edited("  title: String\n", ""), "- model Note.title: is gone: clients that use it fail, its values stay in the table unread [breaking]"},
	{"field added", note, edited("title: String", "title: String\n  text: Int"), "+ model Note.text: is new [safe]"},
	{"required field added", note, edited("title: String", "title: String\n  text: Int!"),
		"+ model Note.text: is new and required: rows without it cannot be read, clients that do not send it fail [breaking]"},
	{"field renamed", note, edited("title: String", "titel: String"),
		"- model Note.title: is gone: clients that use it fail, its values stay in the table unread [breaking]\n+ model Note.titel: is new, and looks like title renamed: values are not carried over [safe]"},
	{"type changed", note, edited("title: String", "title: Int"), "~ model Note.title: changes from String to Int: clients that rely on the type fail [breaking]"},
	{"becomes required", note, edited("title: String", "title: String!"), "~ model Note.title: becomes required: rows and requests without it fail [breaking]"},
	{"becomes optional", "type A @model { x: Int! }", "type A @model { x: Int }", "~ model A.x: changes from Int! to Int: clients that rely on the type may fail [breaking]"},
	{"always there in a type", "type A { x: Int }", "type A { x: Int! }", "~ type A.x: is always there now: Int! [safe]"},
	{"optional in an input", "input A { x: Int! }", "input A { x: Int }", "~ input A.x: becomes optional [safe]"},
	{"required in an input", "input A { x: Int }", "input A { x: Int y: Int! }", "+ input A.y: is new and required: clients that do not send it fail [breaking]"},
	{"default", "input A { x: Int = 1 }", "input A { x: Int = 2 }", "~ input A.x: the default changes from 1 to 2 [caution]"},
	{"argument added", "type Query { a: Int }", "type Query { a(x: Int): Int }", "+ type Query.a(x:): is a new argument [safe]"},
	{"argument required", "type Query { a: Int }", "type Query { a(x: Int!): Int }", "+ type Query.a(x:): is new and required: clients that do not send it fail [breaking]"},
	{"argument removed", "type Query { a(x: Int): Int }", "type Query { a: Int }", "- type Query.a(x:): is no argument any more: clients that send it fail [breaking]"},
	{"argument type", "type Query { a(x: Int): Int }", "type Query { a(x: ID): Int }", "~ type Query.a(x:): changes from Int to ID: clients that send it may fail [breaking]"},
	{"enum value removed", "enum E { A B }", "enum E { A }", "- enum E.B: is no value any more: rows that hold it cannot be read, clients that send it fail [breaking]"},
	{"enum value added", "enum E { A }", "enum E { A B }", "+ enum E.B: is a new value [safe]"},
	{"union member", "type A { x: Int } type B { x: Int } union U = A | B", "type A { x: Int } type B { x: Int } union U = A", "- union U: no longer holds B [breaking]"},
	{"primary key", "type A @model { id: ID! x: ID! }", "type A @model { id: ID! x: ID! @primaryKey }",
		"~ model A: the primary key changes from id S to x S: the table has to be made anew, without its data [destructive]"},
	{"sort key", "type A @model { id: ID! @primaryKey x: Int! }", "type A @model { id: ID! @primaryKey(sortKeyFields: [\"x\"]) x: Int! }",
		"~ model A: the primary key changes from id S to id S, x N: the table has to be made anew, without its data [destructive]"},
	{"primary key spelled out", "type A @model { id: ID! x: Int }", "type A @model { id: ID! @primaryKey x: Int }", ""},
	{"index added", note, edited("title: String", "title: String @index(name: \"byTitle\", queryField: null)"), "+ model Note: the index byTitle on title S is new [safe]"},
	{"index removed", note, edited(" @index(name: \"byRank\", queryField: \"notesByRank\")", ""),
		"- model Note: the index byRank on rank N is gone [caution]\n- model Note: the query notesByRank is gone: clients that call it fail [breaking]"},
	{"index key", note, edited("\"byRank\",", "\"byRank\", sortKeyFields: [\"title\"],"), "~ model Note: the index byRank changes its key from rank N to rank N, title S [caution]"},
	{"local index", "type A @model { id: ID! @primaryKey(sortKeyFields: [\"x\"]) x: Int! y: Int }", "type A @model { id: ID! @primaryKey(sortKeyFields: [\"x\"]) @index(name: \"byY\", sortKeyFields: [\"y\"], queryField: null) x: Int! y: Int }",
		"+ model A: the index byY on id S, y N is new: a local index can only be made together with its table, so the deployment is refused where the project keeps such indexes local [destructive]"},
	{"operations", note, edited("@model", "@model(mutations: { delete: null }, subscriptions: { onDelete: null })"),
		"- model Note: the mutation deleteNote is gone: clients that call it fail [breaking]\n- model Note: the subscription onDeleteNote is gone: clients that call it fail [breaking]"},
	{"rule widened", note, edited("{ allow: owner }", "{ allow: owner }, { allow: public, operations: [read] }"), "+ model Note: everyone may now read [caution]"},
	{"rule narrowed", note, edited("{ allow: owner }", "{ allow: owner, operations: [create, read, update] }"), "~ model Note: the owner in owner may no longer delete [caution]"},
	{"rule spelled out", note, edited("{ allow: owner }", "{ operations: [delete, update, read, create], provider: userPools, allow: owner, ownerField: \"owner\" }"), ""},
	{"rules removed", note, edited(" @auth(rules: [{ allow: owner }])", ""), "- model Note: loses its authorization rules: nobody but IAM roles with full access can use it [caution]"},
	{"field rule", note, edited("title: String", "title: String @auth(rules: [{ allow: groups, groups: [\"A\"], operations: [read] }])"),
		"+ model Note.title: gets rules of its own, which take the place of those around it: the group A may read [caution]"},
	{"sandbox", note, note + "input AMPLIFY { globalAuthRule: AuthRule = { allow: public } }", "+ input AMPLIFY: the sandbox opens every model to the API key [caution]"},
	{"resolver", "type Query { a: Int @function(name: \"x\") }", "type Query { a: Int @function(name: \"y\") }", "~ type Query.a: @function changes from @function(name: \"x\") to @function(name: \"y\") [caution]"},
	{"list of one", "type A @model { b: [B] @hasMany(indexName: \"byA\", fields: \"id\") } type B @model { a: ID @index(name: \"byA\") }", "type A @model { b: [B] @hasMany(fields: [\"id\"], indexName: \"byA\") } type B @model { a: ID @index(name: \"byA\") }", ""},
	{"extension", "type A { x: Int } extend type A { y: Int }", "type A { x: Int y: Int }", ""},
}

func TestCompare(t *testing.T) {
	for _, tt := range comparisons {
		t.Run(tt.name, func(t *testing.T) {
			if got := compared(t, tt.before, tt.after); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestCompareWarnsOfSeveralIndexesAtOnce(t *testing.T) {
	got := compared(t, "type A @model { id: ID! x: ID y: ID }", `type A @model { id: ID! x: ID @index(name: "byX") y: ID @index(name: "byY") }`)
	if !strings.Contains(got, "2 indexes of the table change") || !strings.Contains(got, "[caution]") {
		t.Error(got)
	}
}

func TestComparePointsIntoTheNewSchema(t *testing.T) {
	after := "type A {\n  x: Int\n}\n\ntype B {\n  y: Int\n  z: Int\n}\n"
	d := schema.Compare(parse(t, "old", "type A {\n  x: Int\n  gone: Int\n}\ntype B { y: Int }\n type C { y: Int }"), parse(t, "new", after))
	if len(d) != 3 || d[0].Line != 1 || d[1].Line != 7 || d[1].Column != 3 || d[1].File != "new" || d[2].Line != 0 {
		t.Errorf("%+v", d)
	}
	if schema.WorstRisk(d) != schema.Breaking || schema.WorstRisk(nil) != schema.Safe {
		t.Errorf("worst risk %v", schema.WorstRisk(d))
	}
}

// A schema is never different from itself, whatever it holds.
func TestCompareWithItself(t *testing.T) {
	for _, b := range readBases(t) {
		if got := compared(t, b.text, "\n"+b.text); got != "" {
			t.Errorf("%s: %s", b.name, got)
		}
	}
}

func TestCompareOfBrokenText(t *testing.T) {
	if got := compared(t, "type A {", "type B { x: Int }"); got != "" {
		t.Error(got)
	}
}
