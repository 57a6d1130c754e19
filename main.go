// Ampedit edits the configuration of an AWS Amplify Gen 1 backend's GraphQL API
// from the terminal. See README.md.
package main

import (
	"os"

	"ampedit/ui/command"
	_ "ampedit/ui/earlybg" // must be initialised before Bubble Tea; see there
)

func main() { os.Exit(command.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
