package command

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"ampedit/client/files"
	"ampedit/client/project"
	"ampedit/client/shell"
	"ampedit/client/suggest"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/schema"
	"ampedit/ui/edit"
	"ampedit/ui/host"
)

// requestFormats are the values of --format, in the order of the help.
var requestFormats = []string{"json", "cli-input-json", "aws-cli", "boto3"}

func newRequest(s *host.Streams) *cobra.Command {
	f, format := &flags{}, ""
	cmd := &cobra.Command{
		Use:   "request [FILE]",
		Short: "Print the request that would be sent; needs no network",
		Long: `Prints the request that would be sent, and nothing else, to standard output; what
is worth knowing about it goes to standard error. Nothing is sent, and no network
is needed.

FILE is a request that is kept as JSON or YAML, a cli-inputs.json or the payload of
a headless command; - stands for standard input. What it does not state is taken
from the Amplify project around, if that is of the same app, environment and
resource; else a warning names it. Without FILE the request is what the files of the
Amplify project say. A request with a secret in it is not printed.`,
		Example: `  ampedit request --dir ~/src/notes --env prod
  ampedit request prod.yaml --format aws-cli > update.sh
  ampedit request prod.yaml --schema schema.graphql --format boto3`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("request takes one FILE, but got %d; a schema is named with --schema", len(args))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			return printRequest(f, s, format, append(args, "")[0])
		},
	}
	all := &cobra.Command{}
	f.register(all)
	cmd.Flags().SortFlags = false
	cmd.Flags().StringVar(&format, "format", requestFormats[0], "`name` of what to print: "+strings.Join(requestFormats, ", "))
	for _, name := range []string{"dir", "app-id", "env", "resource", "schema", "profile", "region", "endpoint-url", "help"} {
		cmd.Flags().AddFlag(all.Flags().Lookup(name))
	}
	return cmd
}

func printRequest(f *flags, s *host.Streams, format, file string) error {
	if !slices.Contains(requestFormats, format) {
		return usage("--format %q is not known; it is one of %s%s", format, strings.Join(requestFormats, ", "), suggest.DidYouMean(format, requestFormats))
	}
	if err := f.enter(); err != nil {
		return err
	}
	if f.schema == "-" && file == "-" {
		return errTwoInputs
	}
	r := &requestSource{flags: f, format: format, getenv: os.Getenv, input: s.In(), errOut: s.Err}
	r.open = sync.OnceValues(func() (*project.Project, error) { return project.Open(".") })
	read := r.fromProject
	if file != "" {
		read = func() error { return r.fromFile(file) }
	}
	if err := read(); err != nil {
		return err
	}
	if err := r.judge(); err != nil {
		return err
	}
	text, err := r.text()
	if err != nil {
		return err
	}
	return s.Out.Verbatim(text)
}

// requestSource gathers a request from flags, environment, a kept file and the
// project's files, the former before the latter.
type requestSource struct {
	flags  *flags
	format string
	getenv func(string) string
	open   func() (*project.Project, error)
	input  io.Reader
	errOut *host.Printer

	in     *wire.UpdateBackendAPIInput
	access forms.Access
	region string      // of the backend, "" if it is not known without a connection
	stated []statement // what the rules are held against
	errors int         // how many were said
	// findings are those of the project in root.
	findings []project.Finding
	root     string
}

// statement is a request as files state it.
type statement struct {
	in    *wire.UpdateBackendAPIInput
	place placer // of the values in the files
}

// tell prints a problem to standard error.
func (r *requestSource) tell(found record) {
	if found.isError() {
		r.errors++
	}
	_ = r.errOut.Print(found.text() + "\n")
}

// judge says what the rules find in the request, and refuses one with errors.
func (r *requestSource) judge() error {
	var stated []record
	for _, s := range r.stated {
		for _, found := range statedRecords(s.in, r.region, s.place, "") {
			if !slices.ContainsFunc(stated, func(other record) bool { return found.Rule == other.Rule && found.Message == other.Message }) {
				stated = append(stated, found)
			}
		}
	}
	for _, finding := range withoutTwice(r.root, r.findings, stated) {
		if finding.Code.Kind() == project.Unreadable {
			r.tell(findingRecord(r.root, finding))
		} else {
			r.say(finding.String())
		}
	}
	for _, found := range stated {
		r.tell(found)
	}
	if r.errors > 0 {
		return fmt.Errorf("no request was printed, because what it is made of has errors: %d", r.errors)
	}
	return nil
}

// say prints a line to standard error.
func (r *requestSource) say(line string) { _ = r.errOut.Line("%s", line) }

