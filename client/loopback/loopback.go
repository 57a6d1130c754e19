// Package loopback tells this machine from all others by name. Plain http is for
// this machine only, and who may be asked without TLS is decided in one place.
package loopback

import (
	"net/netip"
	"strings"
)

// Is reports whether host, without a port, is this machine: "localhost" in any
// letter case, an address of 127.0.0.0/8, or ::1, also with brackets or a zone.
// It does not resolve names. Names below localhost are no exception, since not
// every resolver keeps those on this machine, nor are short forms of addresses
// such as 127.1, which programs read differently.
func Is(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	if inner, ok := strings.CutPrefix(host, "["); ok {
		if host, ok = strings.CutSuffix(inner, "]"); !ok {
			return false
		}
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.WithZone("").Unmap().IsLoopback()
}
