package io.neffos.websocket;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Lock;

import io.neffos.nio.IoLoop;
import io.neffos.nio.StreamSocket;
import io.neffos.transport.CloseReason;
import jakarta.servlet.http.WebConnection;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Takes a connection over from Tomcat. One that is not encrypted is taken altogether:
 * Tomcat counts it and looks at it no more. An encrypted one goes on through Tomcat's
 * socket. Tomcat's other kind of channels, which it reads by itself, cannot be taken.
 * <p>
 * Public because Tomcat creates it.
 *
 * @since 0.1.0
 */
public final class TomcatUpgradeHandler implements InternalHttpUpgradeHandler {

	private @Nullable StreamSession session;

	private @Nullable StreamUpgradeStrategy strategy;

	private @Nullable SocketWrapperBase<?> wrapper;

	private @Nullable StreamSocket socket;

	private @Nullable TomcatLink link;

	/** Create a handler; for Tomcat. */
	public TomcatUpgradeHandler() {
	}

	/** Hand over what the handshake has found out, before Tomcat goes on. */
	void prepare(StreamSession session, StreamUpgradeStrategy strategy) {
		this.session = session;
		this.strategy = strategy;
	}

	@Override
	public void setSocketWrapper(SocketWrapperBase<?> wrapper) {
		this.wrapper = wrapper;
	}

	@Override
	public void init(WebConnection connection) {
		SocketWrapperBase<?> tomcats = Objects.requireNonNull(this.wrapper);
		StreamSession begins = Objects.requireNonNull(this.session);
		StreamUpgradeStrategy upgrades = Objects.requireNonNull(this.strategy);
		this.session = null;
		this.strategy = null;
		if (!(tomcats.getSocket() instanceof NioChannel channel)) {
			upgrades.giveUp();
			tomcats.close();
			return;
		}
		IoLoop loop = upgrades.loops().next();
		StreamSocket made;
		// Exactly this class: the channel of an encrypted connection is a subclass.
		if (channel.getClass() == NioChannel.class) {
			made = StreamSocket.over(channel.getIOChannel(), alreadyRead(tomcats), () -> close(tomcats), loop);
		}
		else {
			TomcatLink through = new TomcatLink(tomcats);
			made = StreamSocket.over(through, loop);
			through.bind(made);
			this.link = through;
		}
		this.socket = made;
		begins.begin(made);
	}

	/** A client may send right behind its request, and Tomcat reads what is there. */
	private static ByteBuffer alreadyRead(SocketWrapperBase<?> wrapper) {
		SocketBufferHandler buffers = wrapper.getSocketBufferHandler();
		buffers.configureReadBufferForRead();
		ByteBuffer unread = buffers.getReadBuffer();
		ByteBuffer copy = ByteBuffer.allocate(unread.remaining());
		copy.put(unread).flip();
		return copy;
	}

	/**
	 * Close a connection and have Tomcat forget it. It does not forget one that is closed
	 * while a thread of it is busy with it, so this waits for that thread, elsewhere.
	 */
	static void close(SocketWrapperBase<?> wrapper) {
		Lock lock = wrapper.getLock();
		if (lock.tryLock()) {
			try {
				wrapper.close();
			}
			finally {
				lock.unlock();
			}
			return;
		}
		try {
			wrapper.execute(() -> closeInTurn(wrapper));
		}
		catch (RejectedExecutionException ex) {
			// Tomcat stops, so there is nobody to forget it.
			wrapper.close();
		}
	}

	private static void closeInTurn(SocketWrapperBase<?> wrapper) {
		wrapper.getLock().lock();
		try {
			wrapper.close();
		}
		finally {
			wrapper.getLock().unlock();
		}
	}

	@Override
	public boolean hasAsyncIO() {
		return this.link == null;
	}

	@Override
	public SocketState upgradeDispatch(SocketEvent status) {
		TomcatLink current = this.link;
		if (current != null && status == SocketEvent.OPEN_READ) {
			return current.onReadable();
		}
		if (current != null && status == SocketEvent.OPEN_WRITE) {
			return current.onWritable();
		}
		failed();
		return SocketState.CLOSED;
	}

	@Override
	public void timeoutAsync(long now) {
		// Tomcat's way to say that it stops; else it calls once a second.
		StreamSocket current = this.socket;
		if (now < 0 && current != null) {
			current.close(new CloseReason(CloseReason.GOING_AWAY, "server stops"));
		}
	}

	@Override
	public void pause() {
		// Only new connections are held off.
	}

	@Override
	public void setSslSupport(SSLSupport sslSupport) {
	}

	@Override
	public void destroy() {
		failed();
	}

	private void failed() {
		StreamSocket current = this.socket;
		if (current != null) {
			current.failed();
		}
	}

}
