package forms

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"ampedit/client/sanitize"
	"ampedit/client/shell"
	"ampedit/client/wire"
)

// AWSCLI writes a request as commands for a shell that send it with the AWS CLI,
// once: by itself the AWS CLI would repeat a request that may have started a job. It
// is an error if the shell has no room for it.
func AWSCLI(in *wire.UpdateBackendAPIInput, via Access, sh shell.Shell) (string, error) {
	if err := exportable(in); err != nil {
		return "", err
	}
	switch sh {
	case shell.Cmd:
		return cmdExport(in, via)
	case shell.PowerShell, shell.WindowsPowerShell:
		return powerShellExport(in, via, sh), nil
	}
	return posixExport(in, via), nil
}

// posixExport writes a request as one command.
//
// Inside JSON and in a plain shorthand value the AWS CLI takes file://… for the
// text itself, and an argument may be too long for a shell. So a schema comes
// through standard input: as it is, assigned by the shorthand's @= (AWS CLI 2.20
// or 1.36 and later), or, where the shorthand cannot say every value, within the
// configuration as JSON.
func posixExport(in *wire.UpdateBackendAPIInput, via Access) string {
	comment := inexpressibleComment(in, "the AWS CLI")
	whole := inputDocument(in)
	config := configDocument(whole)
	schema := schemaOf(in)
	if schema == "" || !namesAreArguments(in) {
		return comment + sendOnce + command(via, "--cli-input-json", string(whole.json("", "")))
	}
	input, argument := string(config.json("", "  ")), "file:///dev/stdin"
	if quotable(config) && !hasControl(schema) {
		input, argument = schema, config.shorthand()
	}
	return comment + pipe(input) + sendOnce + command(via,
		"--app-id", in.AppID, "--backend-environment-name", in.BackendEnvironmentName, "--resource-name", in.ResourceName,
		"--resource-config", argument)
}

func schemaOf(in *wire.UpdateBackendAPIInput) string {
	if in.ResourceConfig == nil {
		return ""
	}
	return wire.Text(in.ResourceConfig.TransformSchema)
}

// pipe writes a text to the standard input of the command that follows. The
// shell's own printf has no limit on the length of an argument. Both major
// versions of the AWS CLI are told that the text is UTF-8, which they do not
// assume in every locale.
func pipe(text string) string {
	return shell.POSIX.Line("printf", "%s", text) + " | AWS_CLI_FILE_ENCODING=UTF-8 PYTHONUTF8=1 "
}

// sendOnce switches the AWS CLI's own repetitions off.
const sendOnce = "AWS_MAX_ATTEMPTS=1 "

// command writes the operation with its flags, each a name and a value, one a line.
func command(via Access, flags ...string) string {
	const nextLine = " \\\n  "
	var out strings.Builder
	out.WriteString(operation)
	flags = append(via.flags(), flags...)
	for pair := range slices.Chunk(flags, 2) {
		out.WriteString(nextLine + shell.POSIX.Line(pair...))
	}
	return out.String() + "\n"
}

const operation = "aws amplifybackend update-backend-api"

// flags are those members that are not empty, each a name and a value.
func (a Access) flags() []string {
	var flags []string
	for _, flag := range [][]string{{"--profile", a.Profile}, {"--region", a.Region}, {"--endpoint-url", a.EndpointURL}} {
		if flag[1] != "" {
			flags = append(flags, flag...)
		}
	}
	return flags
}

var argumentForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*$`)

// namesAreArguments reports whether the names can be arguments of their own: the
// AWS CLI reads a file or an address where an argument looks like one.
func namesAreArguments(in *wire.UpdateBackendAPIInput) bool {
	return argumentForm.MatchString(in.AppID) && argumentForm.MatchString(in.BackendEnvironmentName) &&
		argumentForm.MatchString(in.ResourceName)
}

// quotable reports whether the AWS CLI's shorthand can say every value but the
// schema. It undoes backslashes in a way that depends on what follows.
func quotable(value any) bool {
	switch v := value.(type) {
	case string:
		return !strings.Contains(v, `\`) && !hasControl(v)
	case document:
		for _, m := range v {
			if m.name != schemaMember && !quotable(m.value) {
				return false
			}
		}
	case []any:
		for _, element := range v {
			if !quotable(element) {
				return false
			}
		}
	}
	return true
}

// hasControl reports characters other than tabs and newlines that a terminal would not
// draw: reading a file as text changes some of them, and a shell cannot hold others.
func hasControl(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && !sanitize.Drawn(r) })
}

const schemaMember = "TransformSchema"

func configDocument(d document) document {
	for _, m := range d {
		if config, ok := m.value.(document); ok {
			return config
		}
	}
	return nil
}

// shorthand writes a structure's members in the AWS CLI's shorthand, the schema
// as what standard input holds.
func (d document) shorthand() string {
	parts := make([]string, len(d))
	for i, m := range d {
		if m.name == schemaMember {
			parts[i] = m.name + "@=file:///dev/stdin"
			continue
		}
		parts[i] = m.name + "=" + shorthandValue(m.value)
	}
	return strings.Join(parts, ",")
}

func shorthandValue(value any) string {
	switch v := value.(type) {
	case string:
		return `"` + strings.ReplaceAll(v, `"`, `\"`) + `"`
	case float64:
		return formatDays(&v)
	case document:
		return "{" + v.shorthand() + "}"
	case []any:
		parts := make([]string, len(v))
		for i, element := range v {
			parts[i] = shorthandValue(element)
		}
		return "[" + strings.Join(parts, ",") + "]"
	}
	panic(fmt.Sprintf("forms: %T in a request", value))
}
