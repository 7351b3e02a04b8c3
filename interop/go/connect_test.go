package interop

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/kataras/neffos"
	"github.com/kataras/neffos/gorilla"
)

func TestConnect(t *testing.T) {
	scenario(t, func(s *session) {
		in := newInbox()
		client := s.dial(neffos.Namespaces{"lab": in.events(nil)}, dialer(""), endpoint())
		nsConn := s.connect(client, "lab")
		s.equal("events", in.log(), []string{"NamespaceConnect+", "NamespaceConnected+"})
		s.equal("id", s.ask(nsConn, "whoami", ""), client.ID)
		s.equal("the same object", s.connect(client, "lab") == nsConn, true)
	})
}

func TestConnectSeveralNamespaces(t *testing.T) {
	scenario(t, func(s *session) {
		client, nsConn, _ := s.lab("stage", "default")
		stage := s.connect(client, "stage")
		s.connect(client, "default")
		s.equal("ping", s.ask(stage, "ping", ""), "pong")
		s.settled(nsConn)
	})
}

func TestDeniedConnect(t *testing.T) {
	scenario(t, func(s *session) {
		client, nsConn, in := s.lab("closed")
		_, err := connect(client, "closed")
		s.refused("connect closed", err, "closed for today")
		s.equal("events", in.log(), []string{"NamespaceConnect+"})
		s.settled(nsConn)
	})
}

func TestUndeclaredNamespace(t *testing.T) {
	scenario(t, func(s *session) {
		client, nsConn, _ := s.lab("nowhere")
		_, err := connect(client, "nowhere")
		s.refused("connect nowhere", err, "bad namespace")
		s.settled(nsConn)
	})
}

func TestDisconnect(t *testing.T) {
	scenario(t, func(s *session) {
		client, nsConn, in := s.lab("stage")
		room := unique("d")
		s.join(nsConn, room)
		in.log()
		ctx, cancel := soon()
		defer cancel()
		s.ok("disconnect", nsConn.Disconnect(ctx))
		s.equal("events", in.log(), []string{"RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+"})
		s.equal("ping", s.ask(s.connect(client, "stage"), "ping", ""), "pong")
		s.agree(s.connect(client, "lab"))
	})
}

func TestDisconnectAll(t *testing.T) {
	scenario(t, func(s *session) {
		client, nsConn, in := s.lab("stage", "default")
		s.connect(client, "stage")
		s.connect(client, "default")
		in.log()
		ctx, cancel := soon()
		defer cancel()
		s.ok("disconnect all", nsConn.Conn.DisconnectAll(ctx))
		s.equal("events", in.log(), slices.Repeat([]string{"NamespaceDisconnect+"}, 3))
		s.agree(s.connect(client, "lab"))
	})
}

func TestCloseByTheClient(t *testing.T) {
	scenario(t, func(s *session) {
		room := unique("c")
		_, _, watching := s.visitor("ann", room)
		leaver, _, leaving := s.visitor("bob", room)
		s.presence(watching, room, "ann", "bob")
		leaver.Close()
		system := slices.DeleteFunc(leaving.log(), func(entry string) bool { return !strings.Contains(entry, "!") })
		s.equal("events", system, []string{"RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+!"})
		s.presence(watching, room, "ann")
	})
}

func TestHeader(t *testing.T) {
	scenario(t, func(s *session) {
		client := s.dial(neffos.Namespaces{"lab": neffos.Events{}}, dialer("ann"), endpoint())
		s.equal("name", s.ask(s.connect(client, "lab"), "name", ""), "ann")
	})
}

func TestURLHeaderParameter(t *testing.T) {
	scenario(t, func(s *session) {
		address := endpoint() + "?X-Websocket-Header-X-Visitor-Name=" + url.QueryEscape("Zoë Smith")
		client := s.dial(neffos.Namespaces{"lab": neffos.Events{}}, dialer(""), address)
		s.equal("name", s.ask(s.connect(client, "lab"), "name", ""), "Zoë Smith")
	})
}

func TestSubprotocol(t *testing.T) {
	scenario(t, func(s *session) {
		client := s.dial(neffos.Namespaces{"lab": neffos.Events{}}, dialer("", "other", "neffos.v1"), endpoint())
		nsConn := s.connect(client, "lab")
		socket := nsConn.Conn.Socket().(*gorilla.Socket)
		s.equal("subprotocol", socket.UnderlyingConn.Subprotocol(), "neffos.v1")
		s.settled(nsConn)
	})
}

