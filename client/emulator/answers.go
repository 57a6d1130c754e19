package emulator

import (
	"iter"
	"maps"
	"slices"
)

// The tables below restate, by hand, the members of the answers, as members.go does
// for the requests. Source: service model amplifybackend 2020-08-11; of the other
// services only what this package answers.

var jobShape = &shape{kind: structure, members: map[string]*shape{
	"appId":                  aText,
	"backendEnvironmentName": aText,
	"createTime":             aText,
	"error":                  aText,
	"jobId":                  aText,
	"operation":              aText,
	"status":                 aText,
	"updateTime":             aText,
}}

var updateAnswer = &shape{kind: structure, members: map[string]*shape{
	"appId":                  aText,
	"backendEnvironmentName": aText,
	"error":                  aText,
	"jobId":                  aText,
	"operation":              aText,
	"status":                 aText,
}}

var getAPIAnswer = &shape{kind: structure, members: map[string]*shape{
	"appId":                  aText,
	"backendEnvironmentName": aText,
	"error":                  aText,
	"resourceConfig":         resourceConfigShape,
	"resourceName":           aText,
}}

var listJobsAnswer = &shape{kind: structure, members: map[string]*shape{
	"jobs":      {kind: list, element: jobShape},
	"nextToken": aText,
}}

var getBackendAnswer = &shape{kind: structure, members: map[string]*shape{
	"amplifyFeatureFlags":    aText,
	"amplifyMetaConfig":      aText,
	"appId":                  aText,
	"appName":                aText,
	"backendEnvironmentList": {kind: list, element: aText},
	"backendEnvironmentName": aText,
	"error":                  aText,
}}

var listAppsAnswer = &shape{kind: structure, members: map[string]*shape{
	"apps": {kind: list, element: &shape{kind: structure, members: map[string]*shape{
		"appArn": aText, "appId": aText, "createTime": {kind: double}, "defaultDomain": aText, "description": aText,
		"name": aText, "platform": aText, "repository": aText, "updateTime": {kind: double},
	}}},
	"nextToken": aText,
}}

var listUserPoolsAnswer = &shape{kind: structure, members: map[string]*shape{
	"NextToken": aText,
	"UserPools": {kind: list, element: &shape{kind: structure, members: map[string]*shape{
		"CreationDate": {kind: double}, "Id": aText, "LastModifiedDate": {kind: double}, "Name": aText,
	}}},
}}

var getCallerIdentityAnswer = &shape{kind: structure, members: map[string]*shape{"Account": aText, "Arn": aText, "UserId": aText}}

// failureShapes are the members of the errors that every operation of AmplifyBackend
// declares, by code.
var failureShapes = map[string]*shape{
	badRequestCode:             {kind: structure, members: map[string]*shape{"message": aText}},
	"GatewayTimeoutException":  {kind: structure, members: map[string]*shape{"message": aText}},
	"NotFoundException":        {kind: structure, members: map[string]*shape{"message": aText, "resourceType": aText}},
	"TooManyRequestsException": {kind: structure, members: map[string]*shape{"limitType": aText, "message": aText}},
}

// AnswerMember is a place of an answer that holds a text or a number.
type AnswerMember struct {
	Operation string
	// Code is that of an error, "" for the operation's own answer.
	Code string
	// Path leads to the member; [] stands for any element of a list.
	Path string
}

// AnswerMembers goes through all members of the answers of all operations, and of the errors
// that they declare.
func AnswerMembers() iter.Seq[AnswerMember] {
	return func(yield func(AnswerMember) bool) {
		for _, op := range operations {
			if !op.answer.each(AnswerMember{Operation: op.name}, yield) {
				return
			}
			if op.service != amplifyBackend {
				continue
			}
			for code, s := range failureShapes {
				if !s.each(AnswerMember{Operation: op.name, Code: code}, yield) {
					return
				}
			}
		}
	}
}

// each goes through the members below s, which is at m.
func (s *shape) each(m AnswerMember, yield func(AnswerMember) bool) bool {
	switch s.kind {
	case structure:
		for name, member := range s.members {
			below := m
			below.Path = join(m.Path, name)
			if !member.each(below, yield) {
				return false
			}
		}
		return true
	case list:
		m.Path += "[]"
		return s.element.each(m, yield)
	}
	return yield(m)
}

// edited returns value, which has the shape s, with each member replaced by what edit
// makes of it: nil leaves it out, and of an absent one edit gets nil. The value itself
// stays what it is. Members that the shape lacks stay.
func (s *shape) edited(m AnswerMember, value any, edit func(AnswerMember, any) any) any {
	switch s.kind {
	case structure:
		given, _ := value.(object)
		out := maps.Clone(given)
		for name, member := range s.members {
			below := m
			below.Path = join(m.Path, name)
			switch now := member.edited(below, given[name], edit); {
			case now == nil:
				delete(out, name)
			case out == nil:
				out = object{name: now}
			default:
				out[name] = now
			}
		}
		if out == nil {
			return nil
		}
		return out
	case list:
		m.Path += "[]"
		var out []any
		switch given := value.(type) {
		case nil:
			return nil
		case []any:
			out = slices.Clone(given)
		case []object:
			for _, element := range given {
				out = append(out, element)
			}
		case []string:
			for _, element := range given {
				out = append(out, element)
			}
		}
		for i := range out {
			out[i] = s.element.edited(m, out[i], edit)
		}
		return out
	}
	return edit(m, value)
}
