package io.neffos.client.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An HTTP proxy that tunnels to one port whatever the name asked for, and answers
 * requests that want no tunnel itself.
 */
final class TinyProxy implements AutoCloseable {

	private final ServerSocket socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Socket> open = new CopyOnWriteArrayList<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	private final int target;

	TinyProxy(int target) throws IOException {
		this.target = target;
		this.threads.execute(() -> {
			while (!this.socket.isClosed()) {
				try {
					Socket client = this.socket.accept();
					this.open.add(client);
					this.threads.execute(() -> serve(client));
				}
				catch (IOException ex) {
					// Closed, so the loop ends.
				}
			}
		});
	}

	int port() {
		return this.socket.getLocalPort();
	}

	/** The first line of each request. */
	List<String> requests() {
		return this.requests;
	}

	private void serve(Socket client) {
		try {
			StringBuilder head = new StringBuilder();
			while (head.indexOf("\r\n\r\n") < 0) {
				head.append((char) client.getInputStream().read());
			}
			String request = head.substring(0, head.indexOf("\r\n"));
			this.requests.add(request);
			client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			if (request.startsWith("CONNECT ")) {
				Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
				this.open.add(server);
				this.threads.execute(() -> pump(server, client));
				pump(client, server);
			}
			else {
				client.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void pump(Socket from, Socket to) {
		try (InputStream in = from.getInputStream()) {
			in.transferTo(to.getOutputStream());
			to.shutdownOutput();
		}
		catch (IOException ex) {
			// One of them is gone, and so is the tunnel.
		}
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		for (Socket each : this.open) {
			each.close();
		}
		this.threads.shutdownNow();
	}

}