// settle fills in the target and the access that the flags or a file gave, and
// else the environment and the project.
func (r *requestSource) settle(f flags, config *wire.ResourceConfig) {
	e := edit.New(time.Now)
	e.Begin(targetOrigins(&f, r.getenv, r.open))
	t, access := e.Target(), e.Access()
	r.in = &wire.UpdateBackendAPIInput{
		AppID:                  t.AppID,
		BackendEnvironmentName: t.Environment,
		ResourceName:           t.ResourceName,
		ResourceConfig:         config,
	}
	r.access = forms.Access{Profile: access.Profile, Region: access.Region, EndpointURL: f.endpointURL}
	r.region = cmp.Or(access.Region, r.getenv("AWS_REGION"), r.getenv("AWS_DEFAULT_REGION"), access.DefaultRegion)
}

// fromProject reads what the project's files say about the environment.
func (r *requestSource) fromProject() error {
	p, err := r.open()
	if errors.Is(err, project.ErrNoProject) {
		return usage("%w; name a kept request, or a folder of the project with --dir", err)
	}
	if err != nil {
		return err
	}
	f := *r.flags
	f.environment = cmp.Or(f.environment, r.getenv("AMPEDIT_ENV"), p.CurrentEnvironment().Value)
	b, err := p.Backend(f.environment)
	switch {
	case errors.Is(err, project.ErrNoEnvironment):
		if b = p.Common(); r.format != "json" || usesPool(b) {
			return usage("%w", missing(nil, r.open, forms.KeyEnvironment))
		}
	case err != nil:
		return err
	}
	place := inBackend(p.Root(), b)
	r.root, r.findings = p.Root(), b.Findings
	f.resource = cmp.Or(f.resource, r.getenv("AMPEDIT_RESOURCE"), b.ResourceName.Value)
	r.settle(f, b.ResourceConfig())
	r.stated = []statement{{r.in, place}}
	if f.schema != "" || len(b.SchemaFiles) == 0 {
		return r.replaceSchema()
	}
	var paths []string
	for _, file := range b.SchemaFiles {
		paths = append(paths, filepath.Join(p.Root(), filepath.FromSlash(file)))
	}
	return r.loadSchema(paths...)
}

// usesPool reports whether a project's API authorizes through Cognito, whose pool is
// another one in each environment.
func usesPool(b project.Backend) bool {
	types := append(b.AdditionalAuthTypes.Value, b.DefaultAuthType.Value)
	return slices.ContainsFunc(types, func(a project.AuthType) bool { return wire.Mode(a.Mode) == wire.ModeCognito })
}

// replaceSchema takes the schema that --schema names, - for standard input.
func (r *requestSource) replaceSchema() error {
	switch path := r.flags.schema; path {
	case "":
		return nil
	case "-":
		return r.takeSchema(schema.Read(standardInput, r.input))
	default:
		return r.loadSchema(edit.ExpandPath(path))
	}
}

func (r *requestSource) loadSchema(paths ...string) error {
	return r.takeSchema(schema.Load(files.Disk{}, paths...))
}

func (r *requestSource) takeSchema(source *schema.Source, err error) error {
	if err != nil {
		return err
	}
	if r.in.ResourceConfig == nil {
		r.in.ResourceConfig = &wire.ResourceConfig{}
	}
	text := source.Text()
	r.in.ResourceConfig.TransformSchema = &text
	return nil
}

// text writes the request in its format. The body alone names neither app nor
// environment and so can do without them.
func (r *requestSource) text() (string, error) {
	needed := []forms.Key{forms.KeyResourceName}
	if r.format != "json" {
		needed = append(needed, forms.KeyAppID, forms.KeyEnvironment)
	}
	values := map[forms.Key]string{
		forms.KeyAppID: r.in.AppID, forms.KeyEnvironment: r.in.BackendEnvironmentName, forms.KeyResourceName: r.in.ResourceName,
	}
	if err := missing(values, r.open, needed...); err != nil {
		return "", err
	}
	if paths := forms.Secrets(r.in.ResourceConfig); len(paths) > 0 {
		return "", fmt.Errorf("no request is printed: a secret, or the gap that one has left, stands in %s; change that first", strings.Join(paths, ", "))
	}
	switch r.format {
	case "aws-cli":
		return forms.AWSCLI(r.in, r.access, shell.Here())
	case "boto3":
		return forms.Boto3(r.in, r.access)
	case "cli-input-json":
		if paths := forms.Inexpressible(r.in); len(paths) > 0 {
			r.say("not the whole request: the AWS CLI does not know " + strings.Join(paths, ", "))
		}
		data, err := forms.CLIInputJSON(r.in)
		return string(data), err
	}
	data, err := wire.Body(r.in)
	return string(data) + "\n", err
}
