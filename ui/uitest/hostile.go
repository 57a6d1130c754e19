package uitest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"ampedit/client/emulator"
)

// OpaqueSecret is a secret that looks like none. A test that puts it somewhere makes
// the program know it, for instance as the session token of its credentials.
const OpaqueSecret = "opaque+session/token.of this test"

// secretsOf are secrets of each kind, made for a place. What tells that one leaked is
// the text that the pattern finds.
func secretsOf(place int) []string {
	return []string{
		fmt.Sprintf("da2-leaked%020d", place),
		fmt.Sprintf("AKIALEAKED%010d", place),
		fmt.Sprintf("IQoJb3JpZ2luX2leaked%d/+abc", place),
		fmt.Sprintf("eyJhbGci.eyJsZWFr.leaked%d", place),
		fmt.Sprintf("Authorization: AWS4-HMAC-SHA256 Credential=X, Signature=leaked%d\n", place),
		fmt.Sprintf(`"secretAccessKey":"leaked%d"`, place),
		OpaqueSecret,
	}
}

var leaked = regexp.MustCompile(`(?i)leaked0*(\d+)|opaque.session.token`)

// Hostile is a text that nobody should get to see as it is: it holds escape sequences
// that act on a terminal or hide text, control characters of both sets, characters that
// turn the direction of writing or are not drawn, bytes that are not UTF-8, and secrets
// of each kind. place tells in which place it was put.
func Hostile(place int) string {
	return fmt.Sprintf("<%d\x1b]52;c;SGVsbG8=\x07\x1b[8mhidden\x1b[28m\u009b31m\u009d0;t\u009c\u202eR\u2066I\u200eM\u200bz\u2060w\ufeffb\x00n\x7fd\x08\xff\u2028l\u0085e %s>",
		place, strings.Join(secretsOf(place), " "))
}

// raw are the characters of a hostile text that nothing may let through. They are listed
// here and not asked of the package that is tested.
const raw = "\x1b\x07\x00\x7f\x08\u0085\u009b\u009c\u009d\u200b\u200e\u2028\u202e\u2060\u2066\ufeff"

// Styles are the escape sequences that a program drawn without colours may use: the
// cursor of a text input is shown in reverse.
var Styles = strings.NewReplacer("\x1b[7m", "", "\x1b[0m", "", "\x1b[m", "")

// Leaks says what of a hostile text is in what came out, each kind once. Secrets in
// what may hold them verbatim are not looked for.
func Leaks(text string, verbatim bool) []string {
	var found []string
	if !utf8.ValidString(text) {
		found = append(found, "bytes that are not UTF-8")
	}
	for _, r := range raw {
		if strings.ContainsRune(text, r) {
			found = append(found, fmt.Sprintf("%U", r))
		}
	}
	if verbatim {
		return found
	}
	for _, m := range leaked.FindAllString(text, 3) {
		found = append(found, "the secret "+m)
	}
	return found
}

// AnswerMembers are all members of all answers and errors, in an order that stays.
func AnswerMembers() []emulator.AnswerMember {
	all := slices.Collect(emulator.AnswerMembers())
	slices.SortFunc(all, func(a, b emulator.AnswerMember) int {
		return cmp.Or(cmp.Compare(a.Operation, b.Operation), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Path, b.Path))
	})
	return all
}

// statuses are those of the errors that the service model declares.
var statuses = map[string]int{"BadRequestException": 400, "NotFoundException": 404, "TooManyRequestsException": 429, "GatewayTimeoutException": 504}

// HostileAt has one member of an answer be hostile, or of an error, which then is what
// the operation is answered with: from its second call on where nothing would be read
// otherwise. What is no text stays what it is.
func HostileAt(place int, at emulator.AnswerMember) emulator.Options {
	o := emulator.Options{Edit: func(m emulator.AnswerMember, value any) any {
		if _, isText := value.(string); m != at || value != nil && !isText {
			return value
		}
		return Hostile(place)
	}}
	if at.Code != "" {
		fault := emulator.Fault{Operation: at.Operation, Status: statuses[at.Code], Code: at.Code, Message: "x"}
		if at.Operation == "GetBackendAPI" || at.Operation == "GetBackendJob" {
			fault.First = 2
		}
		o.Faults = []emulator.Fault{fault}
	}
	return o
}
