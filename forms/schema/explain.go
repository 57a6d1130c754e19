package schema

import (
	"fmt"
	"strings"

	"ampedit/client/suggest"
)

// Explain is the text of a rule for a terminal: code and title, severity, why,
// and an example of each kind. It ends with a line break.
func (r Rule) Explain() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s (%s)\n\n%s\n", r.Code, r.Title, r.Severity, r.Explanation)
	if r.Fails != "" {
		fmt.Fprintf(&b, "\nFails:\n\n%s\nPasses:\n\n%s", indent(r.Fails), indent(r.Passes))
	}
	return b.String()
}

// NearestRule is the code that is spelled most like the given one, or "".
func NearestRule(code string) string {
	var codes []string
	for _, r := range parsedRules() {
		codes = append(codes, r.Code)
	}
	return suggest.Nearest(strings.ToUpper(code), codes)
}

func indent(s string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n  ") + "\n"
}
