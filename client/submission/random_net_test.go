package submission_test

import (
	"context"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// network is a server with the connections to it, in memory unless -random.tcp is
// given. One serves all runs of a test: requests go to the world that is on.
type network struct {
	world   atomic.Pointer[world]
	server  *http.Server
	live    *http.Transport
	dead    *http.Transport // never gets a connection
	pending chan net.Conn
	closed  chan struct{}
	once    sync.Once
	mu      sync.Mutex
	ends    map[string]*breach // by the address of the client
	count   atomic.Int64
}

// breach says how the client sees a connection end that the server breaks off.
type breach struct{ err atomic.Pointer[error] }

// newNetwork starts the server.
func newNetwork(t testing.TB) *network {
	n := &network{pending: make(chan net.Conn), closed: make(chan struct{}), ends: map[string]*breach{}}
	n.server = &http.Server{Handler: n, ErrorLog: log.New(io.Discard, "", 0), ConnState: n.state}
	var listener net.Listener = n
	dial := n.dialMemory
	if *overTCP {
		tcp, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listener = tcp
		dial = func(ctx context.Context) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "tcp", tcp.Addr().String())
		}
	}
	n.live = &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		conn, err := dial(ctx)
		if err != nil {
			return nil, err
		}
		return &clientConn{conn, n.end(conn.LocalAddr().String())}, nil
	}}
	n.dead = &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
	}}
	go func() { _ = n.server.Serve(listener) }()
	t.Cleanup(func() {
		n.live.CloseIdleConnections()
		_ = n.server.Close()
	})
	return n
}

// end is how the connection from an address ends, which both sides share.
func (n *network) end(address string) *breach {
	n.mu.Lock()
	defer n.mu.Unlock()
	e := n.ends[address]
	if e == nil {
		e = new(breach)
		n.ends[address] = e
	}
	return e
}

func (n *network) state(conn net.Conn, s http.ConnState) {
	if s == http.StateClosed {
		n.mu.Lock()
		delete(n.ends, conn.RemoteAddr().String())
		n.mu.Unlock()
	}
}

// ServeHTTP hands a request to the present world.
func (n *network) ServeHTTP(rw http.ResponseWriter, r *http.Request) { n.world.Load().serve(rw, r) }

// breakOff ends the connection of a request; the client sees err.
func (n *network) breakOff(r *http.Request, err error) {
	n.end(r.RemoteAddr).err.Store(&err)
	panic(http.ErrAbortHandler) // the server's way to close it
}

// Errors as which the client sees a connection end.
var (
	errReset   error = &net.OpError{Op: "read", Net: "tcp", Err: os.NewSyscallError("read", syscall.ECONNRESET)}
	errTimeout error = &net.OpError{Op: "read", Net: "tcp", Err: os.ErrDeadlineExceeded}
	errEnd           = io.EOF
)

// clientConn is a connection as the client has it.
type clientConn struct {
	net.Conn
	end *breach
}

func (c *clientConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if err == nil {
		return n, nil
	}
	if told := c.end.err.Load(); told != nil {
		return n, *told
	}
	return n, err
}

// dialMemory connects to the server without a socket.
func (n *network) dialMemory(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	name := address("client-" + strconv.FormatInt(n.count.Add(1), 10))
	select {
	case n.pending <- &namedConn{server, address("server"), name}:
		return &namedConn{client, name, address("server")}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Accept, Close and Addr make the network the listener of its own server.
func (n *network) Accept() (net.Conn, error) {
	select {
	case conn := <-n.pending:
		return conn, nil
	case <-n.closed:
		return nil, net.ErrClosed
	}
}

// Close ends Accept.
func (n *network) Close() error {
	n.once.Do(func() { close(n.closed) })
	return nil
}

// Addr is no real one.
func (n *network) Addr() net.Addr { return address("server") }

// namedConn is an end of a pipe with a name.
type namedConn struct {
	net.Conn
	local, remote address
}

func (c *namedConn) LocalAddr() net.Addr  { return c.local }
func (c *namedConn) RemoteAddr() net.Addr { return c.remote }

type address string

func (address) Network() string  { return "memory" }
func (a address) String() string { return string(a) }
