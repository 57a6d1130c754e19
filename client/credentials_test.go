package client_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"ampedit/client"
)

const profiles = `[profile keys]
aws_access_key_id = AKIDKEYS
aws_secret_access_key = secret
region = eu-west-1
[profile role]
role_arn = arn:aws:iam::111122223333:role/editor
source_profile = keys
region = eu-west-1
[profile mfa]
role_arn = arn:aws:iam::111122223333:role/editor
source_profile = keys
mfa_serial = arn:aws:iam::111122223333:mfa/ada
region = eu-west-1
[profile sso]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Editor
region = eu-west-1
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example/start
[profile legacy-sso]
sso_start_url = https://corp.example/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = Editor
region = eu-west-1
[profile login]
login_session = arn:aws:iam::111122223333:user/ada
region = eu-west-1
[profile process]
credential_process = false
region = eu-west-1
[profile empty]
region = eu-west-1
[profile no-session]
sso_session = nowhere
sso_account_id = 111122223333
sso_role_name = Editor
[profile lost-source]
role_arn = arn:aws:iam::111122223333:role/editor
source_profile = nosuch
[profile legacy-retries]
retry_mode = legacy
[profile partial]
aws_access_key_id = AKIDKEYS
[profile broken
region = eu-west-1
`

func TestLoadingNeedsNoNetwork(t *testing.T) {
	isolate(t, "[default]\nregion = eu-west-1\ndefaults_mode = auto\n")
	metadata := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("the instance metadata service was asked")
	}))
	t.Cleanup(metadata.Close)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
	t.Setenv("AWS_EC2_METADATA_SERVICE_ENDPOINT", metadata.URL)
	if kind := newClient(t, client.Options{}).CredentialsKind(); kind != client.CredentialsInstance {
		t.Errorf("kind %v", kind)
	}
}

func TestCredentialsKindNeedsNoNetwork(t *testing.T) {
	for profile, want := range map[string]client.CredentialsKind{
		"keys": client.CredentialsProfile, "role": client.CredentialsAssumeRole, "sso": client.CredentialsSSO,
		"legacy-sso": client.CredentialsSSO, "login": client.CredentialsLogin, "process": client.CredentialsProcess,
		"empty": client.CredentialsNone,
	} {
		t.Run(profile, func(t *testing.T) {
			isolate(t, profiles)
			c := newClient(t, client.Options{Profile: profile})
			if got := c.CredentialsKind(); got != want {
				t.Errorf("got %v, want %v", got, want)
			}
			if c.Profile() != profile || c.Region() != "eu-west-1" {
				t.Errorf("profile %q, region %q", c.Profile(), c.Region())
			}
		})
	}
	t.Run("environment", func(t *testing.T) {
		isolate(t)
		withKeys(t)
		if got := newClient(t, client.Options{}).CredentialsKind(); got != client.CredentialsEnvironment {
			t.Errorf("got %v", got)
		}
	})
	t.Run("instance metadata, asked for", func(t *testing.T) {
		isolate(t, profiles)
		t.Setenv("AWS_EC2_METADATA_DISABLED", "false")
		if got := newClient(t, client.Options{Profile: "empty"}).CredentialsKind(); got != client.CredentialsInstance {
			t.Errorf("got %v", got)
		}
	})
}

func TestAdviceForCredentialsThatCannotBeHad(t *testing.T) {
	for profile, want := range map[string]string{
		"sso":        "aws sso login --profile sso",
		"legacy-sso": "aws sso login --profile legacy-sso",
		"login":      "aws login --profile login",
		"process":    `credential_process of profile "process" failed`,
		"empty":      "No credentials are configured",
	} {
		t.Run(profile, func(t *testing.T) {
			isolate(t, profiles)
			c := newClient(t, client.Options{Profile: profile})
			_, err := c.UpdateBackendAPI(t.Context(), updateInput())
			var failed *client.CredentialsError
			if !errors.As(err, &failed) || client.EffectOf(err) != client.MayRepeat || client.Classify(err) != client.ClassCredentials {
				t.Fatalf("class %q: %v", client.Classify(err), err)
			}
			if got := client.Advice(err); !strings.Contains(got, want) {
				t.Errorf("advice: %s", got)
			}
			if err := c.RetrieveCredentials(t.Context()); !errors.As(err, &failed) {
				t.Errorf("retrieve: %v", err)
			}
		})
	}
}

func TestAdviceForProfilesThatCannotBeLoaded(t *testing.T) {
	for profile, want := range map[string]string{
		"ghost":          `Profile "ghost" was not found`,
		"lost-source":    "source_profile",
		"mfa":            "MFA code",
		"no-session":     "aws configure sso-session",
		"legacy-retries": "AWS_RETRY_MODE",
		"partial":        `Profile "partial" has half a key pair`,
		"broken":         `Profile "broken" was not found or cannot be read; check its section`,
	} {
		t.Run(profile, func(t *testing.T) {
			isolate(t, profiles)
			_, err := client.LoadConfig(t.Context(), client.Options{Profile: profile})
			if client.Classify(err) != client.ClassConfig || !strings.Contains(client.Advice(err), want) {
				t.Errorf("class %q, advice %q: %v", client.Classify(err), client.Advice(err), err)
			}
		})
	}
	t.Run("environment", func(t *testing.T) {
		isolate(t)
		t.Setenv("AWS_RETRY_MODE", "legacy")
		_, err := client.LoadConfig(t.Context(), client.Options{})
		if !strings.Contains(client.Advice(err), `"standard"`) {
			t.Errorf("advice %q: %v", client.Advice(err), err)
		}
	})
}

