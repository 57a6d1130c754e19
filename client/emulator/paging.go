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

// page is the answer with one page of items.
func (p pager) page(items []object, input object) (object, error) {
	from, to, err := p.cut(items, input)
	if err != nil {
		return nil, err
	}
	return p.answer(items, from, to), nil
}

// cut finds where the page that input asks for begins and ends in items. A token
// that fits no item is refused.
func (p pager) cut(items []object, input object) (from, to int, err error) {
	size := p.most
	if n, ok := input[p.size].(json.Number); ok {
		if asked, err := n.Int64(); err == nil && asked > 0 {
			size = int(asked)
		}
	}
	if token, ok := input[p.token].(string); ok {
		id, err := base64.RawURLEncoding.DecodeString(token)
		from = slices.IndexFunc(items, func(item object) bool { return item[p.key] == string(id) })
		if err != nil || from < 0 {
			return 0, 0, badRequest("%s: not a token of this listing", p.token)
		}
	}
	return from, min(from+size, len(items)), nil
}

// answer holds the items of a page; its token names the item that the next one
// starts with.
func (p pager) answer(items []object, from, to int) object {
	out := object{p.list: items[from:to]}
	if to < len(items) {
		next, _ := items[to][p.key].(string)
		out[p.token] = base64.RawURLEncoding.EncodeToString([]byte(next))
	}
	return out
}
