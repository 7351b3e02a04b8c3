package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/kataras/neffos"
)

const mostBytes = 60_000

func lab() neffos.Events {
	return neffos.Events{
		neffos.OnRoomJoin: func(_ *neffos.NSConn, msg neffos.Message) error {
			if strings.HasPrefix(msg.Room, "deny-") {
				return errors.New("not this room")
			}
			return nil
		},
		// The asker gets what is sent here before the answer to its request.
		neffos.OnRoomJoined: func(nsConn *neffos.NSConn, msg neffos.Message) error {
			if strings.HasPrefix(msg.Room, "welcome-") {
				nsConn.Room(msg.Room).Emit("welcome", []byte(msg.Room))
			}
			return nil
		},
		neffos.OnRoomLeave: func(_ *neffos.NSConn, msg neffos.Message) error {
			if strings.HasPrefix(msg.Room, "sticky-") {
				return errors.New("stay")
			}
			return nil
		},
		"echo":        func(_ *neffos.NSConn, msg neffos.Message) error { return neffos.Reply(msg.Body) },
		"fail":        refuse("no luck"),
		"silent":      func(*neffos.NSConn, neffos.Message) error { return nil },
		"whoami":      func(nsConn *neffos.NSConn, _ neffos.Message) error { return reply(nsConn.Conn.ID()) },
		"name":        func(nsConn *neffos.NSConn, _ neffos.Message) error { return reply(visitor(nsConn)) },
		"tries":       tries,
		"rooms":       func(nsConn *neffos.NSConn, _ neffos.Message) error { return reply(roomNames(nsConn)) },
		"say":         say,
		"shout":       shout,
		"invite":      invite,
		"evict":       evict,
		"evict-all":   evictAll,
		"summon":      summon,
		"dismiss":     dismiss,
		"quiz":        quiz,
		"quiz-inside": quizInside,
		"bytes":       bytes,
		"kick":        hangUp,
		"drop":        hangUp,
	}
}

// reply with a text, or with the JSON of anything else.
func reply(value any) error {
	if text, ok := value.(string); ok {
		return neffos.Reply([]byte(text))
	}
	body, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return neffos.Reply(body)
}

// visitor is the name the client gave, in a header or in a parameter that the original has made one.
func visitor(nsConn *neffos.NSConn) string {
	if name := nsConn.Conn.Socket().Request().Header.Get("X-Visitor-Name"); name != "" {
		return name
	}
	return "guest-" + nsConn.Conn.ID()[:4]
}

func roomNames(nsConn *neffos.NSConn) []string {
	names := []string{}
	for _, room := range nsConn.Rooms() {
		names = append(names, room.Name)
	}
	slices.Sort(names)
	return names
}

func tries(nsConn *neffos.NSConn, _ neffos.Message) error {
	return reply(strconv.Itoa(nsConn.Conn.ReconnectTries))
}

func say(nsConn *neffos.NSConn, msg neffos.Message) error {
	broadcast(nsConn.Conn.Server(), nsConn.Conn, inRoom(msg, "said"))
	return nil
}

func shout(nsConn *neffos.NSConn, msg neffos.Message) error {
	broadcast(nsConn.Conn.Server(), nil, inRoom(msg, "shouted"))
	return nil
}

// inRoom names the namespace too: the original does not fill it in, and nobody would get the message.
func inRoom(msg neffos.Message, event string) neffos.Message {
	return neffos.Message{Namespace: msg.Namespace, Room: msg.Room, Event: event, Body: msg.Body, SetBinary: msg.SetBinary}
}

func invite(nsConn *neffos.NSConn, msg neffos.Message) error {
	outside(nsConn, func(ctx context.Context) {
		_, err := nsConn.JoinRoom(ctx, string(msg.Body))
		emitOutcome(nsConn, "invite", "invited", msg.Body, err)
	})
	return nil
}

func evict(nsConn *neffos.NSConn, msg neffos.Message) error {
	if room := nsConn.Room(string(msg.Body)); room != nil {
		outside(nsConn, func(ctx context.Context) {
			emitOutcome(nsConn, "evict", "evicted", msg.Body, room.Leave(ctx))
		})
	}
	return nil
}

// evictAll does not use LeaveAll, which asks the second time before the reader has returned from the first answer.
func evictAll(nsConn *neffos.NSConn, _ neffos.Message) error {
	questions := []func(context.Context){}
	for _, room := range nsConn.Rooms() {
		questions = append(questions, func(ctx context.Context) {
			if err := room.Leave(ctx); err != nil {
				emitOutcome(nsConn, "evict", "", nil, err)
			}
		})
	}
	outside(nsConn, append(questions, func(context.Context) { nsConn.Emit("evicted-all", nil) })...)
	return nil
}

func summon(nsConn *neffos.NSConn, msg neffos.Message) error {
	outside(nsConn, func(ctx context.Context) {
		_, err := nsConn.Conn.Connect(ctx, string(msg.Body))
		emitOutcome(nsConn, "summon", "summoned", msg.Body, err)
	})
	return nil
}

func dismiss(nsConn *neffos.NSConn, msg neffos.Message) error {
	if other := nsConn.Conn.Namespace(string(msg.Body)); other != nil {
		outside(nsConn, func(ctx context.Context) {
			emitOutcome(nsConn, "dismiss", "dismissed", msg.Body, other.Disconnect(ctx))
		})
	}
	return nil
}

// emitOutcome says that something is done, or "<what>-failed".
func emitOutcome(nsConn *neffos.NSConn, what, done string, body []byte, err error) {
	if err != nil {
		nsConn.Emit(what+"-failed", []byte(err.Error()))
		return
	}
	nsConn.Emit(done, body)
}

// quiz answers later: the token stays in the message.
func quiz(nsConn *neffos.NSConn, msg neffos.Message) error {
	outside(nsConn, func(ctx context.Context) {
		answer, err := nsConn.Ask(ctx, "question", []byte("6x7"))
		msg.Body = append([]byte("answer: "), answer.Body...)
		if err != nil {
			msg.Body = []byte("error: " + err.Error())
		}
		nsConn.Conn.Write(msg)
	})
	return nil
}

// quizInside asks within the handler: the next frame of the client, whatever it is, is taken for the answer.
func quizInside(nsConn *neffos.NSConn, _ neffos.Message) error {
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	answer, err := nsConn.Ask(ctx, "question", []byte("6x7"))
	if err != nil {
		return reply("error: " + err.Error())
	}
	return reply("answer: " + string(answer.Body))
}

func bytes(nsConn *neffos.NSConn, msg neffos.Message) error {
	count, err := strconv.Atoi(string(msg.Body))
	if err != nil {
		return err
	}
	body := make([]byte, max(0, min(count, mostBytes)))
	for i := range body {
		body[i] = byte(i)
	}
	nsConn.EmitBinary("bytes", body)
	return nil
}

// hangUp ends the TCP connection; the original cannot say why.
func hangUp(nsConn *neffos.NSConn, _ neffos.Message) error {
	resetOnClose(nsConn.Conn)
	nsConn.Conn.Close()
	return nil
}
