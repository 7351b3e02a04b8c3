package io.neffos.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Raw WebSocket clients of one server, all on one thread. */
public final class Swarm implements AutoCloseable {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final InetSocketAddress address;

	private final Selector selector;

	private final Thread thread = new Thread(this::run, "swarm");

	public Swarm(int port) {
		this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
		try {
			this.selector = Selector.open();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.thread.setDaemon(true);
		this.thread.start();
	}

	/**
	 * Open a connection; the listener hears when it is there.
	 * @param receiveBuffer bytes that the kernel keeps for a client that does not read,
	 * more or less
	 */
	public Peer open(int receiveBuffer, PeerListener listener) {
		Peer peer = new Peer(this, listener);
		execute(() -> peer.connect(this.selector, this.address, receiveBuffer));
		return peer;
	}

	/** Run something on the thread of the swarm. */
	void execute(Runnable task) {
		this.tasks.add(task);
		this.selector.wakeup();
	}

	/** Return when every connection that had something to read has been looked at. */
	public void awaitRound() throws InterruptedException {
		CountDownLatch looked = new CountDownLatch(1);
		execute(looked::countDown);
		looked.await();
	}

	private void run() {
		try {
			while (this.selector.isOpen()) {
				this.selector.select(this::handle);
				for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
					task.run();
				}
			}
		}
		catch (ClosedSelectorException ex) {
			// The end.
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void handle(SelectionKey key) {
		((Peer) key.attachment()).handle(key);
	}

	/** Reset every connection that is still there. */
	@Override
	public void close() throws Exception {
		execute(() -> {
			this.selector.keys().forEach((key) -> ((Peer) key.attachment()).resetNow());
			try {
				this.selector.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
		this.thread.join(10_000);
	}

}
