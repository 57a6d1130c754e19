package edit

import (
	"github.com/aymanbagabas/go-udiff"

	"ampedit/client/wire"
)

// Split writes a configuration as a request without its schema, and the schema
// apart from it: text within JSON cannot be compared by lines. Both are empty for
// none.
func Split(resource string, config *wire.ResourceConfig) (request, schema string) {
	if config == nil {
		return "", ""
	}
	rest := *config
	if rest.TransformSchema != nil {
		schema, rest.TransformSchema = *rest.TransformSchema, nil
	}
	data, err := wire.Body(&wire.UpdateBackendAPIInput{ResourceName: resource, ResourceConfig: &rest})
	if err != nil {
		return "", schema
	}
	return string(data) + "\n", schema
}

// Patch writes the difference of two configurations as a unified difference of
// request.json and schema.graphql, below the names that tell them apart. It is ""
// for configurations that are equal.
func Patch(resource, fromName, toName string, from, to *wire.ResourceConfig) string {
	fromRequest, fromSchema := Split(resource, from)
	toRequest, toSchema := Split(resource, to)
	return udiff.Unified(fromName+"/request.json", toName+"/request.json", fromRequest, toRequest) +
		udiff.Unified(fromName+"/schema.graphql", toName+"/schema.graphql", fromSchema, toSchema)
}
