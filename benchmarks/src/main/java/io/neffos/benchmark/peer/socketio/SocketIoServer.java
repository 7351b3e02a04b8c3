package io.neffos.benchmark.peer.socketio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;
import io.neffos.benchmark.peer.Peers;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/** Rooms of netty-socketio, everything at its default. */
public final class SocketIoServer {

	private SocketIoServer() {
	}

	/**
	 * Start it.
	 * @param args none
	 * @throws IOException if there is no free port
	 */
	public static void main(String[] args) throws IOException {
		// As the others; without Spring Boot the logger would begin with everything.
		LoggingSystem.get(SocketIoServer.class.getClassLoader())
			.setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.WARN);
		Configuration configuration = new Configuration();
		configuration.setHostname("127.0.0.1");
		configuration.setPort(freePort());
		SocketIOServer server = new SocketIOServer(configuration);
		server.addEventListener("join", String.class, (client, room, ack) -> {
			client.joinRoom(room);
			ack.sendAckData();
		});
		server.addEventListener("leave", String.class, (client, room, ack) -> {
			client.leaveRoom(room);
			ack.sendAckData();
		});
		server.addMultiTypeEventListener("chat", (client, data, ack) -> {
			String room = data.first();
			String body = data.second();
			server.getRoomOperations(room).sendEvent("chat", body);
		}, String.class, String.class);
		server.addEventListener("echo", String.class, (client, body, ack) -> ack.sendAckData(body));
		server.start();
		Peers.listening(configuration.getPort());
		Peers.endWithInput();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
