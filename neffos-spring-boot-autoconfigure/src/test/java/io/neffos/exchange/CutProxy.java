package io.neffos.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The network between an exchange and its broker, on the loopback interface: it can be
 * cut (connections end, new ones end at once), frozen (nothing passes, nothing ends, as
 * with a cable that was pulled) and healed.
 */
public final class CutProxy implements AutoCloseable {

	private enum State {

		OPEN, FROZEN, CUT, CLOSED

	}

	private final ServerSocket server;

	private final InetSocketAddress target;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final AtomicInteger accepted = new AtomicInteger();

	private State state = State.OPEN;

	public CutProxy(Broker broker) {
		this(broker.host(), broker.port());
	}

	public CutProxy(String host, int port) {
		this.target = new InetSocketAddress(host, port);
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		run("accept", this::accept);
	}

	public String host() {
		return "127.0.0.1";
	}

	public int port() {
		return this.server.getLocalPort();
	}

	/** How many connections came through since the proxy is there. */
	public int accepted() {
		return this.accepted.get();
	}

	/** How many connections are open now. */
	public int open() {
		return this.sockets.size() / 2;
	}

	/** End all connections, and every new one. */
	public void cut() {
		become(State.CUT);
		this.sockets.forEach(CutProxy::end);
	}

	/** Hold back what is sent in both directions. */
	public void freeze() {
		become(State.FROZEN);
	}

	/** Let everything pass again, what was held back first. */
	public void heal() {
		become(State.OPEN);
	}

	private synchronized void become(State next) {
		this.state = next;
		notifyAll();
	}

	/** Waits while the network is frozen. */
	private synchronized State pass() throws InterruptedException {
		while (this.state == State.FROZEN) {
			wait();
		}
		return this.state;
	}

	private void accept() throws IOException, InterruptedException {
		while (true) {
			Socket client = this.server.accept();
			if (pass() != State.OPEN) {
				end(client);
				continue;
			}
			Socket broker = new Socket();
			try {
				broker.connect(this.target, 5_000);
			}
			catch (IOException ex) {
				end(client);
				continue;
			}
			this.accepted.incrementAndGet();
			this.sockets.add(client);
			this.sockets.add(broker);
			run("up", () -> pump(client, broker));
			run("down", () -> pump(broker, client));
			if (pass() != State.OPEN) {
				end(client);
				end(broker);
			}
		}
	}

	private void pump(Socket from, Socket to) throws IOException, InterruptedException {
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			byte[] buffer = new byte[16 * 1024];
			int length = in.read(buffer);
			while (length >= 0 && pass() == State.OPEN) {
				out.write(buffer, 0, length);
				length = in.read(buffer);
			}
		}
		finally {
			this.sockets.remove(from);
			this.sockets.remove(to);
		}
	}

	private static void end(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void run(String name, Task task) {
		Thread thread = new Thread(() -> {
			try {
				task.run();
			}
			catch (IOException ex) {
				// The other side ended it, or we did: what a cut is.
				return;
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}, "cut-proxy-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() {
		become(State.CLOSED);
		this.sockets.forEach(CutProxy::end);
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Task {

		void run() throws IOException, InterruptedException;

	}

}
