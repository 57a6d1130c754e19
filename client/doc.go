// Package client calls AmplifyBackend, the service behind an Amplify Gen 1
// backend, and watches the jobs that it runs.
//
// It is built like a generated client of the AWS SDK for Go v2, on the same
// middleware, with two differences. UpdateBackendAPI, which has no idempotency
// token, is sent once, and every error of it says whether the service may have
// acted ([EffectOf]). And nothing in here touches the terminal: the SDK's warnings,
// its prompts and its wire logs go where [Options] says. The one exception is a
// credential_process, which the SDK starts with the program's standard input and
// error; see [Client.RetrieveCredentials].
//
// The requests and responses are those of package wire.
package client
