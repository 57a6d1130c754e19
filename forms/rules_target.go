package forms

import (
	"fmt"
	"regexp"
	"strings"

	"ampedit/client/sanitize"
	"ampedit/client/wire"
)

// The forms that Amplify's own tools give to names. The service model allows any
// string, so that another form is only warned about.
var (
	appIDForm    = regexp.MustCompile(`^d[a-z0-9]{1,19}$`)
	envForm      = regexp.MustCompile(`^[a-z]{2,10}$`)
	resourceForm = regexp.MustCompile(`^[a-zA-Z0-9]+$`)
	apiNameForm  = regexp.MustCompile(`^[a-zA-Z0-9]{1,80}$`)
)

func (k *checker) target() {
	for _, f := range targetFields() {
		ref := At(StepTarget, f.Key)
		text, ok := k.text(ref, f)
		if !ok {
			continue
		}
		switch f.Key {
		case KeyAppID:
			k.form(ref, appIDForm, text, "An Amplify app id is the letter d followed by up to 19 lower-case letters and digits")
		case KeyEnvironment:
			k.form(ref, envForm, text, "Amplify's CLI makes environment names of 2 to 10 lower-case letters")
		case KeyResourceName:
			k.form(ref, resourceForm, text, "Amplify's CLI makes resource names of letters and digits")
		case KeyAPIName:
			k.apiName(ref, text)
		case KeyService:
			if text != ServiceAppSync {
				k.report(ruleService, ref, fmt.Sprintf("Amplify's own tools only ever send %s; what the service does with %q is not documented.", ServiceAppSync, text))
			}
		}
	}
}

func (k *checker) form(ref Ref, form *regexp.Regexp, text, rule string) {
	if !form.MatchString(text) {
		k.report(ruleName, ref, fmt.Sprintf("%s; %q is unusual. Check it before you send.", rule, text))
	}
}

func (k *checker) apiName(ref Ref, text string) {
	k.form(ref, apiNameForm, text, "Amplify's CLI makes API names of 1 to 80 letters and digits")
	if !k.unchanged(ref) && k.c.Base != nil {
		was, _ := k.c.Deployed(k.a, ref)
		p := k.report(ruleRenamed, ref, "The API name differs from the deployed one; what the service does with that is not documented.")
		p.Fix = &Fix{Label: "keep the deployed name", Apply: func(a *Answers) { a.Set(ref, was) }}
	}
}

func (k *checker) conflicts() {
	ref := At(StepConflicts, KeyStrategy)
	strategy := wire.ResolutionStrategy(k.a.Conflict.Text(KeyStrategy))
	if strategy == StrategyKeep || strategy == k.c.Strategy() && !k.c.Stated {
		return
	}
	switch {
	case !strategy.Known():
		k.unlisted(ruleStrategy, ref, "a conflict resolution strategy", StrategyNames())
	case strategy == wire.StrategyLambda:
		k.report(ruleLambda, ref, "This API has no member for the Lambda function, so what the service does with LAMBDA is not documented.")
	case strategy == wire.StrategyNone && !k.c.Stated:
		k.report(ruleOff, ref, "NONE switches DataStore off: clients that use it break at once, and after switching on again rows written meanwhile are inaccessible.")
	}
}

// StrategyNames returns the strategies that a request can name.
func StrategyNames() []string {
	var names []string
	for _, s := range wire.Strategies() {
		names = append(names, string(s))
	}
	return names
}

func (k *checker) schema() {
	ref := At(StepSchema, KeySchemaPath)
	switch k.a.Schema.Text(KeySchemaSource) {
	case SourceKeep:
		k.schemaText(At(StepSchema, KeySchemaSource), k.c.Base)
		return
	case SourceDocument:
		k.schemaText(At(StepSchema, KeySchemaSource), &wire.ResourceConfig{TransformSchema: k.c.SchemaText})
		return
	}
	path := k.a.Schema.clean(KeySchemaPath)
	switch {
	case path == "":
		k.report(ruleNoPath, ref, "Path is empty; name a .graphql file or a folder, or keep the deployed schema.")
	case k.c.SchemaErr != nil:
		k.report(ruleUnread, ref, sentence(k.c.SchemaErr.Error()))
	case k.c.SchemaText == nil:
		k.report(ruleReading, ref, "The schema is still being read.")
	default:
		k.schemaText(ref, &wire.ResourceConfig{TransformSchema: k.c.SchemaText})
	}
}

// schemaText refuses a schema that is a place instead of a text: other tools
// send such a value as it stands, and the API is then built from nothing.
func (k *checker) schemaText(ref Ref, config *wire.ResourceConfig) {
	if config == nil || config.TransformSchema == nil {
		return
	}
	text := strings.TrimSpace(*config.TransformSchema)
	switch {
	case text == "":
		if k.c.Stated || k.a.Schema.Text(KeySchemaSource) != SourceKeep {
			k.report(ruleNoSchema, ref, "The schema is empty; an empty schema is ignored at best. Name a file with type definitions.")
		}
	case LooksLikePlace(text):
		k.report(rulePlace, ref, fmt.Sprintf("The schema is not GraphQL but a path or address: %s. Name the file that holds the definitions.", printable(text)))
	}
}

// LooksLikePlace reports whether a schema text is in truth the path or the
// address of one, such as file://schema.graphql.
func LooksLikePlace(text string) bool {
	text = strings.TrimSpace(text)
	if text == "" || strings.ContainsAny(text, "{}\n") {
		return false
	}
	for _, prefix := range []string{"file:", "fileb:", "http:", "https:", "s3:", "./", "../", "~/", "/"} {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return strings.HasSuffix(text, ".graphql") || strings.HasSuffix(text, ".gql")
}

// printable makes a value fit for a sentence.
func printable(text string) string { return string(sanitize.Brief(text, 60)) }

// sentence gives an error text a capital letter, unless it begins with a path, and
// a full stop.
func sentence(text string) string {
	first, _, _ := strings.Cut(text, " ")
	if text == "" {
		return text
	}
	if !strings.ContainsAny(first, "./:") {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	return text
}
