package forms

// The answers to KeySchemaSource.
const (
	SourceKeep = "keep" // the deployed schema, or none if none was read
	SourceFile = "file" // a file or a folder
	// SourceDocument is the schema within a request that is kept, as a file or in
	// a receipt.
	SourceDocument = "document"
)

func schemaFields(a *Answers) []Field {
	fields := []Field{{
		Key: KeySchemaSource, Label: "Schema", Kind: KindChoice,
		Help: "The annotated GraphQL schema that Amplify transforms into tables and resolvers.",
		Options: []Option{
			{Value: SourceKeep, Label: "Keep the deployed one", Help: "Sends the schema that was read, unchanged; if none was read, the member is not sent."},
			{Value: SourceFile, Label: "From a file or folder", Help: "Sends the text of a .graphql file, or of all of them in a folder. A model that is missing from it loses its table and data."},
		},
	}}
	if a.Schema.Text(KeySchemaSource) == SourceDocument {
		fields[0].Options = append(fields[0].Options, Option{
			Value: SourceDocument, Label: "From the kept request", Help: "Sends the schema that stands in the file that was opened, or in the receipt that is put back.",
		})
	}
	if a.Schema.Text(KeySchemaSource) == SourceFile {
		fields = append(fields, Field{
			Key: KeySchemaPath, Label: "Path", Kind: KindPath, Required: true, Example: "amplify/backend/api/notes/schema.graphql",
			Help: "A .graphql or .gql file, or a folder. A folder with schema.graphql means that file; else its schema folder; else its .graphql and .gql files in order of their paths.",
		})
	}
	return fields
}
