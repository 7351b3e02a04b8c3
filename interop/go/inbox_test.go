package interop

import (
	"fmt"
	"sync"
	"time"

	"github.com/kataras/neffos"
)

// inbox keeps events in the order of their arrival.
type inbox struct {
	mu      sync.Mutex
	entries []neffos.Message
	arrived chan struct{}
}

func newInbox() *inbox {
	return &inbox{arrived: make(chan struct{})}
}

// events puts every event into the inbox; handlers are called with what they would get.
func (in *inbox) events(handlers neffos.Events) neffos.Events {
	events := neffos.Events{neffos.OnAnyEvent: func(_ *neffos.NSConn, msg neffos.Message) error {
		in.add(msg)
		return nil
	}}
	for event, handler := range handlers {
		events[event] = func(nsConn *neffos.NSConn, msg neffos.Message) error {
			in.add(msg)
			return handler(nsConn, msg)
		}
	}
	return events
}

func (in *inbox) add(msg neffos.Message) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.entries = append(in.entries, msg)
	close(in.arrived)
	in.arrived = make(chan struct{})
}

// next takes the oldest entry of this event and room, once there is one.
func (in *inbox) next(event, room string) neffos.Message {
	expired := time.After(deadline)
	for {
		in.mu.Lock()
		for i, msg := range in.entries {
			if msg.Event == event && msg.Room == room {
				in.entries = append(in.entries[:i:i], in.entries[i+1:]...)
				in.mu.Unlock()
				return msg
			}
		}
		arrived := in.arrived
		in.mu.Unlock()
		select {
		case <-arrived:
		case <-expired:
			panic(lost{fmt.Errorf("no event %s %s, there is %s", event, room, in.describe())})
		}
	}
}

// text is the body of the next entry.
func (in *inbox) text(event, room string) string {
	return string(in.next(event, room).Body)
}

// describe says what was not taken, for people.
func (in *inbox) describe() string {
	in.mu.Lock()
	defer in.mu.Unlock()
	all := ""
	for _, msg := range in.entries {
		all += fmt.Sprintf("%s %s %q; ", msg.Event, msg.Room, msg.Body)
	}
	return all
}

// log takes everything, as "event flags room".
func (in *inbox) log() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	all := []string{}
	for _, msg := range in.entries {
		all = append(all, describe(msg))
	}
	in.entries = nil
	return all
}
