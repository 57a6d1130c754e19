package forms

// ServiceAppSync is the only value of the "service" member that Amplify's own
// tools use.
const ServiceAppSync = "AppSync"

func targetFields() []Field {
	return []Field{
		{
			Key: KeyProfile, Label: "AWS profile", Example: "acme-prod",
			Help: "Profile of the shared AWS configuration whose credentials are used. Empty: what the environment says, as for every AWS tool.",
		},
		{
			Key: KeyRegion, Label: "Region", Example: "eu-west-1",
			Help: "AWS region of the backend. Empty: what the environment or the profile says.",
		},
		{
			Key: KeyAppID, Label: "App ID", Example: "d1a2b3c4d5e6f7", Required: true,
			Help: "Amplify app id: the letter d followed by lower-case letters and digits. It is part of the app's address in the Amplify console and stands in team-provider-info.json as AmplifyAppId.",
		},
		{
			Key: KeyEnvironment, Label: "Environment", Example: "prod", Required: true,
			Help: "Backend environment, such as dev, staging or prod. Amplify's CLI makes names of 2 to 10 lower-case letters.",
		},
		{
			Key: KeyResourceName, Label: "Resource name", Example: "notes", Required: true,
			Help: "Name of the API resource: the folder below amplify/backend/api, and the key below \"api\" in amplify-meta.json. Letters and digits.",
		},
		{
			Key: KeyAPIName, Label: "API name", Example: "notes",
			Help: "Name of the AppSync API without the environment; in projects made by the CLI it equals the resource name. 1 to 80 letters and digits. What the service does when it changes is not documented.",
		},
		{
			Key: KeyService, Label: "Service", Example: ServiceAppSync,
			Help: "Service that provisions the API. Amplify's own tools only ever send AppSync.",
		},
	}
}
