package main

import (
	"context"
	"time"

	"github.com/kataras/neffos"
)

// How long a client may take to answer; an upper bound.
const deadline = 10 * time.Second

// quietSocket knows when the connection's reader waits for a frame. Only then may the server ask: while a handler
// runs, and for a moment after an answer was handed over, the original takes a question for one asked in the handler,
// starts a second reader, and takes the next frame for the answer, whatever it is.
type quietSocket struct {
	neffos.Socket
	// Holds one token while the reader waits and nobody is about to ask.
	quiet chan struct{}
	// Told when a question has been written.
	asked chan struct{}
}

func newQuietSocket(socket neffos.Socket) neffos.Socket {
	return &quietSocket{Socket: socket, quiet: make(chan struct{}, 1), asked: make(chan struct{}, 1)}
}

func (s *quietSocket) ReadData(timeout time.Duration) ([]byte, neffos.MessageType, error) {
	s.quiet <- struct{}{}
	body, kind, err := s.Socket.ReadData(timeout)
	<-s.quiet
	return body, kind, err
}

func (s *quietSocket) WriteText(body []byte, timeout time.Duration) error {
	err := s.Socket.WriteText(body, timeout)
	// What a server asks starts with its token, of digits; its answers start with '$', and the rest with ';'.
	if len(body) > 0 && body[0] >= '0' && body[0] <= '9' {
		select {
		case s.asked <- struct{}{}:
		default:
		}
	}
	return err
}

// outside runs what asks the client, once no handler of the connection runs, outside of the handler that calls this.
// One question each, asked at once.
func outside(nsConn *neffos.NSConn, questions ...func(ctx context.Context)) {
	socket := nsConn.Conn.Socket().(*quietSocket)
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), deadline)
		defer cancel()
		for _, question := range questions {
			if !socket.ask(ctx, question) {
				return
			}
		}
	}()
}

func (s *quietSocket) ask(ctx context.Context, question func(ctx context.Context)) bool {
	select {
	case <-s.quiet:
	case <-ctx.Done():
		return false
	}
	select {
	case <-s.asked:
	default:
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		question(ctx)
	}()
	select {
	case <-s.asked:
	case <-done:
	}
	s.quiet <- struct{}{}
	<-done
	return true
}
