package interop

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	gorillaws "github.com/gorilla/websocket"
	"github.com/kataras/neffos"
	"github.com/kataras/neffos/gorilla"
)

const (
	// How long an answer or an event may take; an upper bound.
	deadline = 10 * time.Second
	// The client can take a request that follows an answer too closely for one made inside a handler, starts a second reader
	// on its socket and loses a frame or the connection. The pause makes that rare, the attempts make it harmless.
	pause    = 5 * time.Millisecond
	attempts = 3
)

// lost says that the client got no answer, or that its connection broke: our server's fault, or the race above.
type lost struct{ err error }

// session is one attempt of one scenario.
type session struct {
	*testing.T
	clients []*neffos.Client
}

// scenario runs a test, again when the client lost something.
func scenario(t *testing.T, run func(s *session)) {
	t.Helper()
	for attempt := 1; ; attempt++ {
		err := once(t, run)
		if err == nil {
			return
		}
		if attempt == attempts {
			t.Fatalf("attempt %d: %v", attempt, err)
		}
		t.Logf("attempt %d: %v; once more", attempt, err)
	}
}

func once(t *testing.T, run func(s *session)) (err error) {
	t.Helper()
	s := &session{T: t}
	defer func() {
		for _, client := range s.clients {
			client.Close()
		}
		switch cause := recover().(type) {
		case nil:
		case lost:
			err = cause.err
		default:
			panic(cause)
		}
	}()
	run(s)
	return nil
}

func soon() (context.Context, context.CancelFunc) {
	time.Sleep(pause)
	return context.WithTimeout(context.Background(), deadline)
}

// check passes the errors of the other side on, and gives up on those that the race can cause.
func check(what string, err error) error {
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, neffos.ErrWrite) || neffos.IsCloseError(err) {
		panic(lost{fmt.Errorf("%s: %w", what, err)})
	}
	return err
}

func (s *session) ok(what string, err error) {
	s.Helper()
	if check(what, err) != nil {
		s.Fatalf("%s: %v", what, err)
	}
}

func (s *session) refused(what string, err error, text string) {
	s.Helper()
	if check(what, err) == nil || err.Error() != text {
		s.Fatalf("%s: expected refusal %q, got %v", what, text, err)
	}
}

func (s *session) equal(what string, actual, expected any) {
	s.Helper()
	if fmt.Sprintf("%#v", actual) != fmt.Sprintf("%#v", expected) {
		s.Fatalf("%s: expected %#v, got %#v", what, expected, actual)
	}
}

func endpoint() string {
	return variable("NEFFOS_URL")
}

func variable(name string) string {
	value := os.Getenv(name)
	if value == "" {
		panic("the environment variable " + name + " is not set: these scenarios are run by the Maven module")
	}
	return value
}

func (s *session) restart(how string) {
	s.Helper()
	response, err := http.Post(variable("NEFFOS_CONTROL")+"/restart?how="+how, "text/plain", nil)
	s.ok("restart", err)
	response.Body.Close()
	s.equal("status of restart", response.StatusCode, http.StatusNoContent)
}

func unique(prefix string) string {
	return fmt.Sprintf("%s-%08x", prefix, rand.Uint32())
}

// dialer with a header for the visitor's name, unless it is empty.
func dialer(name string, subprotocols ...string) neffos.Dialer {
	header := http.Header{}
	if name != "" {
		header.Set("X-Visitor-Name", name)
	}
	return gorilla.Dialer(&gorillaws.Dialer{HandshakeTimeout: deadline, Subprotocols: subprotocols}, header)
}

func (s *session) dial(namespaces neffos.Namespaces, dialer neffos.Dialer, url string) *neffos.Client {
	s.Helper()
	ctx, cancel := soon()
	defer cancel()
	client, err := neffos.Dial(ctx, dialer, url, namespaces)
	s.ok("dial", err)
	s.clients = append(s.clients, client)
	return client
}

