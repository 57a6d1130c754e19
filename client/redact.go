package client

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"ampedit/client/wire"
)

const redacted = "[redacted]"

// Secrets as they look in headers, in JSON, in XML, in forms, in INI files and in the
// environment. Each pattern's
// first group stays, the rest goes.
var secretPatterns = []*regexp.Regexp{
	regexp.MustCompile(`(?im)^((?:authorization|proxy-authorization|x-amz-security-token|x-amz-sso_bearer_token|x-aws-ec2-metadata-token|cookie|set-cookie)\s*:)[^\r\n]*`),
	regexp.MustCompile(`(?i)("(?:access_?key_?id|secret_?access_?key|session_?token|access_?token|refresh_?token|id_?token|client_?secret|token)"\s*:\s*")(?:[^"\\]|\\.)*`),
	regexp.MustCompile(`(?i)(<(?:AccessKeyId|SecretAccessKey|SessionToken)>)[^<]*`),
	regexp.MustCompile(`(?i)(\b(?:TokenCode|WebIdentityToken|X-Amz-Security-Token|X-Amz-Signature|X-Amz-Credential)=)[^&\s]*`),
	regexp.MustCompile(`(?i)(\b(?:aws_)?(?:access_key_id|secret_access_key|session_token|security_token)\s*=\s*)(?:"[^"\r\n]*"|'[^'\r\n]*'|[^\s"'&;]+)`),
	regexp.MustCompile(`(^|[^A-Za-z0-9])da2-[A-Za-z0-9]+`), // an AppSync API key
	regexp.MustCompile(`()\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b`),
	regexp.MustCompile(`()\b(?:FwoGZXIvYXdz|FQoGZXIvYXdz|IQoJb3JpZ2lu)[A-Za-z0-9/+=%_\\-]*`), // a session token of STS
	regexp.MustCompile(`()\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*`),              // a JSON Web Token, RFC 7519
}

// redactor removes secrets from text: whatever looks like one, and the very
// credentials that are in use.
type redactor struct {
	mu    sync.Mutex
	known []string
}

// minSecret is the least length of a secret that is searched for, in bytes. AWS's
// are longer; shorter ones would only make a log unreadable.
const minSecret = 8

// add makes the redactor know secrets by their text.
func (r *redactor) add(secrets ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, s := range secrets {
		if len(s) >= minSecret && !slices.Contains(r.known, s) {
			r.known = append(r.known, s)
		}
	}
}

func (r *redactor) redact(s string) string {
	for _, pattern := range secretPatterns {
		s = pattern.ReplaceAllString(s, "${1}"+redacted)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, secret := range r.known {
		s = strings.ReplaceAll(s, secret, redacted)
	}
	return s
}

// redactJob removes secrets from the texts of a job that are for people alone.
func redactJob(job *wire.Job) {
	redactText(job.Operation)
	redactText(job.Error)
}

func redactText(s *string) {
	if s != nil {
		*s = Redact(*s)
	}
}

// Redact removes whatever looks like a secret from a text: API keys, access keys,
// tokens and Authorization headers. Every text from outside that is shown,
// logged or kept goes through it.
func Redact(text string) string { return new(redactor).redact(text) }
