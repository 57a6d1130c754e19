package schema

import "github.com/vektah/gqlparser/v2/ast"

// A role is what a rule grants operations to: an owner field, a group, every
// signed-in user, everyone. Two rules with the same role are the same rule to
// the transformer.
type role struct {
	provider string // userPools, oidc, apiKey, iam or function
	kind     string // owner, group, groups, private, public or custom
	who      string // the field of the owner or the groups, or the one group
	claim    string
}

// String is the role in words.
func (r role) String() string {
	source := map[string]string{"oidc": "OpenID Connect", "iam": "IAM"}[r.provider]
	in := ""
	if source != "" {
		in = " of " + source
	}
	switch r.kind {
	case "owner":
		return "the owner in " + r.who + in
	case "group":
		return "the group " + r.who + in
	case "groups":
		return "the groups in " + r.who + in
	case "private":
		return "every signed-in user" + in
	case "public":
		return "everyone" + in
	}
	return "the Lambda authorizer"
}

// rolesOf lists the roles of a rule: one for each static group, else one.
func rolesOf(r authRule) []role {
	if r.groupsV != nil && r.groupsField == "" {
		out := make([]role, len(r.groups))
		for i, g := range r.groups {
			out[i] = role{r.provider, "group", g, orElse(r.groupClaim, "cognito:groups")}
		}
		return out
	}
	switch r.provider {
	case "apiKey":
		return []role{{provider: "apiKey", kind: "public"}}
	case "function":
		return []role{{provider: "function", kind: "custom"}}
	case "iam", "identityPool":
		return []role{{provider: "iam", kind: r.allow}}
	}
	switch r.allow {
	case "groups":
		return []role{{r.provider, "groups", r.groupsField, orElse(r.groupClaim, "cognito:groups")}}
	case "owner":
		return []role{{r.provider, "owner", orElse(r.ownerField, "owner"), orElse(r.identityClaim, "sub::username")}}
	}
	return []role{privateRole(r.provider)}
}

func privateRole(provider string) role { return role{provider: provider, kind: "private"} }

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// checkRoles: on a type each role has one rule.
func (c *checker) checkRoles(t *ast.Definition, rules []authRule) {
	seen := make(map[role]bool, len(rules))
	for _, r := range rules {
		if r.mode == "" && r.groupsV == nil {
			continue
		}
		for _, role := range rolesOf(r) {
			if seen[role] {
				c.report("A013", r.value.Position, "%s has a rule for %s already: combine their operations in one rule", t.Name, role)
			}
			seen[role] = true
		}
	}
}

// Bits of the operations that read, in a role's access to one field.
const (
	canGet uint8 = 1 << iota
	canList
	canSearch
	canListen
	canSync
	canRead = canGet | canList | canSearch | canListen | canSync
)

// reads is what a rule lets its roles read.
func (r authRule) reads() uint8 {
	if r.operationsV == nil {
		return canRead
	}
	var bits uint8
	for _, o := range r.operations {
		switch o {
		case "read":
			bits |= canRead
		case "get":
			bits |= canGet
		case "list":
			bits |= canList
		case "search":
			bits |= canSearch
		case "listen":
			bits |= canListen
		case "sync":
			bits |= canSync
		}
	}
	return bits
}

// maxRoles bounds the table of who may read what. Roles beyond it are not
// looked at.
const maxRoles = 1000

// access is who may read which field of a model. Rows follow the order in
// which the roles appear, columns the fields.
type access struct {
	roles []role
	rows  [][]uint8
	index map[role]int
}

func (a *access) row(r role, fields int) []uint8 {
	i, ok := a.index[r]
	if !ok && len(a.roles) >= maxRoles {
		return make([]uint8, fields) // nobody asks for it
	}
	if !ok {
		i = len(a.roles)
		a.index[r] = i
		a.roles = append(a.roles, r)
		a.rows = append(a.rows, make([]uint8, fields))
	}
	return a.rows[i]
}

// accessOf fills the table from the rules of the type and then of each field:
// rules on a field take the place of those of the type.
func accessOf(t *ast.Definition) *access {
	a := &access{index: make(map[role]int)}
	if d := t.Directives.ForName("auth"); d != nil {
		for _, r := range authRules(d) {
			for _, role := range rolesOf(r) {
				row := a.row(role, len(t.Fields))
				for i := range row {
					row[i] = r.reads()
				}
			}
		}
	}
	for i, f := range t.Fields {
		d := f.Directives.ForName("auth")
		if d == nil {
			continue
		}
		for _, row := range a.rows {
			row[i] = 0
		}
		for _, r := range authRules(d) {
			for _, role := range rolesOf(r) {
				a.row(role, len(t.Fields))[i] = r.reads()
			}
		}
	}
	return a
}

// checkVisibility: a required field that some reader of the model may not read
// would make the whole answer fail, so the transformer refuses it.
func (c *checker) checkVisibility(t *ast.Definition) {
	if !isModel(t) || !hasFieldAuth(t) || subscriptionLevel(t) != "on" {
		return
	}
	a := accessOf(t)
	var readers []int
	for i, row := range a.rows {
		for _, bits := range row {
			if bits&canGet != 0 {
				readers = append(readers, i)
				break
			}
		}
	}
	for i, f := range t.Fields {
		if !f.Type.NonNull || has(f.Directives, "hasMany") || has(f.Directives, "manyToMany") {
			continue
		}
		if hidden, ok := a.hiddenFrom(readers, i); ok {
			c.report("A014", f.Position, "%s.%s is required, but %s can read other fields of %s and not this one: make it optional, or add a rule with read to it",
				t.Name, f.Name, hidden, t.Name)
		}
	}
}

func hasFieldAuth(t *ast.Definition) bool {
	for _, f := range t.Fields {
		if has(f.Directives, "auth") {
			return true
		}
	}
	return false
}

// hiddenFrom is a reader that may not read the field, if there is one. Roles of a
// provider do not count when every user of that provider may read everything.
func (a *access) hiddenFrom(readers []int, field int) (role, bool) {
	for _, i := range readers {
		if a.rows[i][field] != 0 {
			continue
		}
		if everyone, ok := a.index[privateRole(a.roles[i].provider)]; ok && everyone != i && a.isReader(everyone) && a.rows[everyone][field] == canRead {
			continue
		}
		return a.roles[i], true
	}
	return role{}, false
}

func (a *access) isReader(i int) bool {
	for _, bits := range a.rows[i] {
		if bits&canGet != 0 {
			return true
		}
	}
	return false
}

// subscriptionLevel is the level of a model's subscriptions: on, off or public.
func subscriptionLevel(t *ast.Definition) string {
	v := argument(t.Directives.ForName("model"), "subscriptions")
	if v == nil || v.Kind != ast.ObjectValue {
		return "on"
	}
	return orElse(text(member(v, "level")), "on")
}
