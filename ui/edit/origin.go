package edit

import (
	"strings"

	"ampedit/forms"
)

// Stated is a value and who states it: a flag, a variable of the environment, a
// file.
type Stated struct {
	Value, From string
	// Chosen says that it was chosen for this run, by a flag or by a receipt.
	Chosen bool
}

// Origins are the values that nobody typed, and who states them.
type Origins struct {
	// Fields are those that fill fields of the target.
	Fields map[forms.Key]Stated
	// Regions are the regions that the environment states, the one that counts first.
	Regions []Stated
	// Project are the regions that the project states, by app and environment; the
	// resource is empty.
	Project map[Target]Stated
	// Endpoint names what chose the endpoint, "" if neither a flag nor the
	// environment did.
	Endpoint string
}

// Begin fills the fields of the target with what was stated, and remembers by whom.
func (e *Edit) Begin(o Origins) {
	e.origins = o
	for key, stated := range o.Fields {
		e.Answers.Fill(forms.At(forms.StepTarget, key), stated.Value)
	}
	e.Touch()
}

// Origin is one line of what is known of who acts, on what, and where that came
// from.
type Origin struct {
	Label, Value string
	// From is "" where there is nothing to add to the value.
	From string
}

// Origins tell who acts, on what, and where each of it came from.
func (e *Edit) Origins() []Origin {
	o, s := e.origins, e.session
	if s == nil {
		s = &Session{}
	}
	rows := []Origin{
		{"Account", s.Identity.Account, "the credentials, according to AWS STS"},
		{"Caller", s.Identity.ARN, "the credentials, according to AWS STS"},
		{"Credentials", s.Credentials, ""},
		{"AWS profile", s.Profile, e.profileFrom()},
		{"Region", e.Region().Value, e.Region().From},
		{"Endpoint", s.Endpoint, endpointFrom(o, s.Endpoint)},
	}
	for _, f := range forms.Fields(forms.StepTarget, e.Answers) {
		switch f.Key {
		case forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName:
			rows = append(rows, Origin{f.Label, e.Answers.Text(forms.At(forms.StepTarget, f.Key)), e.from(f.Key)})
		}
	}
	for i := range rows {
		switch {
		case rows[i].Value != "":
		case rows[i].Label == "AWS profile" && e.session != nil:
			rows[i].Value, rows[i].From = "none", ""
		default:
			rows[i].Value, rows[i].From = "not known", ""
		}
	}
	return rows
}

// from says where the value of a field came from.
func (e *Edit) from(key forms.Key) string {
	text := e.Answers.Text(forms.At(forms.StepTarget, key))
	if e.file != nil && text == map[forms.Key]string{
		forms.KeyAppID: e.file.Document.Target.AppID, forms.KeyEnvironment: e.file.Document.Target.Environment, forms.KeyResourceName: e.file.Document.Target.ResourceName,
	}[key] {
		return e.file.Path
	}
	if stated := e.origins.Fields[key]; stated.Value == text && stated.From != "" {
		return stated.From
	}
	return "typed"
}

// profileFrom says where the profile came from. The answer is empty while the
// environment chooses.
func (e *Edit) profileFrom() string {
	if stated := e.origins.Fields[forms.KeyProfile]; e.Access().Profile == "" {
		if stated.Value == "" && stated.From != "" {
			return stated.From // a variable that is left to AWS's own rules
		}
		return "the AWS tools' own choice"
	}
	return e.from(forms.KeyProfile)
}

func endpointFrom(o Origins, endpoint string) string {
	switch {
	case o.Endpoint != "":
		return o.Endpoint
	case strings.HasSuffix(strings.TrimSuffix(endpoint, "/"), ".amazonaws.com"):
		return "the region"
	}
	return "the AWS configuration"
}
