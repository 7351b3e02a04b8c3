package io.neffos.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.neffos.cluster.Envelope.UnknownVersionException;
import io.neffos.cluster.WireReader.MalformedException;
import io.neffos.exchange.ExchangeListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Reads what other servers say and hands it on. By one thread of the exchange at a time.
 */
final class Inbox implements ExchangeListener {

	private static final Log logger = LogFactory.getLog(Inbox.class);

	/** So many different mistakes are told of, each once. */
	private static final int MAX_TOLD = 16;

	private final Cluster cluster;

	private final ClusterHost host;

	private final Calls calls;

	private final Echo echo;

	private final Counters counters;

	private final Travel travel;

	private final byte[] self;

	private final Served served = new Served();

	private final Set<String> told = ConcurrentHashMap.newKeySet();

	Inbox(Cluster cluster, ClusterHost host, Calls calls, Echo echo, Counters counters, Travel travel) {
		this.cluster = cluster;
		this.host = host;
		this.calls = calls;
		this.echo = echo;
		this.counters = counters;
		this.travel = travel;
		this.self = cluster.id().getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void received(String channel, byte[] message) {
		try {
			if (Envelope.isFrom(message, this.self)) {
				own(message);
				return;
			}
			Envelope envelope = Envelope.read(message);
			if (this.cluster.isNew(envelope.node(), envelope.number())) {
				this.counters.delivered.increment();
				other(envelope);
			}
		}
		catch (UnknownVersionException ex) {
			ignore("of " + ex.getMessage() + ", while this server speaks version " + Envelope.VERSION
					+ ": servers of different versions do not see each other");
		}
		catch (MalformedException ex) {
			ignore("that cannot be read (" + ex.getMessage() + ")");
		}
	}

	/** This server has heard what it said; only an echo is meant for itself. */
	private void own(byte[] message) {
		if (message[1] == Envelope.ECHO) {
			this.echo.returned(Envelope.read(message).content().number());
		}
	}

	private void other(Envelope envelope) {
		WireReader content = envelope.content();
		switch (envelope.kind()) {
			case Envelope.DELIVERY -> {
				Delivery delivery = Delivery.read(content);
				this.travel.arrive(delivery, envelope.trace(), () -> this.host.deliver(delivery));
			}
			case Envelope.DIGEST -> this.cluster.digest(envelope.node(), content);
			case Envelope.CALL -> {
				long number = content.number();
				Call call = Call.read(content);
				this.served.begin(envelope.node(), number,
						this.travel.arrive(call, envelope.trace(), () -> this.host.serve(call)),
						(outcome) -> this.cluster.answer(envelope.node(), number, outcome));
			}
			case Envelope.OVER -> this.served.over(envelope.node(), content.number());
			case Envelope.OUTCOME -> this.calls.outcome(content.number(), envelope.node(), Outcome.read(content));
			default -> ignore("of an unknown kind, " + envelope.kind());
		}
	}

	/** A message that is not understood: counted each time, told of once. */
	private void ignore(String what) {
		this.counters.ignored.increment();
		if (this.told.size() < MAX_TOLD && this.told.add(what)) {
			logger.warn("A message of another server is ignored, and so will be all like it: it is one " + what);
		}
	}

	@Override
	public void available() {
		this.cluster.available();
	}

	@Override
	public void unavailable(String reason) {
		this.cluster.unavailable(reason);
	}

	@Override
	public void lost(int count) {
		this.counters.lost.add(count);
	}

	@Override
	public void overrun(int count) {
		this.counters.overrun.add(count);
	}

}
