package emulator_test

import (
	"errors"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/amplify"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"

	"ampedit/client/emulator"
)

// sdkConfig is a configuration under which generated clients reach an emulator
// that goes by the system's clock, as they do.
func sdkConfig(t *testing.T, o emulator.Options) aws.Config {
	t.Helper()
	e, err := emulator.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	c := e.Credentials()
	return aws.Config{
		Region:       e.Region(),
		BaseEndpoint: aws.String(e.URL()),
		Credentials:  credentials.NewStaticCredentialsProvider(c.AccessKeyID, c.SecretAccessKey, c.SessionToken),
	}
}

func TestListAppsForTheGeneratedClient(t *testing.T) {
	client := amplify.NewFromConfig(sdkConfig(t, emulator.Options{SessionToken: "token"}))
	pages := amplify.NewListAppsPaginator(client, &amplify.ListAppsInput{MaxResults: 1})
	names := map[string]string{}
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(page.Apps) != 1 {
			t.Fatalf("a page of one holds %d apps", len(page.Apps))
		}
		names[aws.ToString(page.Apps[0].AppId)] = aws.ToString(page.Apps[0].Name)
	}
	if len(names) != 2 || names[emulator.SampleAppID] != "Acme Notes" {
		t.Errorf("apps %v, want Acme Notes and one without a backend", names)
	}
}

func TestListUserPoolsForTheGeneratedClient(t *testing.T) {
	client := cognitoidentityprovider.NewFromConfig(sdkConfig(t, emulator.Options{}))
	pages := cognitoidentityprovider.NewListUserPoolsPaginator(client, &cognitoidentityprovider.ListUserPoolsInput{MaxResults: aws.Int32(1)})
	var names []string
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range page.UserPools {
			names = append(names, aws.ToString(p.Name))
			if aws.ToString(p.Id) == emulator.SampleUserPool && p.CreationDate.UTC().Format("2006-01-02") != "2021-03-02" {
				t.Errorf("%s was created %v", emulator.SampleUserPool, p.CreationDate)
			}
		}
	}
	if len(names) != 2 || names[0] != "acme-users" {
		t.Errorf("pools %v, want acme-users and one more", names)
	}

	_, err := client.ListUserPools(t.Context(), &cognitoidentityprovider.ListUserPoolsInput{MaxResults: aws.Int32(61)})
	wantCode(t, err, "InvalidParameterException")
}

func TestGetCallerIdentityForTheGeneratedClient(t *testing.T) {
	config := sdkConfig(t, emulator.Options{})
	out, err := sts.NewFromConfig(config).GetCallerIdentity(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if aws.ToString(out.Account) != "123456789012" || aws.ToString(out.Arn) != "arn:aws:iam::123456789012:user/acme-prod" || aws.ToString(out.UserId) == "" {
		t.Errorf("identity %v %v %v", aws.ToString(out.Account), aws.ToString(out.Arn), aws.ToString(out.UserId))
	}

	config.Credentials = credentials.NewStaticCredentialsProvider("AKIDEMULATOR", "guess", "")
	_, err = sts.NewFromConfig(config).GetCallerIdentity(t.Context(), nil)
	wantCode(t, err, "InvalidSignatureException")
}

// A skewed client is answered so that the SDK corrects its clock and succeeds.
func TestGeneratedClientsCorrectTheirClock(t *testing.T) {
	ahead := emulator.NewManualClock(time.Now().Add(time.Hour))
	client := amplify.NewFromConfig(sdkConfig(t, emulator.Options{Clock: ahead}), func(o *amplify.Options) {
		o.Retryer = retry.NewStandard(func(o *retry.StandardOptions) { o.Backoff = noBackoff{} })
	})
	if _, err := client.ListApps(t.Context(), nil); err != nil {
		t.Errorf("ListApps with a clock that is off: %v", err)
	}
}

type noBackoff struct{}

func (noBackoff) BackoffDelay(int, error) (time.Duration, error) { return 0, nil }

func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var api smithy.APIError
	if !errors.As(err, &api) || api.ErrorCode() != code {
		t.Errorf("error %v, want %s", err, code)
	}
}
