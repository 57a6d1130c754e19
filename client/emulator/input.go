package emulator

import (
	"encoding/json"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
)

// input reads what r says, body and query parameters, as far as op admits them.
func (op *operation) input(r *http.Request, body []byte) (object, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, badRequest("query: %v", err)
	}
	switch {
	case op.query == nil && len(query) > 0:
		return nil, badRequest("query: %s takes no parameters", op.name)
	case op.body == nil && len(body) > 0:
		return nil, badRequest("request body: %s takes none", op.name)
	case op.query != nil:
		return decodeValues(query, op.query)
	case op.body == nil:
		return object{}, nil
	}
	if err := op.service.checkContentType(r.Header, body); err != nil {
		return nil, err
	}
	if !op.service.form {
		return decode(body, op.body)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, badRequest("request body: %v", err)
	}
	return decodeValues(form, op.body)
}

// checkContentType demands the service's media type wherever a body is.
func (s *service) checkContentType(header http.Header, body []byte) error {
	sent := header.Get("Content-Type")
	if sent == "" && len(body) == 0 {
		return nil
	}
	if got, _, err := mime.ParseMediaType(sent); err != nil || got != s.contentType {
		return badRequest("Content-Type: must be %s, not %q", s.contentType, sent)
	}
	return nil
}

// decodeValues reads form or query parameters along s.
func decodeValues(values url.Values, s *shape) (object, error) {
	out := object{}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		member, known := s.members[name]
		if !known {
			return nil, badRequest("%s: unknown parameter", name)
		}
		if len(values[name]) > 1 {
			return nil, badRequest("%s: given more than once", name)
		}
		var err error
		if value := values.Get(name); member.kind == integer {
			n := json.Number(value)
			out[name], err = n, member.checkNumber(n, name)
		} else {
			out[name], err = value, member.checkText(value, name)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, s.checkRequired(out, "")
}
