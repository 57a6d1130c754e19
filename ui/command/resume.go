package command

import (
	"cmp"
	"strings"

	"ampedit/client/shell"
	"ampedit/client/submission"
	"ampedit/ui/edit"
)

// resumeFunc gives the command that comes back to a submission, "" if there is none.
type resumeFunc = func(*submission.Submission, *edit.Session) string

// resumer returns the resumeFunc for the flags that the program was started with.
func resumer(f *flags, getenv func(string) string) resumeFunc {
	if f.demo != "" { // its service ends with the program
		return func(*submission.Submission, *edit.Session) string { return "" }
	}
	endpoint := shownEndpoint(f.endpointURL, getenv)
	return func(sub *submission.Submission, s *edit.Session) string {
		return resumeCommand(sub, s, endpoint)
	}
}

// resumeCommand returns the command that comes back to a submission, with every flag
// it needs to work in another shell; "" if there is nothing to come back to.
func resumeCommand(sub *submission.Submission, s *edit.Session, endpointURL string) string {
	if sub.Name() == "" {
		return ""
	}
	words := []string{"ampedit", "watch", sub.Name()}
	flag := func(name, value string) {
		if value != "" {
			words = append(words, name, value)
		}
	}
	t := sub.Target()
	flag("--app-id", t.AppID)
	flag("--env", t.Environment)
	if s != nil {
		flag("--profile", s.Profile)
	}
	flag("--region", t.Region)
	flag("--endpoint-url", endpointURL)
	return shell.Line(words...)
}

// shownEndpoint returns the endpoint that a command for another shell must name:
// the one of the flag, else of the environment, "" for AWS's own or the profile's.
func shownEndpoint(flag string, getenv func(string) string) string {
	if flag != "" || strings.EqualFold(getenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"), "true") {
		return flag
	}
	return cmp.Or(getenv("AWS_ENDPOINT_URL_AMPLIFYBACKEND"), getenv("AWS_ENDPOINT_URL"))
}
