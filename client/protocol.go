package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"ampedit/client/wire"
)

// maxAnswer bounds what is read of one answer, in bytes. API Gateway's own limit
// is 10 MB.
const maxAnswer = 16 << 20

// serialize sets method, URL and body of a request.
func (c *Client) serialize(method, path string) middleware.SerializeMiddleware {
	return middleware.SerializeMiddlewareFunc("OperationSerializer", func(ctx context.Context, in middleware.SerializeInput, next middleware.SerializeHandler) (
		out middleware.SerializeOutput, md middleware.Metadata, err error,
	) {
		req, ok := in.Request.(*smithyhttp.Request)
		if !ok {
			return out, md, &smithy.SerializationError{Err: fmt.Errorf("unknown transport type %T", in.Request)}
		}
		target, err := below(c.endpoint, path)
		if err != nil {
			return out, md, &smithy.SerializationError{Err: err}
		}
		// Host is left to the URL: set, it would have to be a name or an IPv4 address.
		req.Method, req.URL = method, target
		req.Header.Set("Accept", "application/json")
		if in.Parameters != nil {
			body, err := wire.Body(in.Parameters)
			if err != nil {
				return out, md, &smithy.SerializationError{Err: err}
			}
			req.Header.Set("Content-Type", "application/json")
			if req, err = req.SetStream(bytes.NewReader(body)); err != nil {
				return out, md, &smithy.SerializationError{Err: err}
			}
		}
		in.Request = req
		return next.HandleSerialize(ctx, in)
	})
}

// below returns the URL of an escaped path under base. It does not resolve the
// path as a reference, which would let dots in a label climb.
func below(base *url.URL, escaped string) (*url.URL, error) {
	target := *base
	target.RawPath = smithyhttp.JoinPath(base.EscapedPath(), escaped)
	var err error
	if target.Path, err = url.PathUnescape(target.RawPath); err != nil {
		return nil, fmt.Errorf("build the path: %w", err)
	}
	return &target, nil
}

// fillLabel puts a member's value into its place in path, if it has one. Only
// the unreserved characters of RFC 3986 stay as they are, as SigV4 wants.
func fillLabel(path string, m member) (string, error) {
	place := "{" + m.name + "}"
	if !strings.Contains(path, place) {
		return path, nil
	}
	if !utf8.ValidString(m.value) || m.value == "." || m.value == ".." {
		return "", &smithy.SerializationError{Err: fmt.Errorf("%s %q cannot be part of a path", m.name, m.value)}
	}
	var escaped strings.Builder
	for i := range len(m.value) {
		b := m.value[i]
		if b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || strings.IndexByte("-._~", b) >= 0 {
			escaped.WriteByte(b)
		} else {
			fmt.Fprintf(&escaped, "%%%02X", b)
		}
	}
	return strings.Replace(path, place, escaped.String(), 1), nil
}

// deserialize reads an answer into result, or makes an error of it.
func deserialize(result any) middleware.DeserializeMiddleware {
	return middleware.DeserializeMiddlewareFunc("OperationDeserializer", func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
		out middleware.DeserializeOutput, md middleware.Metadata, err error,
	) {
		out, md, err = next.HandleDeserialize(ctx, in)
		if err != nil {
			return out, md, err
		}
		resp, ok := out.RawResponse.(*smithyhttp.Response)
		if !ok {
			return out, md, &smithy.DeserializationError{Err: fmt.Errorf("unknown transport type %T", out.RawResponse)}
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
		if err != nil {
			// Like a connection that was lost before the answer: a read may be
			// repeated, an update may not.
			return out, md, &smithyhttp.RequestSendError{Err: fmt.Errorf("read the answer: %w", err)}
		}
		if resp.StatusCode < 200 || resp.StatusCode > 299 {
			return out, md, decodeError(resp.StatusCode, resp.Header, body)
		}
		out.Result = result
		return out, md, decodeAnswer(body, result)
	})
}

func decodeAnswer(body []byte, result any) error {
	var err error
	switch {
	case len(body) > maxAnswer:
		err = fmt.Errorf("the answer is larger than %d bytes", maxAnswer)
	case len(bytes.TrimSpace(body)) == 0:
		err = errors.New("the answer is empty")
	case bytes.TrimSpace(body)[0] != '{': // null would pass for an answer without members
		err = errors.New("the answer is no JSON object")
	default:
		err = json.Unmarshal(body, result)
	}
	if err != nil {
		return &smithy.DeserializationError{Err: fmt.Errorf("decode the answer: %w", err), Snapshot: body[:min(len(body), 1024)]}
	}
	return nil
}

// wrapAnswer adds status and request ID to an error, as the SDK's own wrapper
// does, but only if there was an answer: for a transport failure the handler
// puts in a response with status 0.
func wrapAnswer() middleware.DeserializeMiddleware {
	return middleware.DeserializeMiddlewareFunc("ResponseErrorWrapper", func(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (
		out middleware.DeserializeOutput, md middleware.Metadata, err error,
	) {
		out, md, err = next.HandleDeserialize(ctx, in)
		resp, ok := out.RawResponse.(*smithyhttp.Response)
		if err == nil || !ok || resp.StatusCode == 0 {
			return out, md, err
		}
		id, _ := awsmiddleware.GetRequestIDMetadata(md)
		wrapped := &awshttp.ResponseError{RequestID: id, ResponseError: &smithyhttp.ResponseError{Response: resp, Err: err}}
		var answer *Error
		if errors.As(err, &answer) {
			answer.RequestID = id
			return out, md, answerError{wrapped}
		}
		return out, md, wrapped
	})
}

// answerError is the SDK's error of an answer that holds an *Error, which names the
// request itself.
type answerError struct{ *awshttp.ResponseError }

// Error gives the status and what the answer says.
func (e answerError) Error() string { return fmt.Sprintf("status %d, %v", e.HTTPStatusCode(), e.Err) }

// Unwrap returns the SDK's error, for those who look for its type.
func (e answerError) Unwrap() error { return e.ResponseError }

// fallbackCodes name the errors of gateways and proxies that send no code.
var fallbackCodes = map[int]string{
	http.StatusBadRequest:      "BadRequestException",
	http.StatusForbidden:       "AccessDeniedException",
	http.StatusNotFound:        "NotFoundException",
	http.StatusTooManyRequests: "TooManyRequestsException",
	http.StatusGatewayTimeout:  "GatewayTimeoutException",
}
