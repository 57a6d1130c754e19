package emulator

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Header-based AWS Signature Version 4, the receiving side. Source: "Create a
// signed AWS API request", AWS Identity and Access Management User Guide.

const (
	signingAlgorithm = "AWS4-HMAC-SHA256"
	amzDateLayout    = "20060102T150405Z"
	maxClockSkew     = 5 * time.Minute
)

// Credentials are what a client needs to sign requests for an [Emulator]. They
// open nothing else.
type Credentials struct {
	AccessKeyID     string
	SecretAccessKey string
	SessionToken    string // empty for long-term credentials
}

// authorization is a taken-apart Authorization header.
type authorization struct {
	accessKeyID, date, region, service string
	signedHeaders                      []string
	signature                          string
}

// verify reports whether r was signed with c, for service, not more than five
// minutes away from now. Its errors carry the codes AWS answers with.
func (c Credentials) verify(r *http.Request, body []byte, service string, now time.Time) error {
	auth, err := parseAuthorization(r.Header)
	if err != nil {
		return err
	}
	if err := auth.checkSignedHeaders(r.Header); err != nil {
		return err
	}
	if auth.accessKeyID != c.AccessKeyID || r.Header.Get("X-Amz-Security-Token") != c.SessionToken {
		return forbidden("UnrecognizedClientException", "The security token included in the request is invalid.")
	}
	if auth.service != service {
		return forbidden("InvalidSignatureException", "Credential should be scoped to correct service: '%s'.", service)
	}
	if err := auth.checkDate(r.Header.Get("X-Amz-Date"), now); err != nil {
		return err
	}
	hash := hexHash(body)
	if sent := r.Header.Get("X-Amz-Content-Sha256"); sent != "" && sent != hash {
		return forbidden("InvalidSignatureException", "The value of X-Amz-Content-Sha256 is not the hash of the body received.")
	}
	want := auth.sign(c.SecretAccessKey, r.Header.Get("X-Amz-Date"), auth.canonicalRequest(r, hash))
	if !hmac.Equal([]byte(want), []byte(auth.signature)) {
		return forbidden("InvalidSignatureException", "The request signature we calculated does not match the signature you provided. "+
			"Check your AWS Secret Access Key and signing method. Consult the service documentation for details.")
	}
	return nil
}

func parseAuthorization(header http.Header) (authorization, error) {
	values := header.Values("Authorization")
	if len(values) == 0 {
		return authorization{}, forbidden("MissingAuthenticationTokenException", "Missing Authentication Token")
	}
	rest, ok := strings.CutPrefix(values[0], signingAlgorithm+" ")
	if !ok || len(values) > 1 {
		return authorization{}, incompleteSignature("Authorization header requires the algorithm " + signingAlgorithm + ".")
	}
	fields := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		fields[name] = value
	}
	for _, name := range []string{"Credential", "SignedHeaders", "Signature"} {
		if fields[name] == "" {
			return authorization{}, incompleteSignature("Authorization header requires '" + name + "' parameter.")
		}
	}
	scope := strings.Split(fields["Credential"], "/")
	if len(scope) != 5 || scope[4] != "aws4_request" || slices.Contains(scope, "") {
		return authorization{}, incompleteSignature("Credential must have exactly 5 slash-delimited elements, " +
			"e.g. keyid/date/region/service/aws4_request.")
	}
	return authorization{
		accessKeyID: scope[0], date: scope[1], region: scope[2], service: scope[3],
		signedHeaders: strings.Split(fields["SignedHeaders"], ";"),
		signature:     fields["Signature"],
	}, nil
}

// checkSignedHeaders demands that host, the date and every other X-Amz header
// that came with the request are covered by the signature.
func (a authorization) checkSignedHeaders(header http.Header) error {
	if !slices.IsSorted(a.signedHeaders) {
		return incompleteSignature("'SignedHeaders' must be sorted.")
	}
	required := []string{"host", "x-amz-date"}
	for name := range header {
		if lower := strings.ToLower(name); strings.HasPrefix(lower, "x-amz-") {
			required = append(required, lower)
		}
	}
	for _, name := range required {
		if !slices.Contains(a.signedHeaders, name) {
			return forbidden("InvalidSignatureException", "'%s' must be a 'SignedHeader' in the AWS Authorization header.", name)
		}
	}
	return nil
}

// checkDate answers a clock that is off with the code and the kind of message
// on which SDKs correct their clock from the answer's Date header.
func (a authorization) checkDate(date string, now time.Time) error {
	at, err := time.Parse(amzDateLayout, date)
	if err != nil {
		return incompleteSignature("Authorization header requires existence of a valid 'X-Amz-Date' header.")
	}
	if a.date != date[:len("20060102")] {
		return forbidden("InvalidSignatureException", "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP.")
	}
	server := now.UTC().Format(amzDateLayout)
	switch skew := at.Sub(now); {
	case skew < -maxClockSkew:
		return forbidden("InvalidSignatureException", "Signature expired: %s is more than 5 minutes earlier than %s.", date, server)
	case skew > maxClockSkew:
		return forbidden("InvalidSignatureException", "Signature not yet current: %s is more than 5 minutes later than %s.", date, server)
	}
	return nil
}

func (a authorization) canonicalRequest(r *http.Request, bodyHash string) string {
	path, query, _ := strings.Cut(r.RequestURI, "?")
	var b strings.Builder
	b.WriteString(r.Method + "\n" + escape(path, "/") + "\n" + canonicalQuery(query) + "\n")
	for _, name := range a.signedHeaders {
		values := slices.Clone(r.Header.Values(name))
		if name == "host" {
			values = []string{r.Host}
		}
		for i, v := range values {
			values[i] = strings.Join(strings.Fields(v), " ")
		}
		b.WriteString(name + ":" + strings.Join(values, ",") + "\n")
	}
	b.WriteString("\n" + strings.Join(a.signedHeaders, ";") + "\n" + bodyHash)
	return b.String()
}

func (a authorization) sign(secret, date, canonical string) string {
	scope := strings.Join([]string{a.date, a.region, a.service, "aws4_request"}, "/")
	key := []byte("AWS4" + secret)
	for _, part := range []string{a.date, a.region, a.service, "aws4_request"} {
		key = keyedHash(key, part)
	}
	toSign := strings.Join([]string{signingAlgorithm, date, scope, hexHash([]byte(canonical))}, "\n")
	return hex.EncodeToString(keyedHash(key, toSign))
}

// canonicalQuery sorts the parameters by name and value. What cannot be parsed
// is left as it came, and so will not match any signature.
func canonicalQuery(raw string) string {
	values, err := url.ParseQuery(raw)
	if err != nil {
		return raw
	}
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(values)) {
		for _, v := range slices.Sorted(slices.Values(values[name])) {
			pairs = append(pairs, escape(name, "")+"="+escape(v, ""))
		}
	}
	return strings.Join(pairs, "&")
}

// escape percent-encodes every byte but RFC 3986's unreserved characters and
// those in keep.
func escape(s, keep string) string {
	const unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
	var b strings.Builder
	for i := range len(s) {
		if strings.IndexByte(unreserved, s[i]) >= 0 || strings.IndexByte(keep, s[i]) >= 0 {
			b.WriteByte(s[i])
			continue
		}
		b.WriteString("%" + strings.ToUpper(hex.EncodeToString([]byte{s[i]})))
	}
	return b.String()
}

func incompleteSignature(message string) error {
	return forbidden("IncompleteSignatureException", "%s", message)
}

func keyedHash(key []byte, data string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(data))
	return h.Sum(nil)
}

func hexHash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
