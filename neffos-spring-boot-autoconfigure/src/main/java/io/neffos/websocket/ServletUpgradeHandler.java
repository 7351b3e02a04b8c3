package io.neffos.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

import io.neffos.nio.IoLoops;
import io.neffos.nio.StreamSocket;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import org.jspecify.annotations.Nullable;

/**
 * Takes a connection over by means that each container has.
 * <p>
 * Public because the container creates it.
 *
 * @since 0.1.0
 */
public final class ServletUpgradeHandler implements HttpUpgradeHandler {

	private @Nullable StreamSession session;

	private @Nullable IoLoops loops;

	private @Nullable StreamSocket socket;

	/** Create a handler; for the container. */
	public ServletUpgradeHandler() {
	}

	/** Hand over what the handshake has found out, before the container goes on. */
	void prepare(StreamSession session, IoLoops loops) {
		this.session = session;
		this.loops = loops;
	}

	@Override
	public void init(WebConnection connection) {
		StreamSession begins = Objects.requireNonNull(this.session);
		IoLoops all = Objects.requireNonNull(this.loops);
		this.session = null;
		this.loops = null;
		try {
			ServletLink link = new ServletLink(connection);
			StreamSocket made = StreamSocket.over(link, all.next());
			this.socket = made;
			link.bind(made);
			begins.begin(made);
			link.listen();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void destroy() {
		StreamSocket current = this.socket;
		if (current != null) {
			current.failed();
		}
	}

}
