package io.neffos.benchmark.peer.plain;

import java.util.Map;

import io.neffos.benchmark.peer.Peers;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;

/** A {@code WebSocketHandler} without a library on top. */
@SpringBootApplication
@EnableWebSocket
public class PlainServer implements WebSocketConfigurer {

	/**
	 * Start it.
	 * @param args Spring Boot's
	 */
	public static void main(String[] args) {
		Peers.run(PlainServer.class, args, Map.of("neffos.enabled", false));
	}

	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(new PlainRooms(), "/neffos");
	}

}
