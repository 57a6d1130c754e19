package document

// writer puts wanted values into the text of a file.
type writer struct {
	source string
	layout layout
	// keepLeftovers leaves what a skeleton left beside the wanted values.
	keepLeftovers bool
}

// final is an item of a collection as it will be.
type final struct {
	// index is the item's place in the file, -1 for a new one.
	index int
	// wanted is what the item will say; its value is nil for an item that
	// stays as it is.
	wanted item
}

// document returns the file with its root changed to what is wanted.
func (w *writer) document(root, wanted *node) string {
	return w.source[:root.start] + w.compose(root, w.members(root, wanted)) + w.source[root.end:]
}

// same reports whether a value of the file says what is wanted. Members that
// nobody asked for do not count.
func (w *writer) same(n, wanted *node) bool {
	switch {
	case n != nil && n.kind == null && wanted != nil && wanted.kind == text && wanted.text == "": // both say empty
		return true
	case n.unset() || wanted.unset():
		return wanted.unset() && (n == nil || n.kind == null || n.leftover && w.keepLeftovers)
	case n.scalar() || wanted.scalar():
		return sameScalar(n, wanted)
	case n.kind != wanted.kind:
		return false
	case n.kind == list:
		return w.sameElements(n, wanted)
	}
	for i := range n.items {
		it := &n.items[i]
		if m := counterpart(it, wanted); (it.name != "" || m != nil) && !w.same(it.value, valueOf(m)) {
			return false
		}
	}
	for i := range wanted.items {
		if counterpart(&wanted.items[i], n) == nil {
			return false
		}
	}
	return true
}

func (w *writer) sameElements(n, wanted *node) bool {
	i := 0
	for _, it := range n.items {
		if it.value.leftover {
			if !w.keepLeftovers {
				return false
			}
			continue
		}
		if i == len(wanted.items) || !w.same(it.value, wanted.items[i].value) {
			return false
		}
		i++
	}
	return i == len(wanted.items)
}

func sameScalar(n, wanted *node) bool {
	if !n.scalar() || !wanted.scalar() {
		return false
	}
	if wanted.kind == number {
		a, okA := n.float()
		b, okB := wanted.float()
		return okA && okB && a == b
	}
	return n.text == wanted.text
}

// counterpart finds the same member in another object: by its name on the wire,
// or by its key where it has none.
func counterpart(it *item, in *node) *item {
	if it.name != "" {
		return in.find(it.name)
	}
	for i := range in.items {
		if other := &in.items[i]; other.name == "" && other.key.text == it.key.text {
			return other
		}
	}
	return nil
}

func valueOf(it *item) *node {
	if it == nil {
		return nil
	}
	return it.value
}

// finals returns what becomes of a collection's items.
func (w *writer) finals(n, wanted *node) []final {
	if n.kind == list {
		return w.elements(n, wanted)
	}
	return w.members(n, wanted)
}

// members keeps the members of the file that are wanted, not known or not set,
// in their order, and puts new ones after them.
func (w *writer) members(n, wanted *node) []final {
	var finals []final
	for i := range n.items {
		it := &n.items[i]
		switch m := counterpart(it, wanted); {
		case m != nil:
			finals = append(finals, final{i, *m})
		case it.name == "" || w.same(it.value, nil):
			finals = append(finals, final{index: i})
		}
	}
	for i := range wanted.items {
		if counterpart(&wanted.items[i], n) == nil {
			finals = append(finals, final{-1, wanted.items[i]})
		}
	}
	return finals
}

// elements finds for each wanted element the one of the file that it comes from.
// What a skeleton left in a list goes once the list changes.
func (w *writer) elements(n, wanted *node) []final {
	finals := make([]final, len(wanted.items))
	taken := make([]bool, len(n.items))
	for i, it := range wanted.items {
		finals[i] = final{-1, it}
	}
	for _, alike := range []func(a, b *node) bool{w.same, sameIdentity, sameMode} {
		for i := range finals {
			for at := range n.items {
				from := n.items[at].value
				if finals[i].index < 0 && !taken[at] && !from.leftover && alike(from, finals[i].wanted.value) {
					finals[i].index, taken[at] = at, true
				}
			}
		}
	}
	for i := range finals {
		if finals[i].index < 0 && i < len(taken) && !taken[i] && !n.items[i].value.leftover {
			finals[i].index, taken[i] = i, true
		}
	}
	return finals
}

func sameMode(a, b *node) bool {
	return a.member("mode") != nil && b.member("mode") != nil && a.member("mode").text == b.member("mode").text
}

// sameIdentity reports whether two authorization types are for the same pool or
// the same provider.
func sameIdentity(a, b *node) bool {
	for _, name := range []string{"cognitoUserPoolId", "openIDIssueURL", "openIDProviderName"} {
		x, y := a.member("settings").member(name), b.member("settings").member(name)
		if x != nil && y != nil && x.text != "" && x.text == y.text {
			return sameMode(a, b)
		}
	}
	return false
}
