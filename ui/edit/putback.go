package edit

import (
	"errors"
	"fmt"

	"ampedit/forms"
)

// PutBack answers the forms so that the configuration from before a receipt would
// be deployed again, in place of all that was typed. It returns what would still
// differ: a request cannot take every member away. Without a base, and for a
// receipt of another target, it changes nothing and returns an error.
func (e *Edit) PutBack(r *Receipt) ([]forms.Change, error) {
	if err := CanPutBack(r); err != nil {
		return nil, fmt.Errorf("receipt %s cannot be put back: %w", r.ID, err)
	}
	b := e.Base()
	switch {
	case ReceiptTarget(r) != e.Target():
		return nil, fmt.Errorf("receipt %s is of %s in %s of %s, and can be put back only there", r.ID, r.Target.ResourceName, r.Target.Environment, r.Target.AppID)
	case b == nil || b.Local:
		return nil, errors.New("what is deployed has to be read before anything can be put back")
	}
	answers := forms.NewAnswers()
	answers.Target, answers.NextID = e.Answers.Clone().Target, e.Answers.NextID
	answers.Rebase(nil, b.Config)
	*e.Answers = *answers
	e.document, e.stated, e.unread = r.Before.TransformSchema, nil, adoption{}
	e.Answers.Adopt(e.Context(), forms.Whole(r.Before))
	e.Touch()
	return forms.Between(r.Before, e.Plan().Input.ResourceConfig, e.now()), nil
}
