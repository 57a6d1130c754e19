// Package journal keeps, in a directory of its own, what was sent to the service
// and what came of it, and the answers that have not been sent yet.
//
// A receipt is written before a request leaves and filled in as things become
// known, so that a program that dies between the two is found out about at the
// next start. Its life is
//
//	Lock → Begin → (the request) → Save … Save → Release
//
// and after a crash Open → Lock → Save → Release. What a receipt says is package
// submission's business. A draft is a caller's bytes. Each program writes drafts of its
// own and has them to itself while it runs; what it leaves can be claimed by the next.
//
// Every file is replaced as a whole: temporary file, fsync, rename, fsync of the
// directory. It begins with a line that holds its format, its version and the
// checksum of the rest, so that what is half-written, foreign or from a newer
// version is recognised; such a file is reported and never deleted. Files have
// mode 0600, directories 0700. Whatever looks like a secret is taken out of
// everything that is written; the text of a GraphQL schema alone is kept as it is.
package journal
