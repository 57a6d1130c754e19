package emulator

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"math"
	"strings"
	"time"
)

// featureFlags is the part of a Gen 1 project's cli.json that says which
// transformer compiles its schema.
var featureFlags = object{"features": object{"graphqltransformer": object{
	"addmissingownerfields":                        true,
	"improvepluralization":                         true,
	"respectprimarykeyattributesonconnectionfield": true,
	"secondarykeyasgsi":                            true,
	"transformerversion":                           2,
	"useexperimentalpipelinedtransformer":          true,
}}}

// defaultKeyDays is how long an AppSync API key lives when nobody says.
const defaultKeyDays = 7

// meta builds the environment's amplify-meta.json as the Amplify CLI writes it,
// with the authorization derived from what is deployed.
func meta(a *app, env *environment) object {
	api := object{}
	for _, r := range env.resources {
		api[r.name] = apiMeta(a, env, r)
	}
	stack := "amplify-" + a.id + "-" + env.name
	return object{
		"providers": object{"awscloudformation": object{
			"AmplifyAppId":         a.id,
			"AuthRoleArn":          "arn:aws:iam::" + SampleAccount + ":role/" + stack + "-authRole",
			"AuthRoleName":         stack + "-authRole",
			"DeploymentBucketName": stack + "-deployment",
			"Region":               SampleRegion,
			"StackId":              "arn:aws:cloudformation:" + SampleRegion + ":" + SampleAccount + ":stack/" + stack + "/" + token(a.id, env.name),
			"StackName":            stack,
			"UnauthRoleArn":        "arn:aws:iam::" + SampleAccount + ":role/" + stack + "-unauthRole",
			"UnauthRoleName":       stack + "-unauthRole",
		}},
		"api": api,
		"auth": object{sampleAuthResource: object{
			"output":         object{"UserPoolId": SampleUserPool, "UserPoolName": samplePools[0].name},
			"providerPlugin": "awscloudformation",
			"service":        "Cognito",
		}},
	}
}

func apiMeta(a *app, env *environment, r *resource) object {
	providers := authProviders(r)
	output := object{
		"GraphQLAPIEndpointOutput": "https://" + token(a.id, env.name, r.name, "host") + ".appsync-api." + SampleRegion + ".amazonaws.com/graphql",
		"GraphQLAPIIdOutput":       token(a.id, env.name, r.name, "id"),
	}
	out := object{
		"lastPushTimeStamp": isoTime(r.deployed),
		"output":            output,
		"providerMetadata":  object{"logicalId": "api" + r.name},
		"providerPlugin":    "awscloudformation",
		"service":           "AppSync",
	}
	for _, p := range providers {
		switch p["authenticationType"] {
		case "API_KEY":
			output["GraphQLAPIKeyOutput"] = "da2-" + token(a.id, env.name, r.name, "key")
		case "AMAZON_COGNITO_USER_POOLS":
			out["dependsOn"] = []object{{
				"attributes": []string{"UserPoolId"}, "category": "auth", "resourceName": sampleAuthResource,
			}}
		}
	}
	additional := providers[1:]
	if env.lambdaAuthorizer {
		additional = append(additional, object{
			"authenticationType":     "AWS_LAMBDA",
			"lambdaAuthorizerConfig": object{"lambdaFunction": r.name + "Authorizer", "ttlSeconds": 300},
		})
	}
	output["authConfig"] = object{
		"defaultAuthentication":             providers[0],
		"additionalAuthenticationProviders": additional,
	}
	return out
}

// authProviders returns the deployed authorization types in the CLI's spelling,
// the default first.
func authProviders(r *resource) []object {
	first, _ := r.config["defaultAuthType"].(object)
	out := []object{authProvider(first, r.deployed)}
	additional, _ := r.config["additionalAuthTypes"].([]any)
	for _, v := range additional {
		authType, _ := v.(object)
		out = append(out, authProvider(authType, r.deployed))
	}
	return out
}

func authProvider(authType object, deployed time.Time) object {
	settings, _ := authType["settings"].(object)
	out := object{"authenticationType": authType["mode"]}
	switch authType["mode"] {
	case "API_KEY":
		days := keyDays(settings)
		config := object{
			"apiKeyExpirationDate": isoTime(deployed.Add(time.Duration(days * float64(24*time.Hour)))),
			"apiKeyExpirationDays": days,
		}
		copyRenamed(config, settings, map[string]string{"description": "description"})
		out["apiKeyConfig"] = config
	case "AMAZON_COGNITO_USER_POOLS":
		// The CLI's files hold the logical name of the project's auth resource here, not the pool's id.
		out["userPoolConfig"] = object{"userPoolId": "auth" + sampleAuthResource}
	case "OPENID_CONNECT":
		config := object{}
		copyRenamed(config, settings, map[string]string{
			"openIDProviderName": "name",
			"openIDIssueURL":     "issuerUrl",
			"openIDClientId":     "clientId",
			"openIDAuthTTL":      "authTTL",
			"openIDIatTTL":       "iatTTL",
		})
		out["openIDConnectConfig"] = config
	}
	return out
}

// keyDays is the life of the API key in days; none, and zero, mean AppSync's
// default.
func keyDays(settings object) float64 {
	n, _ := settings["expirationTime"].(json.Number)
	days, err := n.Float64()
	if err != nil || days == 0 || math.Abs(days) > 1e5 {
		return defaultKeyDays
	}
	return days
}

func copyRenamed(to, from object, names map[string]string) {
	for old, name := range names {
		if v, ok := from[old]; ok {
			to[name] = v
		}
	}
}

func isoTime(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// token makes an identifier of the 26 lower-case characters AppSync's have. The
// same parts give the same one.
func token(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "/")))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:]))[:26]
}