func TestConnectByTheServer(t *testing.T) {
	scenario(t, func(s *session) {
		client, nsConn, in := s.lab("stage")
		s.sent(nsConn.Emit("summon", []byte("stage")))
		s.equal("summoned", in.text("summoned", ""), "stage")
		s.equal("events", in.log(), []string{"NamespaceConnect", "NamespaceConnected"})
		ctx, cancel := soon()
		defer cancel()
		stage, err := client.WaitServerConnect(ctx, "stage")
		s.ok("wait", err)
		s.equal("ping", s.ask(stage, "ping", ""), "pong")
	})
}

func TestConnectByTheServerThatTheClientRefuses(t *testing.T) {
	scenario(t, func(s *session) {
		in := newInbox()
		client := s.dial(neffos.Namespaces{
			"lab": in.events(nil),
			"stage": neffos.Events{neffos.OnNamespaceConnect: func(*neffos.NSConn, neffos.Message) error {
				return context.Canceled
			}},
		}, dialer(""), endpoint())
		nsConn := s.connect(client, "lab")
		s.sent(nsConn.Emit("summon", []byte("stage")))
		s.equal("summon-failed", in.text("summon-failed", ""), context.Canceled.Error())
		s.settled(nsConn)
	})
}

func TestConnectByTheServerToNamespaceThatTheClientDoesNotHave(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		s.sent(nsConn.Emit("summon", []byte("stage")))
		s.equal("summon-failed", in.text("summon-failed", ""), "bad namespace")
		s.settled(nsConn)
	})
}

func TestDisconnectByTheServer(t *testing.T) {
	scenario(t, func(s *session) {
		client, nsConn, in := s.lab("stage")
		room := unique("r")
		s.join(s.connect(client, "stage"), room)
		in.log()
		s.sent(nsConn.Emit("dismiss", []byte("stage")))
		s.equal("dismissed", in.text("dismissed", ""), "stage")
		s.equal("events", in.log(), []string{"RoomLeave! " + room, "RoomLeft! " + room, "NamespaceDisconnect"})
		s.equal("ping", s.ask(s.connect(client, "stage"), "ping", ""), "pong")
	})
}

func TestForcedCloseByTheServer(t *testing.T) {
	scenario(t, func(s *session) {
		client, nsConn, in := s.lab()
		room := unique("r")
		s.join(nsConn, room)
		in.log()
		s.sent(nsConn.Emit("kick", nil))
		s.closed(client)
		s.equal("events", in.log(), []string{"RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+!"})
	})
}

func TestDialAgainAfterTheServerRestarted(t *testing.T) {
	for _, how := range []string{"kill", "terminate"} {
		scenario(t, func(s *session) {
			client, nsConn, in := s.lab()
			room := unique("r")
			s.join(nsConn, room)
			in.log()
			s.restart(how)
			s.closed(client)
			s.equal("events", in.log(), []string{"RoomLeave+! " + room, "RoomLeft+! " + room, "NamespaceDisconnect+!"})
			again, nsConnAgain, inAgain := s.lab()
			s.equal("another id", again.ID != client.ID, true)
			s.agree(nsConnAgain)
			s.sent(s.join(nsConnAgain, room).Emit("shout", []byte("back")))
			s.equal("shouted", inAgain.text("shouted", room), "back")
		})
	}
}

func (s *session) closed(client *neffos.Client) {
	s.Helper()
	ctx, cancel := soon()
	defer cancel()
	select {
	case <-client.NotifyClose:
	case <-ctx.Done():
		s.Fatal("the connection is still open")
	}
}

// visitor is in a room of namespace chat.
func (s *session) visitor(name, room string) (*neffos.Client, *neffos.NSConn, *inbox) {
	s.Helper()
	in := newInbox()
	client := s.dial(neffos.Namespaces{"chat": in.events(nil)}, dialer(name), endpoint())
	nsConn := s.connect(client, "chat")
	s.join(nsConn, room)
	return client, nsConn, in
}

// presence waits until exactly these are in the room.
func (s *session) presence(in *inbox, room string, names ...string) {
	s.Helper()
	for {
		var presence struct{ Members []string }
		s.ok("presence", json.Unmarshal(in.next("presence", room).Body, &presence))
		slices.Sort(presence.Members)
		if slices.Equal(presence.Members, names) {
			return
		}
	}
}
