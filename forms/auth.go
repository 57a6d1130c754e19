package forms

import "ampedit/client/wire"

// ModeLabel returns the name of an authorization type as people say it; a mode
// that the service model does not list is named as it is.
func ModeLabel(mode string) string {
	switch wire.Mode(mode) {
	case wire.ModeAPIKey:
		return "API key"
	case wire.ModeCognito:
		return "Cognito user pool"
	case wire.ModeIAM:
		return "IAM"
	case wire.ModeOIDC:
		return "OpenID Connect"
	}
	return mode
}

func modeHelp(mode wire.Mode) string {
	switch mode {
	case wire.ModeAPIKey:
		return "Clients send a key that everybody who has the app can read out of it. The key ends after a number of days, and every accepted update starts its life anew."
	case wire.ModeCognito:
		return "Clients send a token of a signed-in user of a Cognito user pool."
	case wire.ModeIAM:
		return "Requests are signed with AWS credentials: backends, Lambda functions, and signed-in or guest users of an identity pool."
	case wire.ModeOIDC:
		return "Clients send a token of an OpenID Connect provider other than Cognito."
	}
	return ""
}

// authFields returns the fields of an authorization type: the mode, and the
// settings that the service model's documentation ties to it.
func authFields(v Values) []Field {
	mode := v.Text(KeyMode)
	fields := []Field{modeField(mode)}
	switch wire.Mode(mode) {
	case wire.ModeAPIKey:
		fields = append(fields, apiKeyFields()...)
	case wire.ModeCognito:
		fields = append(fields, Field{
			Key: KeyUserPool, Label: "User pool", Example: "eu-west-1_AbCdEfGhi",
			Help: "Id of the Cognito user pool: the region, an underscore, letters and digits; not the name auth… that stands in local Amplify files. Amplify uses the project's one pool whatever stands here. Empty: not sent, and Amplify uses the project's pool.",
		})
	case wire.ModeOIDC:
		fields = append(fields, oidcFields()...)
	}
	return fields
}

func modeField(mode string) Field {
	f := Field{
		Key: KeyMode, Label: "Mode", Kind: KindChoice, Required: true,
		Help: "How AppSync decides whether a request may pass. The default type is used where the schema's rules name no other.",
	}
	for _, m := range wire.Modes() {
		f.Options = append(f.Options, Option{Value: string(m), Label: ModeLabel(string(m)), Help: modeHelp(m)})
	}
	if mode != "" && !wire.Mode(mode).Known() {
		f.Options = append(f.Options, Option{
			Value: mode, Label: mode,
			Help: "The service returned this type, but its model does not list it. It is sent back as it was read; whether the service accepts that is not documented.",
		})
	}
	return f
}

func apiKeyFields() []Field {
	return []Field{
		{
			Key: KeyDescription, Label: "Description", Example: "key of the web app", Empty: EmptySends,
			Help: "Free text kept with the API key, to tell keys apart.",
		},
		{
			Key: KeyExpiration, Label: "Expires in", Example: "30",
			Help: "Life of the API key in days from the deployment, 1 to 365; exactly 1 is usually refused. Also +90, counted from the present end, or a date such as 2027-04-30. Every accepted update starts the key's life anew, and AppSync rounds its end down to the hour. Empty: not sent, and AppSync's own default of 7 days applies.",
		},
	}
}

func oidcFields() []Field {
	return []Field{
		{
			Key: KeyProviderName, Label: "Provider name", Example: "acme", Required: true,
			Help: "A label for the provider. It is kept in Amplify's metadata and never reaches AppSync.",
		},
		{
			Key: KeyIssuer, Label: "Issuer URL", Example: "https://id.example.com/", Required: true,
			Help: "Issuer exactly as the tokens carry it in \"iss\", an absolute https URL; a slash at its end counts. Below it AppSync finds /.well-known/openid-configuration.",
		},
		{
			Key: KeyClientID, Label: "Client ID", Example: "web|ios", Required: true, Empty: EmptySends,
			Help: "Client id, or a regular expression over client ids such as web|ios.",
		},
		{
			Key: KeyIatTTL, Label: "Issued within", Example: "1h",
			Help: "How long ago a token may have been issued (claim iat), sent in milliseconds. Digits are milliseconds; also 90s, 15m, 1h, 30d. Empty: not sent, not checked.",
		},
		{
			Key: KeyAuthTTL, Label: "Signed in within", Example: "1h",
			Help: "How long ago the user may have signed in (claim auth_time), sent in milliseconds. Digits are milliseconds; also 90s, 15m, 1h, 30d. Empty: not sent, not checked.",
		},
	}
}
