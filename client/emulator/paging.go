package emulator

import (
	"encoding/base64"
	"encoding/json"
	"slices"
)

// pager says how a listing spells its members: the list itself, the member of
// an item that identifies it, the size and the token of a page, and the size of
// a page when none is asked for.
type pager struct {
	list, key, size, token string
	most                   int
}

// page cuts items down to one page and names the item the next one starts with.
// A token that fits no item is refused.
func (p pager) page(items []object, input object) (object, error) {
	size := p.most
	if n, ok := input[p.size].(json.Number); ok {
		if asked, err := n.Int64(); err == nil && asked > 0 {
			size = int(asked)
		}
	}
	if token, ok := input[p.token].(string); ok {
		id, err := base64.RawURLEncoding.DecodeString(token)
		start := slices.IndexFunc(items, func(item object) bool { return item[p.key] == string(id) })
		if err != nil || start < 0 {
			return nil, badRequest("%s: not a token of this listing", p.token)
		}
		items = items[start:]
	}
	out := object{}
	if len(items) > size {
		next, _ := items[size][p.key].(string)
		out[p.token] = base64.RawURLEncoding.EncodeToString([]byte(next))
		items = items[:size]
	}
	out[p.list] = items
	return out, nil
}
