package command

import (
	"cmp"
	"fmt"

	"ampedit/ui/host"
)

// moreHelp is the annotation of a command with the text that follows its flags.
const moreHelp = "more"

// helpTemplate is what --help prints, for every command.
const helpTemplate = `{{with or .Long .Short}}{{.}}

{{end}}Usage:
  {{.UseLine}}
{{- if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND [flags]

Commands:
{{- range .Commands}}{{if and .IsAvailableCommand (ne .Name "help")}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}
{{- end}}
{{- with .Example}}

Examples:
{{.}}
{{- end}}

Flags:
{{.LocalFlags.FlagUsages}}
{{- with index .Annotations "` + moreHelp + `"}}
{{.}}
{{end}}`

const examples = `  ampedit                               in the folder of an Amplify project
  ampedit prod.yaml                     on a request that is kept as a file
  ampedit --demo                        try it without an AWS account
  ampedit --profile acme-prod --app-id d1a2b3c4d5e6f7 --env prod --resource notes
  ampedit --schema amplify/backend/api/notes/schema.graphql
  ampedit plan prod.yaml                what would change, with a hash for apply --expect
  ampedit watch                         come back to what was sent last
  ampedit history                       what was sent from here, and what came of it
  ampedit emulator --port 4567          a service for tests of your own`

// about is what --help of the root command says after the flags.
func about(f folders) string {
	return fmt.Sprintf(`Environment:
  AMPEDIT_APP_ID, AMPEDIT_ENV, AMPEDIT_RESOURCE
                         as --app-id, --env and --resource
  AMPEDIT_DEBUG          as --debug, when not empty
  AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_AMPLIFYBACKEND, ...
                         as every AWS tool reads them
  NO_COLOR               no colours, when not empty
  VISUAL, EDITOR         the editor, with arguments and quotes as in a shell
  XDG_CONFIG_HOME, XDG_STATE_HOME
                         where the files below are
  Flags win over the environment, that over the configuration file, and that over
  the files of the Amplify project.

Exit codes:
  0  done, or left before anything was sent
  1  error; nothing was started
  2  wrong usage, no terminal, or --yes is missing
  3  the job failed
  4  left while the job runs
  5  outcome unknown: the update may have taken effect or not
  6  the job is COMPLETED, but what is deployed is not what was approved, could not
     be read, or the job reported an error
  7  plan --detailed-exitcode: there is something to change
  129, 130, 143  ended by SIGHUP, SIGINT, SIGTERM before anything was sent

Files:
  %s
      protected: patterns of environments whose name must be typed before sending
      allowed_accounts: the AWS accounts that may be changed; without it, all
      read_only: true refuses every update
      read_only_profiles: patterns of profiles with which every update is refused
  %s
      the logs of the last %d runs, without secrets
  The shared AWS configuration and the files of the Amplify project are read, never
  written. A file is written elsewhere only where you ask for it.`, cmp.Or(f.configFile(), "$XDG_CONFIG_HOME/ampedit/config.yaml"), cmp.Or(f.logs(), "$XDG_STATE_HOME/ampedit/log"), host.KeptLogs)
}
