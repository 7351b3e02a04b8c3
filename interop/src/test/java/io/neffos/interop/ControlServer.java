package io.neffos.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Lets the programs restart the server that they talk to. */
final class ControlServer implements AutoCloseable {

	private final Peer peer;

	private final HttpServer server;

	private ControlServer(Peer peer) throws IOException {
		this.peer = peer;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
	}

	static ControlServer start(Peer peer) throws IOException {
		ControlServer control = new ControlServer(peer);
		control.server.createContext("/restart", control::restart);
		control.server.start();
		return control;
	}

	String url() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void restart(HttpExchange exchange) throws IOException {
		try (exchange) {
			this.peer.restart("how=kill".equals(exchange.getRequestURI().getQuery()));
			exchange.sendResponseHeaders(204, -1);
		}
		catch (IOException | RuntimeException | AssertionError ex) {
			byte[] body = ex.toString().getBytes(StandardCharsets.UTF_8);
			exchange.sendResponseHeaders(500, body.length);
			exchange.getResponseBody().write(body);
		}
	}

}
