package edit

import (
	"fmt"
	"strings"

	"ampedit/forms"
)

// Stated is a value and who states it: a flag, a variable of the environment, a
// file.
type Stated struct{ Value, From string }

// Origins say who states the values that nobody typed.
type Origins struct {
	// Fields are those that filled fields of the target.
	Fields map[forms.Key]Stated
	// Regions are the regions that the environment and the project state, those
	// that count more first.
	Regions []Stated
	// Endpoint names what chose the endpoint, "" if neither a flag nor the
	// environment did.
	Endpoint string
}

// Origin is one line of what is known of who acts, on what, and where that came
// from.
type Origin struct {
	Label, Value string
	// From is "" where there is nothing to add to the value.
	From string
}

// Origins tell who acts, on what, and where each of it came from.
func (e *Edit) Origins(o Origins) []Origin {
	s := e.session
	if s == nil {
		s = &Session{}
	}
	rows := []Origin{
		{"Account", s.Identity.Account, "the credentials, according to AWS STS"},
		{"Caller", s.Identity.ARN, "the credentials, according to AWS STS"},
		{"Credentials", s.Credentials, ""},
		{"AWS profile", s.Profile, e.profileFrom(o)},
		{"Region", e.Access().Region, e.from(o, forms.KeyRegion)},
		{"Endpoint", s.Endpoint, endpointFrom(o, s.Endpoint)},
	}
	for _, f := range forms.Fields(forms.StepTarget, e.Answers) {
		switch f.Key {
		case forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName:
			rows = append(rows, Origin{f.Label, e.Answers.Text(forms.At(forms.StepTarget, f.Key)), e.from(o, f.Key)})
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
func (e *Edit) from(o Origins, key forms.Key) string {
	text := e.Answers.Text(forms.At(forms.StepTarget, key))
	if e.file != nil && text == map[forms.Key]string{
		forms.KeyAppID: e.file.Document.Target.AppID, forms.KeyEnvironment: e.file.Document.Target.Environment, forms.KeyResourceName: e.file.Document.Target.ResourceName,
	}[key] {
		return e.file.Path
	}
	if stated := o.Fields[key]; stated.Value == text && stated.From != "" {
		return stated.From
	}
	if key == forms.KeyRegion {
		for _, stated := range e.regions(o) {
			if stated.Value == text {
				return stated.From
			}
		}
	}
	return "typed"
}

// profileFrom says where the profile came from. The answer is empty while the
// environment chooses.
func (e *Edit) profileFrom(o Origins) string {
	if stated := o.Fields[forms.KeyProfile]; e.Access().Profile == "" {
		if stated.Value == "" && stated.From != "" {
			return stated.From // a variable that is left to AWS's own rules
		}
		return "the AWS tools' own choice"
	}
	return e.from(o, forms.KeyProfile)
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

// regions are all regions that somebody states.
func (e *Edit) regions(o Origins) []Stated {
	out := append([]Stated{}, o.Regions...)
	if s := e.session; s != nil && s.ProfileRegion != "" {
		profile := s.Profile
		if profile == "" {
			profile = "default"
		}
		out = append(out, Stated{s.ProfileRegion, "profile " + profile})
	}
	return out
}

// RegionConflict says in one line that regions disagree, "" if they do not.
func (e *Edit) RegionConflict(o Origins) string {
	stated, differ := e.regions(o), false
	var parts []string
	for _, r := range stated {
		differ = differ || r.Value != stated[0].Value
		parts = append(parts, fmt.Sprintf("%s says %s", r.From, r.Value))
	}
	if !differ {
		return ""
	}
	return fmt.Sprintf("The regions disagree: %s. %s is used.", strings.Join(parts, ", "), e.Access().Region)
}