// sts answers AssumeRole with a status and a body; it must be asked with code.
func sts(t *testing.T, status int, body string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.Form.Get("Action") != "AssumeRole" {
			t.Errorf("asked for %v, %v", r.Form, err)
		}
		w.Header().Set("Content-Type", "text/xml")
		w.WriteHeader(status)
		w.Write([]byte(body))
	}))
	t.Cleanup(server.Close)
	t.Setenv("AWS_ENDPOINT_URL_STS", server.URL)
}

// roleAnswer is what STS answers to AssumeRole.
const roleAnswer = `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials>` +
	`<AccessKeyId>AKIDROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>role-token</SessionToken>` +
	`<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`

func stsError(code, message string) string {
	return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>` + code +
		`</Code><Message>` + message + `</Message></Error><RequestId>r</RequestId></ErrorResponse>`
}

func TestAdviceForRolesThatCannotBeAssumed(t *testing.T) {
	for name, test := range map[string]struct{ code, message, want string }{
		"wrong MFA code": {"AccessDenied", "MultiFactorAuthentication failed with invalid MFA one time pass code.", "MFA code was not accepted"},
		"denied":         {"AccessDenied", "User is not authorized to perform: sts:AssumeRole", "trust policy"},
		"unknown key":    {"InvalidClientTokenId", "The security token included in the request is invalid.", "not known to AWS"},
		"expired":        {"ExpiredToken", "The security token included in the request is expired", "have expired"},
	} {
		t.Run(name, func(t *testing.T) {
			isolate(t, profiles)
			sts(t, 403, stsError(test.code, test.message))
			asked := 0
			var request client.MFARequest
			c := newClient(t, client.Options{Profile: "mfa", AskMFA: func(r client.MFARequest) (string, error) {
				asked, request = asked+1, r
				return "123456", nil
			}})
			err := c.RetrieveCredentials(t.Context())
			if client.Classify(err) != client.ClassCredentials || !strings.Contains(client.Advice(err), test.want) {
				t.Errorf("class %q, advice %q: %v", client.Classify(err), client.Advice(err), err)
			}
			if asked != 1 {
				t.Errorf("the user was asked %d times", asked)
			}
			want := client.MFARequest{Profile: "mfa", RoleARN: "arn:aws:iam::111122223333:role/editor", SerialNumber: "arn:aws:iam::111122223333:mfa/ada"}
			if request != want {
				t.Errorf("asked for %+v", request)
			}
		})
	}
}

func TestACancelledPromptCancels(t *testing.T) {
	isolate(t, profiles)
	c := newClient(t, client.Options{Profile: "mfa", AskMFA: func(client.MFARequest) (string, error) { return "", client.ErrPromptCancelled }})
	_, err := c.UpdateBackendAPI(t.Context(), updateInput())
	if !errors.Is(err, client.ErrPromptCancelled) || client.Classify(err) != client.ClassCanceled {
		t.Errorf("class %q: %v", client.Classify(err), err)
	}
}

func TestAnExplicitEndpointDoesNotGetTheKeysOfARole(t *testing.T) {
	isolate(t, profiles)
	sts(t, 200, roleAnswer)
	var token string
	backend := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token = r.Header.Get("X-Amz-Security-Token")
		reply(t, w, 200, map[string]any{"jobId": "j"})
	}))
	t.Cleanup(backend.Close)
	c := newClient(t, client.Options{Profile: "role", EndpointURL: backend.URL})
	if _, err := c.UpdateBackendAPI(t.Context(), updateInput()); err != nil {
		t.Fatal(err)
	}
	if token != "role-token" {
		t.Errorf("signed with token %q", token)
	}
}

func TestExpiredCredentialsAreFetchedAnew(t *testing.T) {
	isolate(t, profiles)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.Header.Get("X-Amz-Security-Token"), "token-1") {
			w.Header().Set("X-Amzn-ErrorType", "ExpiredTokenException")
			reply(t, w, 403, nil)
			return
		}
		reply(t, w, 200, map[string]any{"jobId": "j"})
	}))
	t.Cleanup(server.Close)
	fetched := 0
	tokens := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched++
		token := []string{"", "token-1", "token-2"}[min(fetched, 2)]
		reply(t, w, 200, map[string]any{"AccessKeyId": "AKIDC", "SecretAccessKey": "s", "Token": token, "Expiration": "2099-01-01T00:00:00Z"})
	}))
	t.Cleanup(tokens.Close)
	t.Setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", tokens.URL)
	c := newClient(t, client.Options{EndpointURL: server.URL, Region: "eu-west-1"})
	_, err := c.UpdateBackendAPI(t.Context(), updateInput())
	if client.Classify(err) != client.ClassCredentials || !strings.Contains(client.Advice(err), "expired") {
		t.Fatalf("class %q: %v", client.Classify(err), err)
	}
	if _, err := c.UpdateBackendAPI(t.Context(), updateInput()); err != nil || fetched != 2 {
		t.Errorf("fetched %d times, %v", fetched, err)
	}
	if c.CredentialsKind() != client.CredentialsContainer {
		t.Errorf("kind %v", c.CredentialsKind())
	}
}

func TestTheMarkTellsCredentialsApart(t *testing.T) {
	isolate(t)
	withKeys(t)
	mark := func() string {
		t.Helper()
		m, err := newClient(t, client.Options{}).CredentialsMark(t.Context())
		if err != nil || strings.Contains(m, testSecretKey) {
			t.Fatalf("%q, %v", m, err)
		}
		return m
	}
	first := mark()
	if mark() != first {
		t.Error("the same credentials have another mark")
	}
	for _, variable := range []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"} {
		t.Setenv(variable, "another")
		if again := mark(); again == first {
			t.Errorf("another %s has the same mark", variable)
		} else {
			first = again
		}
	}
}
