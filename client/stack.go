package client

import (
	"context"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Names of the service in the model: for configuration, for signatures and host
// names, and the version of the API.
const (
	serviceID   = "AmplifyBackend"
	signingName = "amplifybackend"
	apiVersion  = "2020-08-11"
)

// call runs an operation: in is the body's value or nil, out receives the answer,
// and the metadata tells about its headers.
func (c *Client) call(ctx context.Context, op operation, in, out any, required ...member) (md middleware.Metadata, err error) {
	var connected atomic.Bool
	path, err := requestPath(op, required)
	if err == nil {
		md, err = c.invoke(ctx, op, path, in, out, &connected)
	}
	if err == nil {
		return md, nil
	}
	c.forgetExpired(err)
	if op.mutates {
		err = &UpdateError{Effect: effect(err, connected.Load()), Err: err}
	}
	return md, operationError(op, err)
}

// requestPath checks the required members and fills the path's labels from them.
func requestPath(op operation, required []member) (string, error) {
	invalid := smithy.InvalidParamsError{Context: op.name + "Input"}
	path := op.path
	for _, m := range required {
		if m.value == "" {
			invalid.Add(smithy.NewErrParamRequired(m.name))
			continue
		}
		var err error
		if path, err = fillLabel(path, m); err != nil {
			return "", err
		}
	}
	if invalid.Len() > 0 {
		return "", invalid
	}
	return path, nil
}

func (c *Client) invoke(ctx context.Context, op operation, path string, in, out any, connected *atomic.Bool) (middleware.Metadata, error) {
	ctx = middleware.ClearStackValues(ctx)
	ctx = middleware.WithServiceID(ctx, serviceID)
	ctx = middleware.WithOperationName(ctx, op.name)
	ctx = awsmiddleware.SetServiceID(ctx, serviceID)
	ctx = awsmiddleware.SetOperationName(ctx, op.name)
	ctx = awsmiddleware.SetRegion(ctx, c.cfg.Region)
	if c.cfg.Logger != nil {
		ctx = middleware.SetLogger(ctx, c.cfg.Logger)
	}
	stack := middleware.NewStack(op.name, smithyhttp.NewStackRequest)
	if err := c.assemble(stack, op, path, out); err != nil {
		return middleware.Metadata{}, err
	}
	for _, option := range c.cfg.APIOptions {
		if err := option(stack); err != nil {
			return middleware.Metadata{}, err
		}
	}
	handler := smithyhttp.NewClientHandlerWithOptions(watchConnections(c.cfg.HTTPClient, connected))
	_, md, err := middleware.DecorateHandler(handler, stack).Handle(ctx, in)
	return md, err
}

// assemble puts the steps of a call together in the order of a generated
// client's, under the identifiers that API options look for.
func (c *Client) assemble(stack *middleware.Stack, op operation, path string, out any) error {
	var retryer aws.Retryer = c.retryer
	if op.mutates {
		retryer = aws.NopRetryer{} // whether it may be sent again is for the caller to say
	}
	mode := c.cfg.ClientLogMode
	attempt := retry.NewAttemptMiddleware(retryer, smithyhttp.RequestCloner, func(a *retry.Attempt) {
		a.LogAttempts = mode.IsRetries()
		a.ClientSkew = &c.skew
		a.DisableClockSkewCorrection = c.cfg.DisableClockSkewCorrection
	})
	steps := addition{}
	steps.add(stack.Serialize.Add(c.serialize(op.method, path), middleware.After))
	steps.add(stack.Build.Add(&awsmiddleware.ClientRequestID{}, middleware.After))
	steps.add(stack.Build.Add(c.userAgent(), middleware.After))
	steps.add(stack.Build.Add(&awsmiddleware.RecursionDetection{}, middleware.After))
	steps.add(stack.Finalize.Add(attempt, middleware.After))
	steps.add(stack.Finalize.Add(c.sign(), middleware.After))
	steps.add(stack.Deserialize.Add(&awsmiddleware.AddRawResponse{}, middleware.Before))
	steps.add(stack.Deserialize.Add(wrapAnswer(), middleware.After))
	steps.add(stack.Deserialize.Add(&awsmiddleware.RequestIDRetriever{}, middleware.After))
	steps.add(stack.Deserialize.Add(deserialize(out), middleware.After))
	steps.add(stack.Deserialize.Add(&awsmiddleware.RecordResponseTiming{
		DisableClockSkewCorrection: c.cfg.DisableClockSkewCorrection,
	}, middleware.After))
	steps.add(stack.Deserialize.Add(&smithyhttp.RequestResponseLogger{
		LogRequest: mode.IsRequest(), LogRequestWithBody: mode.IsRequestWithBody(),
		LogResponse: mode.IsResponse(), LogResponseWithBody: mode.IsResponseWithBody(),
	}, middleware.After))
	return steps.err
}

// addition keeps the first error of a series of stack additions.
type addition struct{ err error }

func (a *addition) add(err error) {
	if a.err == nil {
		a.err = err
	}
}

func (c *Client) userAgent() *awsmiddleware.RequestUserAgent {
	ua := awsmiddleware.NewRequestUserAgent()
	ua.AddSDKAgentKeyValue(awsmiddleware.APIMetadata, signingName, apiVersion)
	if c.cfg.AppID != "" {
		ua.AddSDKAgentKey(awsmiddleware.ApplicationIdentifier, c.cfg.AppID)
	}
	return ua
}

// newRetryer follows the retry mode and the number of attempts of cfg. Any
// answer with status 429 counts as throttled: the service's API reference and
// its model disagree about the name of that error.
func newRetryer(cfg aws.Config) aws.RetryerV2 {
	standard := func(o *retry.StandardOptions) {
		if cfg.RetryMaxAttempts > 0 {
			o.MaxAttempts = cfg.RetryMaxAttempts
		}
		o.Retryables = append(o.Retryables, retry.RetryableHTTPStatusCode{Codes: map[int]struct{}{429: {}}})
	}
	if cfg.RetryMode == aws.RetryModeAdaptive {
		return retry.NewAdaptiveMode(func(o *retry.AdaptiveModeOptions) {
			o.StandardOptions = append(o.StandardOptions, standard)
		})
	}
	return retry.NewStandard(standard)
}
