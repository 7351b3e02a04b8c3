package io.neffos.engine;

import java.util.concurrent.atomic.AtomicBoolean;

import io.neffos.BodyCodec;
import io.neffos.Message;
import io.neffos.protocol.Frame;
import org.jspecify.annotations.Nullable;

/** A frame that was received, as a message that can be read and, once, answered. */
final class Incoming implements Message.Origin {

	private final EngineConn conn;

	private final Frame frame;

	private final AtomicBoolean answered;

	private Incoming(EngineConn conn, Frame frame, boolean answerable) {
		this.conn = conn;
		this.frame = frame;
		this.answered = new AtomicBoolean(!answerable);
	}

	/** An ordinary event, which handlers may answer. */
	static Incoming event(EngineConn conn, Frame frame) {
		return new Incoming(conn, frame, frame.isAsk() && !frame.error());
	}

	/** An answer to an ask of this side, which ends there. */
	static Message reply(EngineConn conn, Frame frame) {
		return new Incoming(conn, frame, false).message();
	}

	/** A request to connect, join and so on, which the engine answers. */
	static Message request(EngineConn conn, Frame frame) {
		return new Incoming(conn, frame, false).message();
	}

	Message message() {
		Message.Builder builder = Message.builder()
			.namespace(this.frame.namespace())
			.room(this.frame.room())
			.event(this.frame.event())
			.binary(this.frame.binary())
			.nativeMessage(this.frame.nativeMessage())
			.origin(this);
		if (this.frame.error()) {
			return builder.error(this.frame.bodyText()).build();
		}
		return builder.body(this.frame.body()).build();
	}

	@Override
	public BodyCodec codec() {
		return this.conn.host().codec();
	}

	@Override
	public boolean awaitsAnswer() {
		return !this.answered.get();
	}

	@Override
	public boolean answer(@Nullable Object body, @Nullable String error) {
		if (this.answered.get()) {
			return false;
		}
		// Encoded first: a body that cannot be written does not use up the answer.
		Frame answer = (error != null) ? Frame.error(this.frame, error) : reply(body);
		return this.answered.compareAndSet(false, true) && this.conn.send(answer);
	}

	/**
	 * What a handler's outcome means for the sender. Without a token a value or a refusal
	 * goes out as an event of the same name, as in the original; an unexpected exception
	 * does not.
	 */
	void answer(Outcome outcome) {
		if (this.frame.error()) {
			return;
		}
		switch (outcome.kind()) {
			case REPLY -> {
				if (this.frame.isAsk()) {
					answer(outcome.body(), null);
				}
				else {
					this.conn.send(reply(outcome.body()));
				}
			}
			case REFUSED -> {
				if (this.frame.isAsk()) {
					answer(null, outcome.text());
				}
				else {
					this.conn.send(Frame.error(this.frame, outcome.text()));
				}
			}
			case FAILED -> answer(null, outcome.text());
			default -> {
			}
		}
	}

	private Frame reply(@Nullable Object body) {
		return Frame.reply(this.frame, Outgoing.body(body, this.frame.binary(), codec()), this.frame.binary());
	}

}
