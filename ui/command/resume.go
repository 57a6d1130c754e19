package command

import (
	"cmp"
	"regexp"
	"strings"

	"ampedit/ui/edit"
)

// resumeFunc gives the command that comes back to a job, "" if there is none.
type resumeFunc = func(edit.Target, *edit.Session, string) string

// resumer returns the resumeFunc for the flags that the program was started with.
func resumer(f *flags, getenv func(string) string) resumeFunc {
	if f.demo != "" { // its service ends with the program
		return func(edit.Target, *edit.Session, string) string { return "" }
	}
	endpoint := shownEndpoint(f.endpointURL, getenv)
	return func(t edit.Target, s *edit.Session, jobID string) string {
		return resumeCommand(t, s, jobID, endpoint)
	}
}

// resumeCommand returns the command that comes back to a job, with every flag it
// needs to work in another shell.
func resumeCommand(t edit.Target, s *edit.Session, jobID, endpointURL string) string {
	words := []string{"ampedit", "watch", quote(jobID)}
	flag := func(name, value string) {
		if value != "" {
			words = append(words, name, quote(value))
		}
	}
	flag("--app-id", t.AppID)
	flag("--env", t.Environment)
	if s != nil {
		flag("--profile", s.Profile)
		flag("--region", s.Region)
	}
	flag("--endpoint-url", endpointURL)
	return strings.Join(words, " ")
}

// shownEndpoint returns the endpoint that a command for another shell must name:
// the one of the flag, else of the environment, "" for AWS's own or the profile's.
func shownEndpoint(flag string, getenv func(string) string) string {
	if flag != "" || strings.EqualFold(getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true") {
		return flag
	}
	return cmp.Or(getenv("AWS_ENDPOINT_URL_AMPLIFYBACKEND"), getenv("AWS_ENDPOINT_URL"))
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)

// quote makes a word of a POSIX shell out of any text.
func quote(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
