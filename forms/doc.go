// Package forms describes what ampedit asks: fields, rules, defaults, and the
// way from answers to a request and back. It knows neither terminal nor network:
// the form pages, the line dialogue and configuration files all follow the one
// description here.
//
// Answers are kept verbatim, as typed, valid or not. Check judges the whole set
// of them, Request turns them into the bytes that are sent, and Rebase puts a
// newly read configuration under them without losing a character.
package forms
