package forms

import (
	"fmt"
	"strconv"
	"strings"

	"ampedit/client/sanitize"
	"ampedit/client/wire"
)

// Boto3 writes a request as a Python program that sends it with boto3, once, and
// prints the answer. The schema stands in it line by line.
func Boto3(in *wire.UpdateBackendAPIInput, via Access) (string, error) {
	if err := exportable(in); err != nil {
		return "", err
	}
	var out strings.Builder
	out.WriteString(inexpressibleComment(in, "boto3"))
	out.WriteString("import boto3\nfrom botocore.config import Config\n\n")
	out.WriteString("# One attempt only: the request has no idempotency token, and a repeated one may start a second job.\n")
	fmt.Fprintf(&out, "client = boto3.Session(%s).client(\n    \"amplifybackend\",\n", arguments("profile_name", via.Profile, "region_name", via.Region))
	if via.EndpointURL != "" {
		fmt.Fprintf(&out, "    endpoint_url=%s,\n", pythonText(via.EndpointURL))
	}
	out.WriteString("    config=Config(retries={\"total_max_attempts\": 1}),\n)\nresponse = client.update_backend_api(\n")
	for _, m := range inputDocument(in) {
		fmt.Fprintf(&out, "    %s=%s,\n", m.name, pythonValue(m.value, "    "))
	}
	out.WriteString(")\nprint(response.get(\"JobId\"), response.get(\"Status\"), response.get(\"Error\"))\n")
	return out.String(), nil
}

func arguments(namesAndValues ...string) string {
	var given []string
	for i := 0; i < len(namesAndValues); i += 2 {
		if value := namesAndValues[i+1]; value != "" {
			given = append(given, namesAndValues[i]+"="+pythonText(value))
		}
	}
	return strings.Join(given, ", ")
}

// pythonText writes a text as a Python literal: Go's escapes in quoted strings are all
// Python's too. What a terminal would not draw is escaped.
func pythonText(text string) string {
	var out strings.Builder
	for _, r := range strconv.Quote(text) {
		if sanitize.Drawn(r) {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, `\U%08x`, r)
		}
	}
	return out.String()
}

// pythonValue writes a value as a Python literal.
func pythonValue(value any, indent string) string {
	inner := indent + "    "
	var out strings.Builder
	switch v := value.(type) {
	case string:
		if strings.Count(v, "\n") == 0 {
			return pythonText(v)
		}
		out.WriteString("(\n")
		for line := range strings.Lines(v) {
			out.WriteString(inner + pythonText(line) + "\n")
		}
		return out.String() + indent + ")"
	case float64:
		return formatDays(&v)
	case document:
		if len(v) == 0 {
			return "{}"
		}
		out.WriteString("{\n")
		for _, m := range v {
			fmt.Fprintf(&out, "%s%q: %s,\n", inner, m.name, pythonValue(m.value, inner))
		}
		return out.String() + indent + "}"
	}
	list := value.([]any)
	if len(list) == 0 {
		return "[]"
	}
	out.WriteString("[\n")
	for _, element := range list {
		fmt.Fprintf(&out, "%s%s,\n", inner, pythonValue(element, inner))
	}
	return out.String() + indent + "]"
}
