package schema_test

import "strings"

// mutation is one kind of mistake.
type mutation struct {
	name  string
	apply func(*editor) bool
}

var mutations = []mutation{
	{"drop token", func(e *editor) bool {
		i := e.find(func(int) bool { return true })
		return e.replace(i, i+1, "")
	}},
	{"duplicate token", func(e *editor) bool {
		i := e.find(func(int) bool { return true })
		return i >= 0 && e.replace(i, i+1, e.word(i)+" "+e.word(i))
	}},
	{"drop line", func(e *editor) bool { return e.editLine(func(line string) string { return "" }) }},
	{"duplicate line", func(e *editor) bool { return e.editLine(func(line string) string { return line + "\n" + line }) }},
	{"misspell name", func(e *editor) bool {
		i := e.find(e.isName)
		return i >= 0 && e.replace(i, i+1, e.misspell(e.word(i)))
	}},
	{"misspell text", func(e *editor) bool {
		i := e.find(func(i int) bool { w := e.word(i); return len(w) > 2 && w[0] == '"' && w[1] != '"' })
		if i < 0 {
			return false
		}
		w := strings.Trim(e.word(i), `"`)
		return e.replace(i, i+1, `"`+e.misspell(w)+`"`)
	}},
	{"rename type", func(e *editor) bool {
		i := e.find(func(i int) bool { return isKeyword(e.word(i-1)) && e.isName(i) })
		return i >= 0 && e.replace(i, i+1, e.pick([]string{"Query", "AuthRule", "Renamed", "AWSDate", "ModelMutationMap", e.pick(e.typeNames())}))
	}},
	{"rename field", func(e *editor) bool {
		i := e.find(e.isField)
		names := append(e.fields(), "and", "or", "not", "_version", "id", "owner", "createdAt", "renamed")
		return i >= 0 && e.replace(i, i+1, e.pick(names))
	}},
	{"change type", func(e *editor) bool {
		i := e.find(e.isType)
		names := append(e.typeNames(), "String", "ID", "Int", "Float", "Boolean", "AWSJSON", "AWSDateTime", "BigInt", "Missing", "Strng")
		return i >= 0 && e.replace(i, i+1, e.pick(names))
	}},
	{"toggle required", func(e *editor) bool {
		if i := e.find(func(i int) bool { return e.word(i) == "!" }); i >= 0 && e.rand.IntN(2) == 0 {
			return e.replace(i, i+1, "")
		}
		i := e.find(func(i int) bool { return e.isType(i) && e.word(i+1) != "!" })
		return i >= 0 && e.replace(i, i+1, e.word(i)+"!")
	}},
	{"make list", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.isType(i) && e.word(i-1) != "[" })
		return i >= 0 && e.replace(i, i+1, "["+e.word(i)+"]")
	}},
	{"unmake list", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.isType(i) && e.word(i-1) == "[" && e.word(i+1) == "]" })
		return i >= 0 && e.replace(i-1, i+2, e.word(i))
	}},
	{"drop directive", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.word(i) == "@" })
		return i >= 0 && e.replace(i, e.directiveEnd(i), "")
	}},
	{"duplicate directive", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.word(i) == "@" })
		if i < 0 {
			return false
		}
		to := e.directiveEnd(i)
		d := e.text[e.tokens[i].start:e.tokens[to-1].end]
		return e.replace(i, to, d+" "+d)
	}},
	{"change directive", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.word(i-1) == "@" })
		return i >= 0 && e.replace(i, i+1, e.pick(directiveNames))
	}},
	{"add directive to field", func(e *editor) bool {
		i := e.find(e.isType)
		if i < 0 {
			return false
		}
		to := i + 1
		for e.word(to) == "!" || e.word(to) == "]" {
			to++
		}
		return e.replace(to-1, to, e.word(to-1)+" "+e.pick(fieldDirectives))
	}},
	{"add directive to type", func(e *editor) bool {
		i := e.find(func(i int) bool { return isKeyword(e.word(i-1)) && e.isName(i) })
		return i >= 0 && e.replace(i, i+1, e.word(i)+" "+e.pick(typeDirectives))
	}},
	{"drop argument", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.isArgument(i) })
		return i >= 0 && e.replace(i, e.valueEnd(i+2), "")
	}},
	{"change argument value", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.isArgument(i) })
		values := []string{"null", "[]", "{}", `""`, `"x"`, "5", "true", `["id"]`, "[null]", "word", `"two words"`, `["` + e.pick(append(e.fields(), "id")) + `"]`}
		return i >= 0 && e.replace(i+2, e.valueEnd(i+2), e.pick(values))
	}},
	{"rename argument", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.isArgument(i) })
		return i >= 0 && e.replace(i, i+1, e.pick(argumentNames))
	}},
	{"add argument", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.word(i) == "(" && e.word(i-2) == "@" })
		return i >= 0 && e.replace(i, i+1, "("+e.pick(extraArguments)+", ")
	}},
	{"toggle quotes", func(e *editor) bool {
		i := e.find(func(i int) bool {
			return e.depth(i, "(") > 0 && (e.isName(i) && e.word(i+1) != ":" || e.word(i)[0] == '"')
		})
		if i < 0 {
			return false
		}
		if w := e.word(i); w[0] == '"' {
			return e.replace(i, i+1, strings.Trim(w, `"`))
		}
		return e.replace(i, i+1, `"`+e.word(i)+`"`)
	}},
	{"change bare word", func(e *editor) bool {
		i := e.find(func(i int) bool {
			return e.depth(i, "(") > 0 && e.isName(i) && e.word(i+1) != ":" && e.word(i-1) != "@"
		})
		return i >= 0 && e.replace(i, i+1, e.pick(bareWords))
	}},
	{"change text", func(e *editor) bool {
		i := e.find(func(i int) bool { w := e.word(i); return w != "" && w[0] == '"' && e.depth(i, "(") > 0 })
		texts := append(e.fields(), "", "ab", "two words", "id", "by", "Query", "-5", "http//x")
		texts = append(texts, e.typeNames()...)
		return i >= 0 && e.replace(i, i+1, `"`+e.pick(texts)+`"`)
	}},
	{"add auth rule", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.word(i) == "[" && e.word(i-2) == "rules" })
		return i >= 0 && e.replace(i, i+1, "["+e.pick(authRules)+", ")
	}},
	{"add field", func(e *editor) bool {
		i := e.find(func(i int) bool { return e.isField(i) })
		return i >= 0 && e.replace(i, i+1, e.pick(extraFields)+"\n  "+e.word(i))
	}},
	{"add definition", func(e *editor) bool {
		i := e.find(func(i int) bool { return isKeyword(e.word(i)) && e.depth(i, "{") == 0 && e.word(i-1) != "extend" })
		if i < 0 {
			return false
		}
		name := e.pick(e.typeNames())
		d := strings.ReplaceAll(e.pick(extraDefinitions), "$T", name)
		return e.replace(i, i+1, d+"\n"+e.word(i))
	}},
	{"change keyword", func(e *editor) bool {
		i := e.find(func(i int) bool { return isKeyword(e.word(i)) && e.depth(i, "{") == 0 })
		return i >= 0 && e.replace(i, i+1, e.pick([]string{"type", "input", "interface", "enum", "scalar", "extend type", "extend input", "tpye"}))
	}},
	{"drop mode", func(e *editor) bool {
		if len(e.config.modes) < 2 {
			return false
		}
		e.config.modes = []string{e.pick(e.config.modes)}
		return true
	}},
	{"turn conflict resolution on", func(e *editor) bool {
		e.config.conflict = !e.config.conflict
		return true
	}},
}

