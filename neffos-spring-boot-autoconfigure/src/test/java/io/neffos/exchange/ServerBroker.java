package io.neffos.exchange;

import org.jspecify.annotations.Nullable;

/** A broker that is a server, wherever it runs. */
public abstract class ServerBroker implements Broker {

	private final BrokerProgram program;

	private final Place place;

	ServerBroker(BrokerProgram program, Place place) {
		this.program = program;
		this.place = place;
	}

	@Override
	public final String host() {
		return this.place.host();
	}

	@Override
	public final int port() {
		return this.place.port();
	}

	@Override
	public final boolean isOurs() {
		return this.place.process() != null;
	}

	private BrokerProcess process() {
		BrokerProcess own = this.place.process();
		if (own == null) {
			throw BrokerProcess
				.missing("The %s at %s:%d is not the test's own".formatted(this.program.name(), host(), port()));
		}
		return own;
	}

	@Override
	public final void stop() {
		process().stop();
	}

	@Override
	public final void start() {
		process().start();
	}

	@Override
	public final void pause() {
		process().pause();
	}

	@Override
	public final void resume() {
		process().resume();
	}

	@Override
	public final void close() {
		BrokerProcess process = this.place.process();
		if (process != null) {
			process.close();
		}
		AutoCloseable container = this.place.container();
		if (container != null) {
			try {
				container.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
	}

	/**
	 * Where it runs.
	 *
	 * @param host its host
	 * @param port its port
	 * @param process the process, if it is the test's own
	 * @param container the container, if it is in one
	 */
	record Place(String host, int port, @Nullable BrokerProcess process, @Nullable AutoCloseable container) {

	}

}
