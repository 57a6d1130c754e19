package client

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/amplify"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
)

// App is an Amplify app.
type App struct {
	ID, Name string
	// Updated is when the app was last changed; zero if the service does not say.
	Updated time.Time
}

// UserPool is a Cognito user pool.
type UserPool struct{ ID, Name string }

// The most items of a page that the services allow.
const (
	appsPage      = 100
	userPoolsPage = 60
)

// ListApps lists the Amplify apps of the account in the region, at most maxPages
// pages of 100. It reports whether it saw the end of the list.
func (c *Client) ListApps(ctx context.Context, maxPages int) (apps []App, complete bool, err error) {
	pages := amplify.NewListAppsPaginator(amplify.NewFromConfig(c.cfg), &amplify.ListAppsInput{MaxResults: appsPage})
	for range maxPages {
		page, err := pages.NextPage(ctx)
		if err != nil {
			c.forgetExpired(err)
			return nil, false, err
		}
		for _, app := range page.Apps {
			apps = append(apps, App{ID: aws.ToString(app.AppId), Name: aws.ToString(app.Name), Updated: aws.ToTime(app.UpdateTime)})
		}
		if !pages.HasMorePages() {
			return apps, true, nil
		}
	}
	return apps, false, nil
}

// ListUserPools lists the Cognito user pools of the account in the region, at
// most maxPages pages of 60. It reports whether it saw the end of the list.
func (c *Client) ListUserPools(ctx context.Context, maxPages int) (pools []UserPool, complete bool, err error) {
	pages := cognitoidentityprovider.NewListUserPoolsPaginator(cognitoidentityprovider.NewFromConfig(c.cfg),
		&cognitoidentityprovider.ListUserPoolsInput{MaxResults: aws.Int32(userPoolsPage)})
	for range maxPages {
		page, err := pages.NextPage(ctx)
		if err != nil {
			c.forgetExpired(err)
			return nil, false, err
		}
		for _, pool := range page.UserPools {
			pools = append(pools, UserPool{ID: aws.ToString(pool.Id), Name: aws.ToString(pool.Name)})
		}
		if !pages.HasMorePages() {
			return pools, true, nil
		}
	}
	return pools, false, nil
}