// isArgument reports whether a token names an argument of a directive, or a
// field within one.
func (e *editor) isArgument(i int) bool {
	if !e.isName(i) || e.word(i+1) != ":" || e.depth(i, "(") == 0 {
		return false
	}
	for j := i; j >= 0; j-- {
		if e.word(j) == "@" {
			return true
		}
		if e.isField(j) {
			return false
		}
	}
	return false
}

// editLine changes a whole line.
func (e *editor) editLine(change func(string) string) bool {
	lines := strings.Split(e.text, "\n")
	i := e.rand.IntN(len(lines))
	if strings.TrimSpace(lines[i]) == "" || strings.HasPrefix(lines[i], "# check:") {
		return false
	}
	e.line = i + 1
	for _, t := range tokenize(lines[i]) {
		if w := strings.Trim(lines[i][t.start:t.end], `"`); w != "" && isWord(w[0]) {
			e.mentions = append(e.mentions, w)
		}
	}
	lines[i] = change(lines[i])
	e.text = strings.Join(lines, "\n")
	return true
}

var (
	directiveNames = []string{"model", "auth", "primaryKey", "index", "hasOne", "hasMany", "belongsTo", "manyToMany", "key", "connection", "default", "searchable", "function", "deprecated", "aws_iam", "autth", "versioned"}

	fieldDirectives = []string{
		"@index", `@index(name: "extra")`, `@index(name: "no good")`, "@primaryKey", `@primaryKey(sortKeyFields: ["name"])`, "@hasOne", "@hasMany", "@belongsTo",
		`@manyToMany(relationName: "Extra")`, `@default(value: "1")`, `@default(value: "x")`, "@default", "@default(value: 5)", `@validate(type: gt, value: "1")`,
		`@validate(type: minLength, value: "1")`, `@auth(rules: [{ allow: owner }])`, `@auth(rules: [{ allow: groups, groups: ["X"] }])`, "@auth(rules: [])",
		`@auth(rules: [{ allow: private, operations: [get] }])`, `@function(name: "f")`, `@function(name: "f", invocationType: Event)`, "@function", `@http(url: "x")`,
		`@http(url: "https://x.example")`, "@model", "@searchable", "@aws_iam", "@aws_lambda", "@unknown", `@key(fields: ["id"])`, "@connection", "@deprecated",
		`@refersTo(name: "x")`, `@sql(statement: "select 1")`, "@predictions(actions: [identifyText])",
	}

	typeDirectives = []string{
		"@model", "@auth(rules: [{ allow: owner }])", "@auth(rules: [{ allow: public }, { allow: public }])", "@searchable", `@mapsTo(name: "Old")`, `@mapsTo(name: "")`,
		"@index", "@unknown", `@key(fields: ["id"])`, "@versioned", "@aws_api_key", `@refersTo(name: "x")`, "@model(queries: null)", "@model(mutations: null)",
		`@model(queries: { get: "same", list: "same" })`, `@model(subscriptions: { onCreate: [""] })`, "implements Node", "@deprecated",
	}

	argumentNames = []string{"name", "fields", "sortKeyFields", "queryField", "rules", "allow", "provider", "operations", "groups", "value", "type", "limit", "indexName", "references", "key"}

	extraArguments = []string{`name: "other"`, `fields: ["id"]`, `references: ["id"]`, "limit: 5", `limit: "5"`, `queryField: "same"`, `sortKeyFields: []`, "queries: null", `unknown: 1`, `rules: []`, "subscriptions: { level: off }"}

	bareWords = []string{"owner", "groups", "private", "public", "custom", "apiKey", "iam", "identityPool", "oidc", "userPools", "function", "create", "update", "delete", "read", "get", "list", "sync", "listen", "search", "off", "Event", "ALL", "INCLUDE", "KEYS_ONLY", "gt", "minLength", "nothing", "null", "true", "5"}

	authRules = []string{
		"{ allow: owner }", "{ allow: public }", "{ allow: private }", "{ allow: custom }", "{ allow: groups }", `{ allow: groups, groups: ["Admin"] }`, `{ allow: groups, groups: [] }`,
		`{ allow: groups, groups: ["Admin"], groupsField: "x" }`, "{ allow: owner, provider: apiKey }", "{ allow: public, provider: userPools }", "{ allow: private, provider: iam }",
		"{ allow: public, provider: identityPool }", "{ allow: owner, provider: oidc }", "{ allow: private, operations: [read, get] }", "{ allow: private, operations: [read, read] }",
		"{ allow: private, operations: create }", "{ allow: owner, groupClaim: \"x\" }", "{ allow: groups, groups: [\"A\"], identityClaim: \"x\" }", "{ provider: iam }", `{ allow: "owner" }`, "owner", "{}",
		"{ allow: owner, operation: [read] }", "{ allow: private, groups: [\"Staff\"] }",
	}

	extraFields = []string{
		"and: String", "or: Int", "_version: Int", "_deleted: Boolean", "id: ID!", "id: [ID]", "createdAt: [String]", "owner: String!", "other: Missing", "other String", "other:", "other: [String",
		"other: String @default(value: 1)", `other: Int @default(value: "x")`, "__secret: String", "getPost: String", "new: AWSDateTme",
	}

	extraDefinitions = []string{
		"scalar AWSDateTime", "scalar Mine", "directive @aws_iam on OBJECT", "directive @mine on OBJECT", "directive @model on OBJECT", "enum AuthStrategy { x }", "input ModelMutationMap { x: Int }", "type $T { id: ID! }", "type $Ts @model { id: ID! }", "type Extra @model { id: ID! }\ntype Extras @model { id: ID! }",
		"extend type $T { extra: Int }", "extend type $T { id: ID }", "extend type $T @model", "extend type Missing { x: Int }", "extend type Query { x: Int }", "extend enum $T { X }", "type Query { get$T: String }", "type Mutation { create$T: String }", "type Subscription { onCreate$T: String }",
		"schema { query: Query }", "schema { query: Missing }", "enum Query { X }", "input AMPLIFY { globalAuthRule: AuthRule = { allow: public } }", "union U = $T | Missing", "interface I { id: ID! @index }", "type Empty", "type Braces {}", "enum E { A A }", "type Dup { a: Int a: Int }",
	}
)
