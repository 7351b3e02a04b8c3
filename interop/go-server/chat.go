package main

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kataras/neffos"
)

// chat is the part of the sample's chat that clients see. The original keeps no list of members, so this does.
type chat struct {
	mu      sync.Mutex
	members map[string][]*neffos.NSConn
	changed *sync.Cond
	// What is still to be broadcast: handlers of a forced leave run under a lock and must not wait for the server's loop.
	waiting []neffos.Message
}

func newChat() *chat {
	c := &chat{members: map[string][]*neffos.NSConn{}}
	c.changed = sync.NewCond(&c.mu)
	return c
}

func (c *chat) start(server *neffos.Server) {
	go func() {
		for {
			server.Broadcast(nil, c.next())
		}
	}()
}

func (c *chat) next() neffos.Message {
	c.mu.Lock()
	defer c.mu.Unlock()
	for len(c.waiting) == 0 {
		c.changed.Wait()
	}
	msg := c.waiting[0]
	c.waiting = c.waiting[1:]
	return msg
}

func (c *chat) events() neffos.Events {
	return neffos.Events{
		neffos.OnRoomJoin: func(nsConn *neffos.NSConn, msg neffos.Message) error {
			if msg.Room == "vip" && !strings.HasPrefix(visitor(nsConn), "vip-") {
				return errors.New("vip room is restricted")
			}
			return nil
		},
		neffos.OnRoomJoined: func(nsConn *neffos.NSConn, msg neffos.Message) error {
			c.update(msg.Room, func(members []*neffos.NSConn) []*neffos.NSConn { return append(members, nsConn) })
			return nil
		},
		neffos.OnRoomLeft: func(nsConn *neffos.NSConn, msg neffos.Message) error {
			c.update(msg.Room, func(members []*neffos.NSConn) []*neffos.NSConn {
				return slices.DeleteFunc(members, func(member *neffos.NSConn) bool { return member == nsConn })
			})
			return nil
		},
		"say": c.say,
		"workday": func(_ *neffos.NSConn, msg neffos.Message) error {
			date, err := time.Parse(time.DateOnly, strings.TrimSpace(string(msg.Body)))
			if err != nil {
				return errors.New("not a date: use yyyy-mm-dd")
			}
			return reply(strings.ToUpper(date.Weekday().String()))
		},
	}
}

func (c *chat) update(room string, change func([]*neffos.NSConn) []*neffos.NSConn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	members := change(c.members[room])
	c.members[room] = members
	if len(members) == 0 {
		delete(c.members, room)
	}
	names := []string{}
	for _, member := range members {
		names = append(names, visitor(member))
	}
	c.send(room, "presence", map[string]any{"members": names})
}

func (c *chat) say(nsConn *neffos.NSConn, msg neffos.Message) error {
	var line struct{ Text string }
	if err := json.Unmarshal(msg.Body, &line); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.send(msg.Room, "said", map[string]any{"from": visitor(nsConn), "text": line.Text, "at": time.Now().UnixMilli()})
	return nil
}

func (c *chat) announce(w http.ResponseWriter, r *http.Request) {
	var line struct {
		Text string `json:"text"`
	}
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(body, &line)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.send(r.PathValue("room"), "announcement", line)
	w.WriteHeader(http.StatusAccepted)
}

// send expects the lock, so that what is told last is what was seen last.
func (c *chat) send(room, event string, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	c.waiting = append(c.waiting, neffos.Message{Namespace: "chat", Room: room, Event: event, Body: body})
	c.changed.Signal()
}
