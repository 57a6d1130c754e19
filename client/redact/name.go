package redact

import "strings"

// extent says how far the secret reaches that a name announces.
type extent int

const (
	word    extent = iota + 1 // to the next space or punctuation mark
	line                      // to the end of the line
	bracket                   // to the bracket that closes a list
	loose                     // as word, but the name is an ordinary word as well: only where it is assigned or quoted
)

// names are the names of secrets, in lower case and without hyphens and underscores.
var names = map[string]extent{
	"authorization": line, "proxyauthorization": line, "cookie": line, "setcookie": line,
	"accesskeyid": word, "awsaccesskeyid": word,
	"secretaccesskey": word, "awssecretaccesskey": word, "secretkey": word,
	"sessiontoken": word, "awssessiontoken": word, "securitytoken": word, "awssecuritytoken": word,
	"xamzsecuritytoken": word, "xamzsignature": word, "xamzcredential": word,
	"xamzssobearertoken": word, "xawsec2metadatatoken": word, "awscontainerauthorizationtoken": word, "xapikey": word,
	"accesstoken": word, "refreshtoken": word, "idtoken": word, "bearertoken": word,
	"clientsecret": word, "tokencode": word, "webidentitytoken": word, "samlassertion": word,
	"token": loose, "secret": loose, "password": loose, "signature": loose, "credential": loose,
}

// maxName is the length of the longest name, with hyphens or underscores in it.
const maxName = 32

// Name reports whether a member of that name holds a secret, whatever it looks like.
// Letter case, hyphens and underscores make no difference.
func Name(name string) bool { return nameExtent(name) != 0 }

func nameExtent(name string) extent {
	if len(name) < len("token") || len(name) > maxName {
		return 0
	}
	var plain [maxName]byte
	n := 0
	for i := range len(name) {
		c := name[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != '-' && c != '_' {
			plain[n] = c
			n++
		}
	}
	return names[string(plain[:n])]
}

// byName takes out what a name before it says is a secret.
func byName(text string) string {
	if !strings.ContainsAny(text, ":=>") {
		return text
	}
	var out strings.Builder
	done := 0
	for at := 0; at < len(text); {
		if !nameByte(text[at]) {
			at++
			continue
		}
		end := at
		for end < len(text) && nameByte(text[end]) {
			end++
		}
		if start, stop := announced(text, at, end); stop > start {
			out.WriteString(text[done:start])
			out.WriteString(Gap)
			done, end = stop, stop
		}
		at = end
	}
	if done == 0 {
		return text
	}
	return out.String() + text[done:]
}

func nameByte(c byte) bool { return alphanumeric(c) || c == '-' || c == '_' }

// announced returns the place of the secret that the word at text[at:end] is the name
// of; start and stop are the same if there is none.
func announced(text string, at, end int) (start, stop int) {
	reach := nameExtent(text[at:end])
	if reach == 0 || at > 0 && (text[at-1] == '.' || text[at-1] >= 0x80) { // a field such as User.token
		return end, end
	}
	i, quoted := skipQuote(text, end)
	if at > 0 && text[at-1] == '<' && i < len(text) && text[i] == '>' { // XML
		return i + 1, until(text, i+1, "<")
	}
	i = skipSpace(text, i)
	if i == len(text) || text[i] != ':' && text[i] != '=' || reach == loose && text[i] == ':' && !quoted {
		return end, end
	}
	i = skipSpace(text, i+1)
	start, quoted = skipQuote(text, i)
	if strings.HasPrefix(text[start:], "[") && !strings.HasPrefix(text[start:], Gap) { // as Go prints the values of a header
		start, reach, quoted = start+1, bracket, false
	}
	if strings.HasPrefix(text[start:], Gap) {
		return end, end
	}
	stop = valueEnd(text, i, start, quoted, reach)
	if reach == line && !quoted && !headerValue(text, at, start, stop) {
		return end, end
	}
	return start, stop
}

// valueEnd is where a value ends that begins at start, with its quotation mark at i if
// it is quoted.
func valueEnd(text string, i, start int, quoted bool, reach extent) int {
	switch {
	case quoted:
		return closing(text, start, text[i:start])
	case reach == line:
		return until(text, start, "\r\n\"")
	case reach == bracket:
		return until(text, start, "]")
	}
	return until(text, start, " \t\r\n\"'`,;&<>)]}\\")
}

// headerValue reports whether what stands behind the name of a header is its value and
// not just a word of a sentence: it begins its line, names a scheme, or is as long as
// a secret and has what words have not.
func headerValue(text string, at, start, stop int) bool {
	if at == 0 || text[at-1] == '\n' || text[at-1] == '\r' {
		return true
	}
	first, rest, several := strings.Cut(text[start:stop], " ")
	switch scheme := strings.ToLower(first); {
	case several && rest != "" && (scheme == "bearer" || scheme == "basic" || scheme == "digest" || scheme == "negotiate"), strings.HasPrefix(scheme, "aws4-"):
		return true
	}
	return len(first) >= MinKnown && strings.ContainsAny(first, "0123456789+/=~")
}

// skipQuote passes over a quotation mark, also one that a string literal escapes.
func skipQuote(text string, i int) (int, bool) {
	escaped := i
	for escaped < len(text) && text[escaped] == '\\' {
		escaped++
	}
	if escaped < len(text) && (text[escaped] == '"' || text[escaped] == '\'') {
		return escaped + 1, true
	}
	return i, false
}

// closing returns where the quotation mark stands again that opened a value.
func closing(text string, start int, mark string) int {
	for i := start; i < len(text); i++ {
		switch {
		case strings.HasPrefix(text[i:], mark):
			return i
		case text[i] == '\n':
			return i
		case text[i] == '\\':
			i++
		}
	}
	return len(text)
}

func skipSpace(text string, i int) int {
	for i < len(text) && (text[i] == ' ' || text[i] == '\t') {
		i++
	}
	return i
}

// until returns the place of the first of several characters, else the end.
func until(text string, start int, ends string) int {
	if n := strings.IndexAny(text[start:], ends); n >= 0 {
		return start + n
	}
	return len(text)
}
