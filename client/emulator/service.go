package emulator

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
)

// service is one of the AWS services that share the port: how its requests are
// signed and how its bodies travel.
type service struct {
	signingName string
	contentType string // of a request's body
	answerType  string // of an answer's body
	invalid     string // the code of a request that breaks its shape
	form        bool   // whether a request's body is a form rather than JSON
	encode      func(out object, requestID string) []byte
	fail        func(f *failure, requestID string) []byte
}

var (
	amplifyBackend = restJSON("amplifybackend")
	amplify        = restJSON("amplify")

	cognito = &service{
		signingName: "cognito-idp",
		contentType: "application/x-amz-json-1.1",
		answerType:  "application/x-amz-json-1.1",
		invalid:     "InvalidParameterException",
		encode:      encodeBody,
		fail: func(f *failure, _ string) []byte {
			return marshal(object{"__type": f.code, "message": f.message})
		},
	}

	sts = &service{
		signingName: "sts",
		contentType: "application/x-www-form-urlencoded",
		answerType:  "text/xml",
		invalid:     "ValidationError",
		form:        true,
		encode:      encodeIdentity,
		fail:        failXML,
	}
)

func restJSON(signingName string) *service {
	return &service{
		signingName: signingName,
		contentType: "application/json",
		answerType:  "application/json",
		invalid:     badRequestCode,
		encode:      encodeBody,
		fail: func(f *failure, _ string) []byte {
			body := object{"message": f.message}
			for name, value := range f.members {
				body[name] = value
			}
			return marshal(body)
		},
	}
}

func encodeBody(out object, _ string) []byte { return marshal(out) }

// marshal writes v as the services do: without HTML escapes, nothing after it.
func marshal(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(fmt.Sprintf("emulator: encoding %T: %v", v, err)) // only decoded JSON and literals come here
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

const stsNamespace = "https://sts.amazonaws.com/doc/2011-06-15/"

func encodeIdentity(out object, requestID string) []byte {
	type result struct {
		Arn     any
		UserID  any `xml:"UserId"`
		Account any
	}
	return marshalXML(struct {
		XMLName   xml.Name `xml:"GetCallerIdentityResponse"`
		Namespace string   `xml:"xmlns,attr"`
		Result    result   `xml:"GetCallerIdentityResult"`
		RequestID string   `xml:"ResponseMetadata>RequestId"`
	}{
		Namespace: stsNamespace,
		Result:    result{out["Arn"], out["UserId"], out["Account"]},
		RequestID: requestID,
	})
}

func failXML(f *failure, requestID string) []byte {
	return marshalXML(struct {
		XMLName   xml.Name `xml:"ErrorResponse"`
		Namespace string   `xml:"xmlns,attr"`
		Type      string   `xml:"Error>Type"`
		Code      string   `xml:"Error>Code"`
		Message   string   `xml:"Error>Message"`
		RequestID string   `xml:"RequestId"`
	}{Namespace: stsNamespace, Type: "Sender", Code: f.code, Message: f.message, RequestID: requestID})
}

func marshalXML(v any) []byte {
	data, err := xml.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("emulator: encoding %T: %v", v, err)) // strings in fixed structures
	}
	return data
}
