// The original neffos server, as the benchmark's peer: what a member sends to its room as "chat" goes to the room, the
// sender included, and "echo" is answered with its body.
//
// With -exchange redis or -exchange nats it is one with all others at the broker of -broker.
//
// It prints "listening on <port>" when it answers, answers questions on its standard input, and ends when that does.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"

	gorillaws "github.com/gorilla/websocket"
	"github.com/kataras/neffos"
	"github.com/kataras/neffos/gorilla"
	"github.com/kataras/neffos/stackexchange/nats"
	"github.com/kataras/neffos/stackexchange/redis"
)

func main() {
	kind := flag.String("exchange", "", "redis or nats: what is between several servers")
	broker := flag.String("broker", "", "its host and port")
	flag.Parse()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	server := neffos.New(gorilla.Upgrader(gorillaws.Upgrader{}), neffos.Namespaces{
		"default": {
			"chat": func(nsConn *neffos.NSConn, msg neffos.Message) error {
				nsConn.Conn.Server().Broadcast(nil, neffos.Message{
					Namespace: msg.Namespace, Room: msg.Room, Event: msg.Event, Body: msg.Body,
				})
				return nil
			},
			"echo": func(_ *neffos.NSConn, msg neffos.Message) error { return neffos.Reply(msg.Body) },
		},
	})
	// The default loses messages when broadcasts follow each other closely, so its cost cannot be compared.
	server.SyncBroadcaster = true
	if *kind != "" {
		if err := useExchange(server, *kind, *broker); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	handler := http.NewServeMux()
	handler.Handle("/neffos", server)
	go http.Serve(listener, handler)
	fmt.Println("listening on", listener.Addr().(*net.TCPAddr).Port)
	for questions := bufio.NewScanner(os.Stdin); questions.Scan(); {
		fmt.Println("=", answer(questions.Text()))
	}
}

func useExchange(server *neffos.Server, kind, broker string) error {
	var exchange neffos.StackExchange
	var err error
	switch kind {
	case "redis":
		exchange, err = redis.NewStackExchange(redis.Config{Addr: broker}, "neffos")
	case "nats":
		exchange, err = nats.NewStackExchange("nats://" + broker)
	default:
		err = fmt.Errorf("no such exchange: %s", kind)
	}
	if err != nil {
		return err
	}
	return server.UseStackExchange(exchange)
}

// answer says how many bytes live on the heap, after a collection.
func answer(question string) string {
	if !strings.HasPrefix(question, "heap ") {
		return "not understood"
	}
	runtime.GC()
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	if err := os.WriteFile(strings.TrimPrefix(question, "heap "), []byte(fmt.Sprintf("Total 0 %d\n", memory.HeapAlloc)), 0o644); err != nil {
		return "failed: " + err.Error()
	}
	return "written"
}
