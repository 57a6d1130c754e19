package client

import "regexp"

// jobHints are failures of jobs that users have reported, and what helped.
var jobHints = []struct {
	text *regexp.Regexp
	hint string
}{
	{regexp.MustCompile(`(?i)override`), "The backend has an override.ts, which the service refuses to run. Deploy the change with the Amplify CLI instead (amplify push), or take the override out."},
	{regexp.MustCompile(`(?i)custom[- ]resource|"?custom"? categor`), "The backend has custom resources, which the service refuses to deploy. Deploy the change with the Amplify CLI instead (amplify push)."},
	{regexp.MustCompile(`(?i)api key not found`), "AppSync no longer has the API key that Amplify knows, for instance because it ended or was deleted. Remove API_KEY as an authorization type, deploy, and add it again."},
	{regexp.MustCompile(`(?i)valid for a minimum of 1 days|between 1 and 365`), "A key life of exactly 1 day is usually refused. Give 2 days or more."},
	{regexp.MustCompile(`(?i)pending job`), "Another job of this environment has not ended. Watch it, and send again when it has."},
	{regexp.MustCompile(`(?i)schema|syntax error|@auth|directive|has no field|unknown type`), "The transformer refuses the schema. 5 Schema lists what the checker finds, with line and column."},
}

// JobHint says what to do about a job that failed with an error text; "" if
// nothing is known that helps.
func JobHint(text string) string {
	for _, h := range jobHints {
		if h.text.MatchString(text) {
			return h.hint
		}
	}
	return ""
}
