package emulator

import (
	_ "embed"
	"time"
)

// The account the sample data lives in, and what an [Emulator] without other
// Apps knows. Nothing of it exists at AWS.
const (
	SampleRegion   = "eu-west-1"
	SampleAccount  = "123456789012"
	SampleCaller   = "arn:aws:iam::" + SampleAccount + ":user/acme-prod"
	SampleAppID    = "d1a2b3c4d5e6f7"
	SampleAppName  = "Acme Notes"
	SampleResource = "notes" // resource name and API name
	SampleUserPool = "eu-west-1_AbCdEfGhi"

	sampleAuthResource = "acmenotes5f2c81aa"
)

// Names of the sample app's backend environments.
const (
	SampleDev     = "dev"
	SampleStaging = "staging"
	SampleProd    = "prod"
)

// SampleSchema is the annotated GraphQL schema deployed in every environment of
// the sample app.
//
//go:embed sample.graphql
var SampleSchema string

var sampleCreated = time.Date(2021, time.March, 2, 9, 30, 0, 0, time.UTC)

var samplePools = []struct {
	id, name string
	created  time.Time
}{
	{SampleUserPool, "acme-users", sampleCreated},
	{"eu-west-1_JkLmNoPqr", "acme-staff", sampleCreated.AddDate(1, 4, 11)},
}

// SampleApps returns the applications of the demo as they are at now. The key of
// prod has four days left, so that renewing it is worth a look; staging has
// conflict resolution switched on.
func SampleApps(now time.Time) []App {
	return []App{
		{ID: SampleAppID, Name: SampleAppName, Environments: []Environment{
			{Name: SampleDev, APIs: sampleAPI(30, "NONE"), Deployed: now.Add(-6 * time.Hour)},
			{Name: SampleStaging, APIs: sampleAPI(7, "AUTOMERGE"), Deployed: now.Add(-50 * time.Hour)},
			{Name: SampleProd, APIs: sampleAPI(7, "NONE"), Deployed: now.Add(-72 * time.Hour), Jobs: sampleJobs(now)},
		}},
		{ID: "d7f6e5d4c3b2a1", Name: "Acme Website"}, // hosting alone
	}
}

// sampleAPI is the deployed API: an API key first, signed-in users beside it.
func sampleAPI(keyDays int, strategy string) map[string]string {
	return map[string]string{SampleResource: string(marshal(object{
		"apiName": SampleResource,
		"service": "AppSync",
		"defaultAuthType": object{
			"mode":     "API_KEY",
			"settings": object{"description": "web client", "expirationTime": keyDays},
		},
		"additionalAuthTypes": []object{{
			"mode":     "AMAZON_COGNITO_USER_POOLS",
			"settings": object{"cognitoUserPoolId": SampleUserPool},
		}},
		"conflictResolution": object{"resolutionStrategy": strategy},
		"transformSchema":    SampleSchema,
	}))}
}

func sampleJobs(now time.Time) []Job {
	return []Job{
		{
			ID: "6e02b4a1", Operation: "UpdateBackendAPI", Created: now.Add(-27 * time.Hour), Duration: 400 * time.Second,
			Error: "The deployment was rolled back: type Tag has no field labels.",
		},
		{ID: "b7719c3d", Operation: "UpdateBackendAPI", Created: now.Add(-72*time.Hour - 340*time.Second), Duration: 340 * time.Second},
		{ID: "4ad3f086", Operation: "GenerateBackendAPIModels", Created: now.Add(-2 * time.Hour), Duration: 62 * time.Second},
	}
}
