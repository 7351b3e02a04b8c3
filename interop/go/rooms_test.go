package interop

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/kataras/neffos"
)

func TestJoin(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		name := unique("r")
		room := s.join(nsConn, name)
		s.equal("events", in.log(), []string{"RoomJoin+ " + name, "RoomJoined+ " + name})
		s.equal("the same object", s.join(nsConn, name) == room, true)
		s.agree(nsConn, name)
	})
}

func TestRoomNameWithSeparatorsAndOtherScripts(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		name := unique("a;b λ 房间")
		room := s.join(nsConn, name)
		s.agree(nsConn, name)
		s.sent(room.Emit("shout", []byte("x;y")))
		s.equal("shouted", in.text("shouted", name), "x;y")
	})
}

func TestDeniedJoin(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		_, err := join(nsConn, unique("deny"))
		s.refused("join", err, "not this room")
		s.equal("events", in.log(), []string{})
		s.agree(nsConn)
	})
}

func TestLeave(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		name := unique("r")
		room := s.join(nsConn, name)
		in.log()
		s.ok("leave", leave(room))
		s.equal("events", in.log(), []string{"RoomLeave " + name, "RoomLeft " + name})
		s.equal("emit to the left room", room.Emit("shout", nil), false)
		s.agree(nsConn)
	})
}

func TestDeniedLeave(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		name := unique("sticky")
		room := s.join(nsConn, name)
		in.log()
		s.refused("leave", leave(room), "stay")
		s.equal("events", in.log(), []string{})
		s.agree(nsConn, name)
		s.sent(room.Emit("shout", []byte("still here")))
		s.equal("shouted", in.text("shouted", name), "still here")
	})
}

func TestLeaveAll(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		for range 3 {
			s.join(nsConn, unique("r"))
		}
		in.log()
		ctx, cancel := soon()
		defer cancel()
		s.ok("leave all", nsConn.LeaveAll(ctx))
		s.equal("number of events", len(in.log()), 6)
		s.agree(nsConn)
	})
}

func TestLeaveAllStopsAtTheFirstRefusal(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, _ := s.lab()
		sticky := unique("sticky")
		s.join(nsConn, sticky)
		ctx, cancel := soon()
		defer cancel()
		s.refused("leave all", nsConn.LeaveAll(ctx), "stay")
		s.agree(nsConn, sticky)
	})
}

func TestRoomBroadcastIncludingTheSender(t *testing.T) {
	scenario(t, func(s *session) {
		name := unique("r")
		_, sender, senderIn := s.lab()
		_, other, otherIn := s.lab()
		_, outsider, outsiderIn := s.lab()
		room := s.join(sender, name)
		s.join(other, name)
		s.sent(room.Emit("shout", []byte("all of you")))
		s.equal("shouted", senderIn.text("shouted", name), "all of you")
		s.equal("shouted", otherIn.text("shouted", name), "all of you")
		s.settled(outsider)
		s.equal("events of the outsider", outsiderIn.log(), []string{})
	})
}

func TestRoomBroadcastExcludingTheSender(t *testing.T) {
	scenario(t, func(s *session) {
		name := unique("r")
		_, sender, senderIn := s.lab()
		_, other, otherIn := s.lab()
		room := s.join(sender, name)
		s.join(other, name)
		senderIn.log()
		s.sent(room.Emit("say", []byte("the others")))
		s.equal("said", otherIn.text("said", name), "the others")
		s.settled(sender)
		s.equal("events of the sender", senderIn.log(), []string{})
	})
}

func TestBroadcastsArriveInOrderAndNoneIsLost(t *testing.T) {
	scenario(t, func(s *session) {
		name := unique("r")
		_, sender, senderIn := s.lab()
		_, other, otherIn := s.lab()
		room := s.join(sender, name)
		s.join(other, name)
		for i := range 200 {
			s.sent(room.Emit("shout", []byte(strconv.Itoa(i))))
		}
		for _, in := range []*inbox{senderIn, otherIn} {
			for i := range 200 {
				s.equal("shouted", in.text("shouted", name), strconv.Itoa(i))
			}
		}
	})
}

