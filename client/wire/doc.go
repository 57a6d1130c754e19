// Package wire holds the requests and responses of AmplifyBackend as they
// travel: types and their JSON, nothing else.
//
// Names and JSON members follow the service model (AmplifyBackend, API version
// 2020-08-11, protocol rest-json). Every member that the model calls optional is
// a pointer or a nilable slice, so that absent, empty and set stay three
// different things. Members that the model does not know, and enum values that
// it does not list, survive a decode followed by an encode.
package wire
