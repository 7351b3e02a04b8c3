package interop

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/kataras/neffos"
)

func TestEmit(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		s.sent(nsConn.Emit("bytes", []byte("3")))
		s.equal("bytes", in.next("bytes", "").Body, []byte{0, 1, 2})
	})
}

func TestAskAndReply(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, _ := s.lab()
		for _, body := range []string{"hello", "a;b;;c;;;;;;;", "Zoë 房间 🎈", `{"json":[1,2]}`, "", strings.Repeat("x", 20_000)} {
			s.equal("echo", s.ask(nsConn, "echo", body), body)
		}
	})
}

func TestAskAndError(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, _ := s.lab()
		_, err := ask(nsConn, "fail", "x")
		s.refused("fail", err, "no luck")
		s.settled(nsConn)
	})
}

func TestAskWithoutHandler(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, _ := s.lab()
		_, err := ask(nsConn, "no-such-event", "x")
		s.refused("ask", err, "no handler for event")
		s.settled(nsConn)
	})
}

func TestEmitWithoutHandlerIsNotAnswered(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		s.sent(nsConn.Emit("no-such-event", []byte("x")))
		s.settled(nsConn)
		s.equal("events", in.log(), []string{})
	})
}

func TestAskInRoom(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, _ := s.lab()
		room := unique("r")
		s.join(nsConn, room)
		reply, err := askWith(nsConn, neffos.Message{Namespace: "lab", Room: room, Event: "echo", Body: []byte("in here")})
		s.ok("ask", err)
		s.equal("reply", reply.Room+" "+string(reply.Body), room+" in here")
	})
}

func TestBinary(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.lab()
		bytes := make([]byte, 256)
		for i := range bytes {
			bytes[i] = byte(i)
		}
		s.sent(nsConn.EmitBinary("bytes", []byte("256")))
		msg := in.next("bytes", "")
		s.equal("bytes", msg.Body, bytes)
		s.equal("bytes is binary", msg.SetBinary, true)
		reply, err := askWith(nsConn, neffos.Message{Namespace: "lab", Event: "echo", Body: bytes, SetBinary: true})
		s.ok("ask", err)
		s.equal("reply", reply.Body, bytes)
		s.equal("reply is binary", reply.SetBinary, true)
		reply, err = ask(nsConn, "echo", "text")
		s.ok("ask", err)
		s.equal("reply is binary", reply.SetBinary, false)
	})
}

func TestBinaryBroadcast(t *testing.T) {
	scenario(t, func(s *session) {
		_, sender, _ := s.lab()
		_, other, in := s.lab()
		room := unique("r")
		s.join(sender, room)
		s.join(other, room)
		body := []byte{0, 59, 255, 128, 59, 10}
		s.sent(sender.Conn.Write(neffos.Message{Namespace: "lab", Room: room, Event: "say", Body: body, SetBinary: true}))
		msg := in.next("said", room)
		s.equal("said", msg.Body, body)
		s.equal("said is binary", msg.SetBinary, true)
	})
}

func TestErrorReplyToBinaryAsk(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, _ := s.lab()
		_, err := askWith(nsConn, neffos.Message{Namespace: "lab", Event: "fail", Body: []byte{1, 2}, SetBinary: true})
		s.refused("fail", err, "no luck")
	})
}

func TestNativeMessage(t *testing.T) {
	scenario(t, func(s *session) {
		in := newInbox()
		client := s.dial(neffos.Namespaces{
			"lab": neffos.Events{},
			"": in.events(neffos.Events{neffos.OnNativeMessage: func(*neffos.NSConn, neffos.Message) error {
				return nil
			}}),
		}, dialer(""), endpoint())
		native := s.connect(client, "")
		s.sent(native.Conn.Write(neffos.Message{IsNative: true, Body: []byte("hello; there")}))
		msg := in.next(neffos.OnNativeMessage, "")
		s.equal("answer", string(msg.Body), "native:hello; there")
		s.equal("answer is binary", msg.SetBinary, false)
		s.sent(native.Conn.Write(neffos.Message{IsNative: true, Body: []byte{1, 2, 3}, SetBinary: true}))
		msg = in.next(neffos.OnNativeMessage, "")
		s.equal("answer", msg.Body, []byte{3, 2, 1})
		s.equal("answer is binary", msg.SetBinary, true)
		s.settled(s.connect(client, "lab"))
	})
}

func question(answer error) neffos.Events {
	return neffos.Events{"question": func(_ *neffos.NSConn, msg neffos.Message) error {
		if string(msg.Body) != "6x7" {
			return fmt.Errorf("unexpected question %q", msg.Body)
		}
		return answer
	}}
}

func TestQuiz(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, _ := s.labWith(question(neffos.Reply([]byte("42"))))
		s.equal("quiz", s.ask(nsConn, "quiz", ""), "answer: 42")
	})
}

func TestQuizAnsweredWithError(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, _ := s.labWith(question(errors.New("too hard")))
		s.equal("quiz", s.ask(nsConn, "quiz", ""), "error: too hard")
	})
}

func TestQuizWithOtherMessagesInFlight(t *testing.T) {
	scenario(t, func(s *session) {
		_, nsConn, in := s.labWith(neffos.Events{"question": func(nsConn *neffos.NSConn, _ neffos.Message) error {
			nsConn.Emit("bytes", []byte("1"))
			nsConn.Emit("bytes", []byte("2"))
			return neffos.Reply([]byte("42"))
		}})
		room := s.join(nsConn, unique("r"))
		for i := range 5 {
			s.sent(room.Emit("shout", fmt.Append(nil, "before ", i)))
		}
		s.equal("quiz", s.ask(nsConn, "quiz", ""), "answer: 42")
		for i := range 5 {
			s.equal("shouted", in.text("shouted", room.Name), fmt.Sprint("before ", i))
		}
		s.equal("bytes", in.next("bytes", "").Body, []byte{0})
		s.equal("bytes", in.next("bytes", "").Body, []byte{0, 1})
	})
}

func TestEmitInOnNamespaceConnected(t *testing.T) {
	scenario(t, func(s *session) {
		for range 20 {
			in := newInbox()
			events := in.events(neffos.Events{
				neffos.OnNamespaceConnected: func(nsConn *neffos.NSConn, _ neffos.Message) error {
					nsConn.Emit("bytes", []byte("2"))
					return nil
				},
			})
			s.connect(s.dial(neffos.Namespaces{"lab": events}, dialer(""), endpoint()), "lab")
			s.equal("bytes", in.next("bytes", "").Body, []byte{0, 1})
		}
	})
}
