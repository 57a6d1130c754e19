package emulator

// The operations of other services that a client of AmplifyBackend wants beside
// it: which apps there are, which user pools, and who is asking.

// listAppsShape holds the query parameters of ListApps (amplify 2017-07-25).
var listAppsShape = &shape{kind: structure, members: map[string]*shape{
	"maxResults": {kind: integer, min: 0, max: 100},
	"nextToken":  aText,
}}

// getCallerIdentityShape holds the form of GetCallerIdentity (sts 2011-06-15).
var getCallerIdentityShape = &shape{kind: structure, required: []string{"Action", "Version"}, members: map[string]*shape{
	"Action":  {kind: text, enum: []string{"GetCallerIdentity"}},
	"Version": {kind: text, enum: []string{"2011-06-15"}},
}}

var (
	appPages  = pager{list: "apps", key: "appId", size: "maxResults", token: "nextToken", most: 100}
	poolPages = pager{list: "UserPools", key: "Id", size: "MaxResults", token: "NextToken", most: 60}
)

func (b *backend) listApps(c call) (object, error) {
	apps := []object{}
	for _, a := range b.apps {
		apps = append(apps, object{
			"appArn":                "arn:aws:amplify:" + SampleRegion + ":" + SampleAccount + ":apps/" + a.id,
			"appId":                 a.id,
			"createTime":            sampleCreated.Unix(),
			"defaultDomain":         a.id + ".amplifyapp.com",
			"description":           "",
			"enableBasicAuth":       false,
			"enableBranchAutoBuild": false,
			"environmentVariables":  object{},
			"name":                  a.name,
			"platform":              "WEB",
			"repository":            "",
			"updateTime":            sampleCreated.Unix(),
		})
	}
	return appPages.page(apps, c.input)
}

func (b *backend) listUserPools(c call) (object, error) {
	pools := []object{}
	for _, p := range samplePools {
		pools = append(pools, object{
			"CreationDate":     p.created.Unix(),
			"Id":               p.id,
			"LambdaConfig":     object{},
			"LastModifiedDate": p.created.Unix(),
			"Name":             p.name,
		})
	}
	return poolPages.page(pools, c.input)
}

func (b *backend) getCallerIdentity(call) (object, error) {
	return object{"Account": SampleAccount, "Arn": SampleCaller, "UserId": "AIDAEXAMPLEACMEPROD00"}, nil
}