func TestRelayInNamespaceDefault(t *testing.T) {
	scenario(t, func(s *session) {
		name := unique("r")
		inboxes := []*inbox{newInbox(), newInbox()}
		var room *neffos.Room
		for _, in := range inboxes {
			client := s.dial(neffos.Namespaces{"default": in.events(nil)}, dialer(""), endpoint())
			room = s.join(s.connect(client, "default"), name)
		}
		s.sent(room.Emit("typing", []byte(`{"from":"ann"}`)))
		for _, in := range inboxes {
			s.equal("typing", in.text("typing", name), `{"from":"ann"}`)
		}
	})
}

func TestJoinByTheServer(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		name := unique("r")
		s.sent(nsConn.Emit("invite", []byte(name)))
		s.equal("invited", in.text("invited", ""), name)
		s.equal("events", in.log(), []string{"RoomJoin " + name, "RoomJoined " + name})
		s.agree(nsConn, name)
		s.sent(nsConn.Room(name).Emit("shout", []byte("x")))
		s.equal("shouted", in.text("shouted", name), "x")
	})
}

func TestJoinByTheServerThatTheClientRefuses(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.labWith(neffos.Events{neffos.OnRoomJoin: func(*neffos.NSConn, neffos.Message) error {
			return errors.New("no time")
		}})
		s.sent(nsConn.Emit("invite", []byte(unique("r"))))
		s.equal("invite-failed", in.text("invite-failed", ""), "no time")
		s.agree(nsConn)
	})
}

func TestLeaveByTheServer(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		kept, left := unique("r"), unique("r")
		s.join(nsConn, kept)
		s.join(nsConn, left)
		in.log()
		s.sent(nsConn.Emit("evict", []byte(left)))
		s.equal("evicted", in.text("evicted", ""), left)
		s.equal("events", in.log(), []string{"RoomLeave " + left, "RoomLeft " + left})
		s.agree(nsConn, kept)
	})
}

func TestLeaveOfAllRoomsByTheServer(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		for range 3 {
			s.join(nsConn, unique("r"))
		}
		in.log()
		s.sent(nsConn.Emit("evict-all", nil))
		in.next("evicted-all", "")
		s.equal("number of events", len(in.log()), 6)
		s.agree(nsConn)
	})
}

func TestChatRoomWithPresence(t *testing.T) {
	scenario(t, func(s *session) {
		room := unique("chat")
		_, ann, annIn := s.visitor("ann", room)
		_, _, bobIn := s.visitor("bob", room)
		s.presence(annIn, room, "ann", "bob")
		s.sent(ann.Room(room).Emit("say", []byte(`{"text":"hello; bob"}`)))
		for _, in := range []*inbox{annIn, bobIn} {
			var said struct {
				From, Text string
				At         int64
			}
			s.ok("said", json.Unmarshal(in.next("said", room).Body, &said))
			s.equal("said", said.From+": "+said.Text, "ann: hello; bob")
			s.equal("time", said.At > 0, true)
		}
		address := strings.TrimSuffix(strings.Replace(endpoint(), "ws", "http", 1), "/neffos")
		response, err := http.Post(address+"/api/rooms/"+room+"/announcements", "application/json",
			strings.NewReader(`{"text":"closing soon"}`))
		s.ok("announcement", err)
		response.Body.Close()
		s.equal("status", response.StatusCode, http.StatusAccepted)
		s.equal("announcement", bobIn.text("announcement", room), `{"text":"closing soon"}`)
		s.equal("workday", s.ask(ann, "workday", "2026-11-23"), "MONDAY")
		_, err = ask(ann, "workday", "tomorrow")
		s.refused("workday", err, "not a date: use yyyy-mm-dd")
	})
}

func TestVipRoom(t *testing.T) {
	scenario(t, func(s *session) {
		ann := s.dial(neffos.Namespaces{"chat": neffos.Events{}}, dialer("ann"), endpoint())
		_, err := join(s.connect(ann, "chat"), "vip")
		s.refused("join vip", err, "vip room is restricted")
		vip := s.dial(neffos.Namespaces{"chat": neffos.Events{}}, dialer("vip-ann"), endpoint())
		s.join(s.connect(vip, "chat"), "vip")
	})
}
