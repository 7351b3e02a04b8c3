// An original neffos server with the namespaces of the sample application, as far as the original can have them.
// The namespace "held" and, in "lab", "welcome-" rooms and "quiz-inside" are its own: they show what only an original does.
//
// It prints "listening on <port>" when it answers, and ends when its standard input does. The line "drop" resets all
// connections, without a close frame, and is answered with "dropped <number>".
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"

	gorillaws "github.com/gorilla/websocket"
	"github.com/kataras/neffos"
	"github.com/kataras/neffos/gorilla"
)

// A connection with this header is refused, and the value is the reason.
const refuseHeader = "X-Refuse"

func main() {
	port := flag.Int("port", 0, "port on the loopback interface, 0 for any")
	flag.Parse()
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", *port))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	server, handler := newServer()
	go http.Serve(listener, handler)
	fmt.Println("listening on", listener.Addr().(*net.TCPAddr).Port)
	for input := bufio.NewScanner(os.Stdin); input.Scan(); {
		if input.Text() == "drop" {
			fmt.Println("dropped", drop(server))
		}
	}
}

func newServer() (*neffos.Server, http.Handler) {
	chat := newChat()
	namespaces := neffos.Namespaces{
		"lab":    lab(),
		"chat":   chat.events(),
		"stage":  {"ping": func(*neffos.NSConn, neffos.Message) error { return neffos.Reply([]byte("pong")) }},
		"closed": {neffos.OnNamespaceConnect: refuse("closed for today")},
		"held":   {neffos.OnNamespaceDisconnect: refuse("not yet")},
		// Has no handlers in the sample, which relays what members say; the original relays nothing by itself.
		"default": {neffos.OnAnyEvent: relay},
		// Makes frames that are no neffos messages pass, beside those that are.
		"": {neffos.OnNativeMessage: answerNative},
	}
	server := neffos.New(gorilla.Upgrader(gorillaws.Upgrader{Subprotocols: []string{"neffos.v1"}}), namespaces)
	// Else a connection that is still busy with one broadcast misses the next.
	server.SyncBroadcaster = true
	server.OnConnect = func(conn *neffos.Conn) error {
		if reason := conn.Socket().Request().Header.Get(refuseHeader); reason != "" {
			return errors.New(reason)
		}
		return nil
	}
	chat.start(server)
	handler := http.NewServeMux()
	handler.HandleFunc("/neffos", func(w http.ResponseWriter, r *http.Request) {
		server.Upgrade(w, r, newQuietSocket, nil)
	})
	handler.HandleFunc("POST /api/rooms/{room}/announcements", chat.announce)
	return server, handler
}

func drop(server *neffos.Server) int {
	dropped := 0
	server.Do(func(conn *neffos.Conn) {
		resetOnClose(conn)
		conn.Socket().NetConn().Close()
		dropped++
	}, false)
	return dropped
}

// resetOnClose makes the end of a connection one that is an error: the WebSocket of the JDK misses an orderly end of the
// stream that arrives while it delivers a frame.
func resetOnClose(conn *neffos.Conn) {
	if tcp, ok := conn.Socket().NetConn().(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
}

func refuse(reason string) neffos.MessageHandlerFunc {
	return func(*neffos.NSConn, neffos.Message) error { return errors.New(reason) }
}

// broadcast returns when every receiver's message has been written. Not for handlers that run under a lock of the
// connection, such as those of a forced leave: the server's loop would wait for that lock.
func broadcast(server *neffos.Server, except fmt.Stringer, msg neffos.Message) {
	server.Broadcast(except, msg)
	server.Do(func(*neffos.Conn) {}, false)
}

func relay(nsConn *neffos.NSConn, msg neffos.Message) error {
	if !neffos.IsSystemEvent(msg.Event) && nsConn.Room(msg.Room) != nil {
		broadcast(nsConn.Conn.Server(), nil, neffos.Message{
			Namespace: msg.Namespace, Room: msg.Room, Event: msg.Event, Body: msg.Body, SetBinary: msg.SetBinary,
		})
	}
	return nil
}

func answerNative(nsConn *neffos.NSConn, msg neffos.Message) error {
	body := append([]byte("native:"), msg.Body...)
	if msg.SetBinary {
		body = make([]byte, len(msg.Body))
		for i, b := range msg.Body {
			body[len(body)-1-i] = b
		}
	}
	nsConn.Conn.Write(neffos.Message{IsNative: true, Body: body, SetBinary: msg.SetBinary})
	return nil
}
