package io.neffos.client;

import io.neffos.Namespaces;
import io.neffos.HandshakeInfo;
import io.neffos.NeffosServer;
import io.neffos.testkit.EventLog;
import io.neffos.testkit.SocketPair;
import io.neffos.testkit.TestServer;
import io.neffos.transport.Dialer;

import java.util.concurrent.atomic.AtomicInteger;

/** In memory. */
class RefusalMatrixTests extends AbstractRefusalMatrixTests {

	private final AtomicInteger ids = new AtomicInteger();

	private TestServer server;

	private SocketPair pair;

	@Override
	protected NeffosServer start(Namespaces namespaces) {
		this.server = new TestServer(namespaces);
		this.pair = new SocketPair((socket, request) -> this.server.server()
			.open(socket, new HandshakeInfo(request.uri(), request.headers(), null, null, null),
					"c" + this.ids.incrementAndGet()));
		return this.server.server();
	}

	@Override
	protected Dialer dialer() {
		return this.pair;
	}

	@Override
	protected String uri() {
		return "ws://localhost/neffos";
	}

	@Override
	protected int serverTimers() {
		return this.server.timers();
	}

	@Override
	protected boolean logServerWrites(EventLog journal) {
		this.pair.onWrite((frame) -> {
			if (frame.startsWith("<--")) {
				journal.add(frame);
			}
		});
		return true;
	}

	@Override
	protected void stop() {
		this.server.close();
		this.pair.close();
	}

}
