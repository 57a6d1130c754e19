package loopback_test

import (
	"testing"

	"ampedit/client/loopback"
)

func TestIs(t *testing.T) {
	for _, host := range []string{
		"localhost", "LocalHost", "127.0.0.1", "127.255.255.254", "::1", "[::1]", "::1%lo", "[::1%25lo]",
		"0:0:0:0:0:0:0:1", "::ffff:127.0.0.1",
	} {
		if !loopback.Is(host) {
			t.Errorf("%q is this machine", host)
		}
	}
	for _, host := range []string{
		"", "localhost.", "a.localhost", "localhost.example.com", "127.0.0.1.example.com", "127.1", "0x7f.0.0.1", "2130706433",
		"127.0.0.1:80", "[::1]:80", "[::1", "::1]", "[localhost]", "0.0.0.0", "::", "::2", "10.0.0.1", "169.254.169.254",
		"128.0.0.1", "fe80::1%lo", "::ffff:10.0.0.1",
	} {
		if loopback.Is(host) {
			t.Errorf("%q is taken for this machine", host)
		}
	}
}
