package client

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

// Identity is who the credentials belong to.
type Identity struct {
	// Account is the twelve-digit AWS account.
	Account string
	// ARN names the user or the assumed role.
	ARN string
}

// CallerIdentity asks STS who the credentials belong to. It needs no permission.
func (c *Client) CallerIdentity(ctx context.Context) (Identity, error) {
	out, err := sts.NewFromConfig(c.cfg).GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		c.forgetExpired(err)
		return Identity{}, err
	}
	who := Identity{Account: aws.ToString(out.Account), ARN: aws.ToString(out.Arn)}
	if who.Account == "" { // the SDK takes any answer without XML for an empty one
		return Identity{}, &smithy.DeserializationError{Err: errors.New("the answer names no account")}
	}
	return who, nil
}