func (s *session) connect(client *neffos.Client, namespace string) *neffos.NSConn {
	s.Helper()
	nsConn, err := connect(client, namespace)
	s.ok("connect "+namespace, err)
	return nsConn
}

func connect(client *neffos.Client, namespace string) (*neffos.NSConn, error) {
	ctx, cancel := soon()
	defer cancel()
	return client.Connect(ctx, namespace)
}

// lab dials and connects namespace lab; its events, and those of more namespaces, go to the inbox.
func (s *session) lab(more ...string) (*neffos.Client, *neffos.NSConn, *inbox) {
	s.Helper()
	return s.labWith(nil, more...)
}

func (s *session) labWith(handlers neffos.Events, more ...string) (*neffos.Client, *neffos.NSConn, *inbox) {
	s.Helper()
	in := newInbox()
	namespaces := neffos.Namespaces{"lab": in.events(handlers)}
	for _, namespace := range more {
		namespaces[namespace] = in.events(nil)
	}
	client := s.dial(namespaces, dialer(""), endpoint())
	nsConn := s.connect(client, "lab")
	in.log()
	return client, nsConn, in
}

func (s *session) join(nsConn *neffos.NSConn, name string) *neffos.Room {
	s.Helper()
	room, err := join(nsConn, name)
	s.ok("join "+name, err)
	return room
}

func join(nsConn *neffos.NSConn, name string) (*neffos.Room, error) {
	ctx, cancel := soon()
	defer cancel()
	return nsConn.JoinRoom(ctx, name)
}

func leave(room *neffos.Room) error {
	ctx, cancel := soon()
	defer cancel()
	return room.Leave(ctx)
}

// ask returns the body of the reply.
func (s *session) ask(nsConn *neffos.NSConn, event, body string) string {
	s.Helper()
	reply, err := ask(nsConn, event, body)
	s.ok("ask "+event, err)
	return string(reply.Body)
}

func ask(nsConn *neffos.NSConn, event, body string) (neffos.Message, error) {
	ctx, cancel := soon()
	defer cancel()
	return nsConn.Ask(ctx, event, []byte(body))
}

// askWith asks with what the method of the namespace cannot say.
func askWith(nsConn *neffos.NSConn, msg neffos.Message) (neffos.Message, error) {
	ctx, cancel := soon()
	defer cancel()
	return nsConn.Conn.Ask(ctx, msg)
}

// roomsOnServer are the rooms of this connection in lab, as the server sees them.
func (s *session) roomsOnServer(nsConn *neffos.NSConn) []string {
	s.Helper()
	names := []string{}
	s.ok("rooms", json.Unmarshal([]byte(s.ask(nsConn, "rooms", "")), &names))
	slices.Sort(names)
	return names
}

func roomsOnClient(nsConn *neffos.NSConn) []string {
	names := []string{}
	for _, room := range nsConn.Rooms() {
		names = append(names, room.Name)
	}
	slices.Sort(names)
	return names
}

// agree asserts which rooms this connection has joined, on both sides.
func (s *session) agree(nsConn *neffos.NSConn, rooms ...string) {
	s.Helper()
	slices.Sort(rooms)
	if rooms == nil {
		rooms = []string{}
	}
	s.equal("rooms on the client", roomsOnClient(nsConn), rooms)
	s.equal("rooms on the server", s.roomsOnServer(nsConn), rooms)
}

// settled returns when everything that the server sent before has been handled.
func (s *session) settled(nsConn *neffos.NSConn) {
	s.Helper()
	s.equal("echo", s.ask(nsConn, "echo", "what was sent before arrives before"), "what was sent before arrives before")
}

func (s *session) sent(ok bool) {
	s.Helper()
	if !ok {
		panic(lost{errors.New("emit: not sent")})
	}
}

func describe(msg neffos.Message) string {
	flags := ""
	if msg.IsLocal {
		flags += "+"
	}
	if msg.IsForced {
		flags += "!"
	}
	return strings.TrimSpace(strings.TrimPrefix(msg.Event, "_On") + flags + " " + msg.Room)
}
