package edit

import (
	"fmt"
	"strings"

	"ampedit/forms"
)

// Access returns with what to call AWS, by this order of who says the region: the
// user, in the field or by a flag; the environment; the profile, if the user chose
// it; the project; and last the profile that nobody chose.
func (e *Edit) Access() Access {
	region, profile := e.Answers.Target[forms.KeyRegion], e.Answers.Target[forms.KeyProfile]
	a := Access{Profile: strings.TrimSpace(profile.Text)}
	stated, project := e.origins.Fields[forms.KeyRegion], e.projectRegion()
	switch text := strings.TrimSpace(region.Text); {
	case typed(region) && text != stated.Value:
		a.Region, a.RegionFrom = text, "typed"
	case stated.Value != "":
		a.Region, a.RegionFrom = stated.Value, stated.From
	case len(e.origins.Regions) > 0: // AWS's own rules take it
		a.RegionFrom = e.origins.Regions[0].From
	case typed(profile), e.origins.Fields[forms.KeyProfile].Chosen:
		a.DefaultRegion, a.RegionFrom = project.Value, project.From
	default:
		a.Region, a.RegionFrom = project.Value, project.From
	}
	return a
}

func typed(v forms.Value) bool { return v.Touched && strings.TrimSpace(v.Text) != "" }

// projectRegion is the region that the project states for the target.
func (e *Edit) projectRegion() Stated {
	t := e.Target()
	return e.origins.Project[Target{AppID: t.AppID, Environment: t.Environment}]
}

// Region is the region that requests go to and who states it; before there is a
// connection the one that was asked for, and empty if that is left to AWS's rules.
func (e *Edit) Region() Stated {
	s := e.session
	if s == nil {
		a := e.Access()
		return Stated{Value: a.Region, From: a.RegionFrom}
	}
	r := Stated{Value: s.Region, From: s.Access.RegionFrom}
	if s.Access.Region == "" && len(e.origins.Regions) == 0 && s.ProfileRegion != "" {
		r.From = s.profileWords()
	}
	if r.From == "" {
		r.From = "the AWS configuration"
	}
	return r
}

// RegionNote says in a word or two who states the region where it is the profile, or
// somebody who counts more than a profile that states another; else "".
func (e *Edit) RegionNote() string {
	s, r := e.session, e.Region()
	switch {
	case s == nil || s.ProfileRegion == "":
		return ""
	case r.From == s.profileWords():
		return "the profile's"
	case s.Access.Region == "" && s.ProfileRegion != r.Value:
		return strings.TrimPrefix(r.From, "variable ")
	}
	return ""
}

// profileWords name the profile as the source of something.
func (s *Session) profileWords() string {
	if s.Profile == "" {
		return "profile default"
	}
	return "profile " + s.Profile
}

// Connected shows the region of a new session in its field, unless one was typed.
func (e *Edit) Connected(s *Session) {
	if !typed(e.Answers.Target[forms.KeyRegion]) {
		e.Answers.Target[forms.KeyRegion] = forms.Value{Text: s.Region}
	}
	e.Touch()
}

// RegionConflict says in one line that those who state a region disagree, and which
// is used; "" if they do not.
func (e *Edit) RegionConflict() string {
	stated := append([]Stated{}, e.origins.Regions...)
	if project := e.projectRegion(); project.Value != "" {
		stated = append(stated, project)
	}
	if s := e.session; s != nil && s.ProfileRegion != "" {
		stated = append(stated, Stated{Value: s.ProfileRegion, From: s.profileWords()})
	}
	differ := false
	var parts []string
	for _, r := range stated {
		differ = differ || r.Value != stated[0].Value
		parts = append(parts, fmt.Sprintf("%s says %s", r.From, r.Value))
	}
	if !differ {
		return ""
	}
	return fmt.Sprintf("The regions disagree: %s. %s is used.", strings.Join(parts, ", "), e.Region().Value)
}
