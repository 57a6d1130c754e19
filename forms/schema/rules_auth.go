package schema

import (
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

// authRule is one rule of @auth as it is written.
type authRule struct {
	value    *ast.Value
	allow    string
	provider string // as written, or the default of allow
	mode     Mode   // "" when allow and provider do not fit

	operations  []string
	operationsV *ast.Value // nil when not written, or null

	ownerField, identityClaim          string
	groups                             []string
	groupsV                            *ast.Value // nil when not written, null or empty text
	groupsField, groupClaim            string
	hasOwnerField, hasExplicitProvider bool
}

// authRules reads the rules of an @auth directive. Nothing comes back for
// rules that are no list literal: the transformer sees none there.
func authRules(d *ast.Directive) []authRule {
	rules := argument(d, "rules")
	if rules == nil || rules.Kind != ast.ListValue {
		return nil
	}
	out := make([]authRule, 0, len(rules.Children))
	for _, c := range rules.Children {
		if c.Value != nil && c.Value.Kind == ast.ObjectValue {
			out = append(out, readAuthRule(c.Value))
		}
	}
	return out
}

func readAuthRule(v *ast.Value) authRule {
	r := authRule{
		value: v, allow: text(member(v, "allow")), provider: text(member(v, "provider")),
		ownerField: text(member(v, "ownerField")), identityClaim: text(member(v, "identityClaim")),
		groupsField: text(member(v, "groupsField")), groupClaim: text(member(v, "groupClaim")),
		hasOwnerField: member(v, "ownerField") != nil, hasExplicitProvider: text(member(v, "provider")) != "",
	}
	if o := member(v, "operations"); o != nil && !isNull(o) {
		r.operationsV, r.operations = o, texts(o)
	}
	if g := member(v, "groups"); g != nil && (g.Kind == ast.ListValue || text(g) != "") {
		r.groupsV, r.groups = g, texts(g)
	}
	if s := strategyOf(r.allow); s != nil {
		if r.provider == "" {
			r.provider = s.providers[0].name
		}
		r.mode, _ = s.mode(r.provider)
	}
	return r
}

// at is where a member of the rule is written, or the rule itself.
func (r authRule) at(name string) *ast.Position {
	if v := member(r.value, name); v != nil {
		return v.Position
	}
	return r.value.Position
}

// fineReads are the operations that read stands for.
var fineReads = map[string]bool{"get": true, "list": true, "sync": true, "listen": true, "search": true}

func (r authRule) fine() []string {
	var out []string
	for _, o := range r.operations {
		if fineReads[o] {
			out = append(out, o)
		}
	}
	return out
}

// checkAuth: the rules on a type.
func (c *checker) checkAuth(t *ast.Definition) {
	d := t.Directives.ForName("auth")
	if d == nil || t.Kind != ast.Object {
		return
	}
	if !isModel(t) {
		c.report("A001", d.Position, "%s has @auth but not @model: add @model, or move @auth to its fields", t.Name)
		return
	}
	c.checkRulesPresent(d, t.Name)
	rules := authRules(d)
	for _, r := range rules {
		c.checkRule(r)
		c.checkReads(r)
		c.checkRuleFields(r, t)
		c.checkDataStoreRule(r)
	}
	c.checkRoles(t, rules)
}

// checkFieldAuth: the rules on a field.
func (c *checker) checkFieldAuth(t *ast.Definition, f *ast.FieldDefinition) {
	d := f.Directives.ForName("auth")
	if d == nil {
		return
	}
	if t.Kind == ast.Interface {
		c.report("A011", d.Position, "@auth cannot be on a field of an interface: put it on the types that implement %s", t.Name)
		return
	}
	c.checkRulesPresent(d, t.Name+"."+f.Name)
	for _, r := range authRules(d) {
		c.checkRule(r)
		c.checkFieldOperations(r, t)
		if isModel(t) {
			c.checkRuleFields(r, t)
		}
	}
}

func (c *checker) checkRulesPresent(d *ast.Directive, owner string) {
	rules := argument(d, "rules")
	switch {
	case rules == nil || isNull(rules): // reported by the rules of vocabulary
	case rules.Kind == ast.ObjectValue:
		c.report("A002", rules.Position, "@auth on %s has no rules, because they are not in a list: write rules: [{…}]", owner)
	case rules.Kind == ast.ListValue && len(rules.Children) == 0:
		c.report("A002", rules.Position, "@auth on %s has no rules: expected at least one, such as {allow: owner}", owner)
	}
}

// checkRule: what holds for rules on types and on fields.
func (c *checker) checkRule(r authRule) {
	s := strategyOf(r.allow)
	if s == nil {
		return
	}
	if r.mode == "" {
		var names []string
		for _, p := range s.providers {
			if p.name != "iam" {
				names = append(names, p.name)
			}
		}
		c.report("A005", r.at("provider"), "allow: %s cannot use the provider %s: expected %s", r.allow, r.provider, list(names, "or"))
	} else if !c.cfg.has(r.mode) {
		c.missingMode(r)
	}
	switch {
	case r.allow == "groups" && r.groupsV == nil && r.groupsField == "":
		c.report("A006", r.value.Position, "allow: groups does not say which: add groups: [\"…\"] or groupsField")
	case r.groupsV != nil && r.groupsField != "":
		c.report("A007", r.at("groupsField"), "a rule has either groups or groupsField: remove one")
	case r.allow == "groups" && r.groupsV != nil && len(r.groups) == 0:
		c.report("A007", r.groupsV.Position, "the list of groups is empty: name at least one")
	}
	if r.allow == "groups" && r.identityClaim != "" {
		c.report("A008", r.at("identityClaim"), "identityClaim is for allow: owner: for groups use groupClaim")
	}
	if r.allow == "owner" && r.groupClaim != "" {
		c.report("A009", r.at("groupClaim"), "groupClaim is for allow: groups: for owner use identityClaim")
	}
	c.checkOperationList(r)
}

// missingMode: the mode behind a rule is not configured.
func (c *checker) missingMode(r authRule) {
	at := r.at("allow")
	if r.hasExplicitProvider {
		at = r.at("provider")
	}
	if r.mode == modeLambda {
		c.report("A010", at, "allow: custom needs a Lambda authorizer, which cannot be configured here: use another rule")
		return
	}
	c.reportFix("A010", at, Fix{AddMode: r.mode},
		"this rule needs the authorization mode %s, which is not configured: add it, or change the rule", r.mode.Title())
}

// checkOperationList: operations is a list, and read stands alone among the
// operations that read.
func (c *checker) checkOperationList(r authRule) {
	if r.operationsV == nil {
		return
	}
	if r.operationsV.Kind != ast.ListValue {
		if r.operationsV.Kind == ast.EnumValue {
			c.report("A003", r.operationsV.Position, "operations is a list: write operations: [%s]", r.operationsV.Raw)
		}
		return
	}
	reads := 0
	for _, o := range elements(r.operationsV) {
		if o.Kind == ast.NullValue {
			c.report("A003", o.Position, "null is no operation: expected create, read, update or delete")
		}
		if text(o) == "read" {
			reads++
		}
	}
	if reads > 1 {
		c.report("A003", r.operationsV.Position, "read is listed twice: keep one")
	}
}

// checkReads: read means get, list, sync, listen and search together.
func (c *checker) checkReads(r authRule) {
	if r.operationsV == nil || r.operationsV.Kind != ast.ListValue {
		return
	}
	for _, o := range r.operations {
		if fine := r.fine(); o == "read" && len(fine) > 0 {
			c.report("A003", r.operationsV.Position, "read includes %s: keep read, or list only what is allowed", list(fine, "and"))
			return
		}
	}
}

// checkFieldOperations: fields know only four operations, and fields that no
// model holds know none.
func (c *checker) checkFieldOperations(r authRule, t *ast.Definition) {
	if r.operationsV == nil {
		return
	}
	if fine := r.fine(); len(fine) > 0 {
		c.report("A004", r.operationsV.Position, "a rule on a field cannot say %s: expected create, read, update or delete", list(fine, "or"))
		return
	}
	if len(r.operations) == 0 {
		return
	}
	switch {
	case c.isRoot(t.Name):
		c.report("A012", r.operationsV.Position, "a rule on a field of %s cannot say operations: the field is one itself", t.Name)
	case !isModel(t):
		c.report("A012", r.operationsV.Position, "a rule on a field of %s cannot say operations, because %s is not a model", t.Name, t.Name)
	}
}

// checkRuleFields: warnings about the fields that a rule reads.
func (c *checker) checkRuleFields(r authRule, t *ast.Definition) {
	if r.allow == "owner" {
		name, where := r.ownerField, "ownerField"
		if name == "" {
			name = "owner"
		}
		c.checkIdentityField(r, t, name, where)
	}
	if r.allow == "groups" && r.groupsField != "" {
		c.checkIdentityField(r, t, r.groupsField, "groupsField")
	}
	if r.groupsV != nil && r.groupsField == "" && r.allow != "groups" && len(r.groups) > 0 && r.allow != "" {
		c.report("A018", r.groupsV.Position, "groups turns this rule into one for these groups: write allow: groups, or remove groups")
	}
	if r.hasOwnerField && r.allow != "owner" && r.allow != "" {
		c.report("A019", r.at("ownerField"), "ownerField means nothing to allow: %s: write allow: owner, or remove ownerField", r.allow)
	}
}

// checkIdentityField: the field that holds an owner or groups is text.
func (c *checker) checkIdentityField(r authRule, t *ast.Definition, name, where string) {
	if f := findField(t, name); f != nil {
		if n := f.Type.Name(); n != "String" && n != "ID" {
			c.report("A016", r.at(where), "%s.%s is %s: the field that a rule compares with the user should be String, ID or a list of them", t.Name, name, f.Type)
		}
		return
	}
	for _, f := range t.Fields {
		if strings.EqualFold(f.Name, name) {
			c.report("A017", r.at(where), "%s has %s but not %s, so a second field is added: spell them alike", t.Name, f.Name, name)
		}
	}
}

// checkDataStoreRule: DataStore needs both ways of hearing of changes.
func (c *checker) checkDataStoreRule(r authRule) {
	if !c.cfg.ConflictResolution || r.operationsV == nil || len(r.fine()) == 0 {
		return
	}
	var missing []string
	for _, need := range []string{"listen", "sync"} {
		found := false
		for _, o := range r.operations {
			found = found || o == need
		}
		if !found {
			missing = append(missing, need)
		}
	}
	if len(missing) > 0 {
		c.report("A022", r.operationsV.Position, "DataStore needs %s too: add it, or use read", list(missing, "and"))
	}
}
