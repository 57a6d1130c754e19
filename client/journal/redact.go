package journal

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// Gap stands where a secret was taken out.
const Gap = "[redacted]"

// schemaMember is the member whose text is a GraphQL schema and is kept verbatim.
const schemaMember = "transformSchema"

// secretNames are the names, in lower case and without punctuation, whose values
// are secret whatever they look like.
var secretNames = []string{
	"authorization", "proxyauthorization", "accesskeyid", "awsaccesskeyid", "secretaccesskey", "awssecretaccesskey",
	"sessiontoken", "awssessiontoken", "securitytoken", "xamzsecuritytoken", "xamzsignature", "xamzcredential",
	"accesstoken", "refreshtoken", "idtoken", "clientsecret",
}

// secretPatterns are secrets as they look in any text. The first group stays.
var secretPatterns = []*regexp.Regexp{
	regexp.MustCompile(`(^|[^A-Za-z0-9])da2-[A-Za-z0-9]+`),                          // an AppSync API key
	regexp.MustCompile(`(^|[^A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{12,}`),                // an access key id
	regexp.MustCompile(`()(?:IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[\w+/=%-]*`),    // a session token of STS
	regexp.MustCompile(`(^|[^A-Za-z0-9])eyJ[\w-]{8,}\.[\w-]+\.[\w-]*`),              // a JSON Web Token
	regexp.MustCompile(`(?im)(authorization["']?\s*[:=]).*`),                        // a header, to the end of its line
	regexp.MustCompile(`(?im)(x-amz-security-token["']?\s*[:=]).*`),                 // likewise
	regexp.MustCompile(`(?i)(x-amz-(?:signature|credential)=)[^&\s"']+`),            // a signed address
	regexp.MustCompile(`(?i)(<(?:AccessKeyId|SecretAccessKey|SessionToken)>)[^<]*`), // an answer of STS
	regexp.MustCompile(`(?i)((?:aws_?)?(?:access_?key_?id|secret_?access_?key|session_?token|access_?token|refresh_?token|id_?token|client_?secret)` +
		`["']?\s*[:=]\s*["']?)[^\s"',;&<]+`), // a setting, in whatever syntax
}

// redact takes out of a text what looks like a secret and what is known to be one.
func (j *Journal) redact(text string) string {
	text = j.known(text)
	for _, pattern := range secretPatterns {
		text = pattern.ReplaceAllString(text, "${1}"+Gap)
	}
	return text
}

// redactContent takes secrets out of the content of a file. In JSON it looks at
// one string at a time, so that the JSON stays valid and all else stays as it is,
// byte for byte; the text of a schema is left alone.
func (j *Journal) redactContent(data []byte) []byte {
	if !json.Valid(data) {
		return []byte(j.redact(string(data)))
	}
	var out bytes.Buffer
	out.Grow(len(data))
	member := ""
	for {
		start := bytes.IndexByte(data, '"')
		if start < 0 {
			out.Write(data)
			return out.Bytes()
		}
		between := data[:start]
		end := start + literalLength(data[start:])
		literal := data[start:end]
		out.Write(between)
		data = data[end:]
		if bytes.IndexByte(between, '}') >= 0 {
			member = ""
		}
		isName := bytes.HasPrefix(bytes.TrimLeft(data, " \t\r\n"), []byte(":"))
		isSchema := member == schemaMember && string(bytes.TrimSpace(between)) == ":"
		if isSchema && !isName {
			out.Write(literal)
			continue
		}
		text := unquote(literal)
		out.Write(j.redactLiteral(literal, text, !isName && secretName(member)))
		if isName {
			member = text
		}
	}
}

// redactLiteral returns a JSON string without secrets, and the very same one if
// there are none.
func (j *Journal) redactLiteral(literal []byte, text string, secret bool) []byte {
	clean := j.redact(text)
	if secret && text != "" {
		clean = Gap
	}
	if clean == text {
		return literal
	}
	return quote(clean)
}

// literalLength is the length of the JSON string that valid JSON begins with,
// its quotation marks included.
func literalLength(data []byte) int {
	for i := 1; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(data)
}

func unquote(literal []byte) string {
	var text string
	if json.Unmarshal(literal, &text) != nil { // cannot be: it is part of valid JSON
		return string(literal)
	}
	return text
}

func quote(text string) []byte {
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(text); err != nil { // cannot be: a string is always JSON
		panic("journal: quote: " + err.Error())
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// secretName reports whether a member of that name holds a secret.
func secretName(member string) bool {
	plain := strings.NewReplacer("-", "", "_", "").Replace(strings.ToLower(member))
	return slices.Contains(secretNames, plain)
}
