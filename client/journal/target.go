package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"ampedit/client/redact"
)

// Target names the API that something was sent to or is being edited. Members may
// be empty while they are not known yet.
type Target struct {
	// Account is the number of the AWS account, of twelve digits.
	Account string `json:"account"`
	// Region is the AWS region, such as eu-west-1.
	Region string `json:"region"`
	// AppID is the id of the Amplify app.
	AppID string `json:"appId"`
	// Environment is the backend environment, such as prod.
	Environment string `json:"environment"`
	// ResourceName is the name of the API's resource in the backend.
	ResourceName string `json:"resourceName"`
}

// matches reports whether t is what the members of pattern say that are not empty.
func (t Target) matches(pattern Target) bool {
	same := func(member, wanted string) bool { return wanted == "" || member == wanted }
	return same(t.Account, pattern.Account) && same(t.Region, pattern.Region) && same(t.AppID, pattern.AppID) &&
		same(t.Environment, pattern.Environment) && same(t.ResourceName, pattern.ResourceName)
}

// fileName names the target's files: something to recognise them by, and a hash
// of the whole target that keeps targets apart which differ in case alone, are
// long, or hold characters that no file name may have.
func (j *Journal) fileName(t Target) string {
	sum := sha256.Sum256([]byte(strings.Join([]string{t.Account, t.Region, t.AppID, t.Environment, t.ResourceName}, "\x00")))
	return strings.TrimPrefix(j.slug(t.Environment)+"-", "-") + hex.EncodeToString(sum[:16])
}

// slugLength is the most that a name contributes to a file name, in bytes.
const slugLength = 32

// slug is what can be kept of a name in a file name on any system: ASCII letters
// in lower case and digits, with single hyphens between them. It may be empty.
func (j *Journal) slug(name string) string {
	words := strings.FieldsFunc(strings.ToLower(redact.Text(name)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	slug := strings.Join(words, "-")
	return strings.TrimRight(slug[:min(len(slug), slugLength)], "-")
}
