package io.neffos.autoconfigure;

import io.neffos.NeffosServer;
import org.junit.jupiter.api.Test;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/** Tests for {@link ServerShutdown}. */
class ServerShutdownTests {

	private final NeffosServer server = mock(NeffosServer.class);

	private final GenericApplicationContext context = new GenericApplicationContext();

	private final ServerShutdown shutdown = new ServerShutdown(this.context, this.server);

	@Test
	void closesWithItsContext() {
		this.shutdown.onApplicationEvent(new ContextClosedEvent(this.context));
		verify(this.server).close();
	}

	@Test
	void staysWhenAnotherContextCloses() {
		this.shutdown.onApplicationEvent(new ContextClosedEvent(new GenericApplicationContext(this.context)));
		verify(this.server, never()).close();
	}

}
