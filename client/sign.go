package client

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"time"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// sign signs each attempt and sends it. How far the service's clock is from ours,
// which each answer tells, is kept for the requests that follow: the Retry step
// does so after the last attempt of a call, this one before the next attempt.
func (c *Client) sign() middleware.FinalizeMiddleware {
	return middleware.FinalizeMiddlewareFunc("Signing", func(ctx context.Context, in middleware.FinalizeInput, next middleware.FinalizeHandler) (
		out middleware.FinalizeOutput, md middleware.Metadata, err error,
	) {
		req, ok := in.Request.(*smithyhttp.Request)
		if !ok {
			return out, md, &v4.SigningError{Err: fmt.Errorf("unknown transport type %T", in.Request)}
		}
		if err := c.signRequest(ctx, req); err != nil {
			return out, md, err
		}
		out, md, err = next.HandleFinalize(ctx, in)
		if skew, ok := awsmiddleware.GetAttemptSkew(md); ok && err != nil && !c.cfg.DisableClockSkewCorrection {
			c.skew.Store(int64(skew)) // so that the next attempt signs with it
		}
		return out, md, err
	})
}

func (c *Client) signRequest(ctx context.Context, req *smithyhttp.Request) error {
	creds, err := c.credentials(ctx)
	if err != nil {
		return &v4.SigningError{Err: err}
	}
	hash := sha256.New()
	if body := req.GetStream(); body != nil {
		if _, err := io.Copy(hash, body); err != nil {
			return &v4.SigningError{Err: fmt.Errorf("hash the body: %w", err)}
		}
		if err := req.RewindStream(); err != nil {
			return &v4.SigningError{Err: fmt.Errorf("rewind the body: %w", err)}
		}
	}
	now := c.clock.Now().Add(time.Duration(c.skew.Load()))
	err = c.signer.SignHTTP(ctx, creds, req.Request, hex.EncodeToString(hash.Sum(nil)), signingName, c.cfg.Region, now)
	if err != nil {
		return &v4.SigningError{Err: err}
	}
	return nil
}
