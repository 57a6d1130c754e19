package client_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"

	"ampedit/client"
)

const servicesSection = `[default]
services = local
endpoint_url = https://profile.example
[services local]
amplifybackend =
  endpoint_url = https://section.example
`

func TestEndpointPrecedence(t *testing.T) {
	const standard = "https://amplifybackend.eu-west-1.amazonaws.com"
	for name, test := range map[string]struct {
		env    map[string]string
		config string
		flag   string
		want   string
	}{
		"the rules":                    {want: standard},
		"profile":                      {config: "[default]\nendpoint_url = https://profile.example\n", want: "https://profile.example"},
		"services section":             {config: servicesSection, want: "https://section.example"},
		"environment, all services":    {config: servicesSection, env: map[string]string{"AWS_ENDPOINT_URL": "https://all.example"}, want: "https://all.example"},
		"environment, this service":    {config: servicesSection, env: map[string]string{"AWS_ENDPOINT_URL_AMPLIFYBACKEND": "https://one.example"}, want: "https://one.example"},
		"environment, both":            {env: map[string]string{"AWS_ENDPOINT_URL": "https://all.example", "AWS_ENDPOINT_URL_AMPLIFYBACKEND": "https://one.example"}, want: "https://one.example"},
		"ignored by environment":       {config: servicesSection, env: map[string]string{"AWS_ENDPOINT_URL": "https://all.example", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, want: standard},
		"ignored by profile":           {config: servicesSection + "[profile other]\n", env: map[string]string{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, want: standard},
		"flag":                         {flag: "https://flag.example", want: "https://flag.example"},
		"flag over all else":           {config: servicesSection, env: map[string]string{"AWS_ENDPOINT_URL": "https://all.example", "AWS_ENDPOINT_URL_AMPLIFYBACKEND": "https://one.example"}, flag: "https://flag.example", want: "https://flag.example"},
		"flag although others ignored": {env: map[string]string{"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"}, flag: "https://flag.example/base", want: "https://flag.example/base"},
		"FIPS":                         {env: map[string]string{"AWS_USE_FIPS_ENDPOINT": "true"}, want: "https://amplifybackend-fips.eu-west-1.amazonaws.com"},
		"dual-stack":                   {env: map[string]string{"AWS_USE_DUALSTACK_ENDPOINT": "true"}, want: "https://amplifybackend.eu-west-1.api.aws"},
		"another partition":            {env: map[string]string{"AWS_REGION": "cn-north-1"}, want: "https://amplifybackend.cn-north-1.amazonaws.com.cn"},
		"FIPS, another partition":      {env: map[string]string{"AWS_REGION": "us-gov-west-1", "AWS_USE_FIPS_ENDPOINT": "true"}, want: "https://amplifybackend-fips.us-gov-west-1.amazonaws.com"},
		"http to this machine":         {flag: "http://127.0.0.1:4000", want: "http://127.0.0.1:4000"},
		"http to this machine, IPv6":   {flag: "http://[::1]:4000", want: "http://[::1]:4000"},
		"http to localhost":            {flag: "http://localhost:4000", want: "http://localhost:4000"},
	} {
		t.Run(name, func(t *testing.T) {
			isolate(t, test.config)
			withKeys(t)
			for variable, value := range test.env {
				t.Setenv(variable, value)
			}
			if got := newClient(t, client.Options{EndpointURL: test.flag}).Endpoint(); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func TestUnusableEndpointsAreRefusedBeforeAnyRequest(t *testing.T) {
	for _, endpoint := range []string{
		"http://example.com", "http://10.0.0.1:80", "http://169.254.169.254", "http://localhost.example.com",
		"http://127.0.0.1.example.com", "ftp://127.0.0.1", "127.0.0.1:80", "https://", "/path", "https://a b",
		"https://user:pw@example.com", "https://example.com?x=y", "https://example.com#x",
	} {
		for _, source := range []string{"flag", "AWS_ENDPOINT_URL_AMPLIFYBACKEND"} {
			t.Run(source+" "+endpoint, func(t *testing.T) {
				isolate(t)
				withKeys(t)
				var options client.Options
				if source == "flag" {
					options.EndpointURL = endpoint
				} else {
					t.Setenv(source, endpoint)
				}
				cfg, err := client.LoadConfig(t.Context(), options)
				if err == nil {
					_, err = client.New(t.Context(), cfg)
				}
				var refused *client.EndpointError
				if !errors.As(err, &refused) || client.Classify(err) != client.ClassConfig {
					t.Fatalf("got %v", err)
				}
				if strings.Contains(err.Error(), "pw") {
					t.Errorf("the password is shown: %v", err)
				}
			})
		}
	}
}

func TestFIPSAndAnOwnEndpointExclude(t *testing.T) {
	isolate(t)
	withKeys(t)
	t.Setenv("AWS_USE_FIPS_ENDPOINT", "true")
	cfg, err := client.LoadConfig(t.Context(), client.Options{EndpointURL: "https://example.com"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.New(t.Context(), cfg); client.Classify(err) != client.ClassConfig {
		t.Errorf("got %v", err)
	}
}

func TestRegionsCannotSteerTheHost(t *testing.T) {
	for _, region := range []string{"bad/region", "evil.com", "eu-west-1.evil.com", "a@b", "a:1", "a?b", "a#b", "ü", "eu west"} {
		isolate(t)
		withKeys(t)
		cfg, err := client.LoadConfig(t.Context(), client.Options{Region: region})
		if err != nil {
			t.Fatal(err)
		}
		var refused *client.EndpointError
		if _, err := client.New(t.Context(), cfg); !errors.As(err, &refused) {
			t.Errorf("%q: %v", region, err)
		}
	}
}

func TestMissingRegion(t *testing.T) {
	isolate(t)
	cfg, err := client.LoadConfig(t.Context(), client.Options{})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.New(t.Context(), cfg)
	var missing *aws.MissingRegionError
	if !errors.As(err, &missing) || !strings.Contains(client.Advice(err), "--region") {
		t.Errorf("got %v; advice: %s", err, client.Advice(err))
	}
}

func TestOneEndpointAnswersForAllServices(t *testing.T) {
	s, c := serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		switch {
		case strings.HasPrefix(r.Header.Get("X-Amz-Target"), "AWSCognitoIdentityProviderService."):
			w.Header().Set("Content-Type", "application/x-amz-json-1.1")
			w.Write([]byte(`{"UserPools":[{"Id":"eu-west-1_AbCd","Name":"users"}]}`))
		case r.URL.Path == "/apps":
			w.Write([]byte(`{"apps":[{"appId":"d1example","name":"Notes"}]}`))
		default:
			w.Header().Set("Content-Type", "text/xml")
			w.Write([]byte(`<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>` +
				`<Arn>arn:aws:iam::111122223333:user/ada</Arn><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`))
		}
	})
	t.Setenv("AWS_ENDPOINT_URL_STS", "https://127.0.0.1:1") // the flag wins over it
	who, err := c.CallerIdentity(t.Context())
	if err != nil || who.Account != "111122223333" || who.ARN != "arn:aws:iam::111122223333:user/ada" {
		t.Errorf("identity %+v, %v", who, err)
	}
	apps, complete, err := c.ListApps(t.Context(), 5)
	if err != nil || !complete || len(apps) != 1 || apps[0].ID != "d1example" || apps[0].Name != "Notes" {
		t.Errorf("apps %+v, %t, %v", apps, complete, err)
	}
	pools, complete, err := c.ListUserPools(t.Context(), 5)
	if err != nil || !complete || len(pools) != 1 || pools[0] != (client.UserPool{ID: "eu-west-1_AbCd", Name: "users"}) {
		t.Errorf("pools %+v, %t, %v", pools, complete, err)
	}
	if n := len(s.seen()); n != 3 {
		t.Errorf("%d requests", n)
	}
}

func TestListsAreCapped(t *testing.T) {
	s, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
		w.Write([]byte(`{"apps":[{"appId":"d1example","name":"Notes"}],"nextToken":"more"}`))
	})
	apps, complete, err := c.ListApps(t.Context(), 3)
	if err != nil || complete || len(apps) != 3 || len(s.seen()) != 3 {
		t.Errorf("%d apps of %d requests, complete %t, %v", len(apps), len(s.seen()), complete, err)
	}
}
