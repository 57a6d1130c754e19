package emulator

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strconv"
)

// pager says how a listing spells its members: the list itself, the member of
// an item that identifies it, the size and the token of a page, and the size of
// a page when none is asked for. The rest is what may be odd about it.
type pager struct {
	list, key, size, token string
	most                   int

	limit   int  // of a page, whatever was asked for; 0 means none
	offsets bool // tokens count items instead of naming the next one
	repeat  bool // the first token comes with every page
}

// page is the answer with one page of items.
func (p pager) page(items []object, input object) (object, error) {
	from, to, err := p.cut(items, input)
	if err != nil {
		return nil, err
	}
	return p.answer(items, from, to, input), nil
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
	if p.limit > 0 {
		size = min(size, p.limit)
	}
	if token, ok := input[p.token].(string); ok {
		if from, ok = p.start(items, token); !ok {
			return 0, 0, badRequest("%s: not a token of this listing", p.token)
		}
	}
	return from, min(from+size, len(items)), nil
}

// start is where the page of token begins.
func (p pager) start(items []object, token string) (int, bool) {
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		return 0, false
	}
	if p.offsets {
		n, err := strconv.Atoi(string(text))
		return min(n, len(items)), err == nil && n >= 0
	}
	from := slices.IndexFunc(items, func(item object) bool { return item[p.key] == string(text) })
	return from, from >= 0
}

// answer holds the items of a page, and the token of the next one if there is
// one.
func (p pager) answer(items []object, from, to int, input object) object {
	out := object{p.list: items[from:to]}
	if given, ok := input[p.token]; ok && p.repeat {
		out[p.token] = given
	} else if to < len(items) || p.repeat && to > 0 {
		out[p.token] = p.tokenFor(items, min(to, len(items)-1))
	}
	return out
}

func (p pager) tokenFor(items []object, next int) string {
	text, _ := items[next][p.key].(string)
	if p.offsets {
		text = strconv.Itoa(next)
	}
	return base64.RawURLEncoding.EncodeToString([]byte(text))
}
