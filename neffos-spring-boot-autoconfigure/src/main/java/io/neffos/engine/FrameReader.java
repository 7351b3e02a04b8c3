package io.neffos.engine;

import io.neffos.engine.EngineConn.Rest;
import io.neffos.observe.NeffosObserver.DropReason;
import io.neffos.protocol.ErrorTexts;
import io.neffos.protocol.Frame;
import io.neffos.protocol.FrameCodec;
import io.neffos.protocol.NativeMode;
import io.neffos.transport.CloseCause;
import io.neffos.transport.CloseReason;
import io.neffos.transport.SocketListener;
import org.jspecify.annotations.Nullable;

/**
 * What the reading thread does with a frame: check the bounds, decode, take answers, and
 * put everything else into the mailbox. Runs no user code.
 */
final class FrameReader implements SocketListener {

	private final EngineConn conn;

	private final ConnHost host;

	/** Of a client; a server guards its rooms instead. */
	private final @Nullable JoinHold hold;

	private final FrameDispatcher dispatcher;

	private final NativeMode nativeMode;

	private final RateLimit rate;

	private final Greeting greeting;

	FrameReader(EngineConn conn, ConnHost host, Greeting greeting) {
		this.conn = conn;
		this.host = host;
		this.greeting = greeting;
		this.hold = host.side().guardsRooms() ? null : new JoinHold();
		this.dispatcher = new FrameDispatcher(conn, host, this.hold);
		this.nativeMode = host.namespaces().isNativeOnly() ? NativeMode.ONLY
				: host.namespaces().acceptsNative() ? NativeMode.MIXED : NativeMode.OFF;
		EngineSettings settings = host.settings();
		this.rate = new RateLimit(settings.maxInboundRate(), settings.maxInboundBurst(), System.nanoTime());
	}

	boolean isNativeOnly() {
		return this.nativeMode == NativeMode.ONLY;
	}

	@Override
	public void onFrame(byte[] bytes, boolean binary) {
		if (this.conn.isClosed()) {
			return;
		}
		if (bytes.length > this.host.settings().maxFrameSize()) {
			onTooBig();
			return;
		}
		if (!this.rate.tryAcquire(System.nanoTime())) {
			tooFast(ErrorTexts.TOO_MANY_MESSAGES);
			return;
		}
		if (this.greeting.take(bytes)) {
			return;
		}
		Frame frame = FrameCodec.decode(bytes, binary, this.nativeMode);
		if (frame == null) {
			this.host.observer().dropped(DropReason.INVALID);
			return;
		}
		if (!this.dispatcher.isConnect(frame)) {
			this.conn.peerSpoke(frame.namespace());
		}
		if (this.host.side().mayBeAnswer(frame.waitToken()) && answered(frame)) {
			return;
		}
		if (this.hold != null) {
			this.hold.arrives(frame);
		}
		if (this.dispatcher.runsNoUserCode(frame)
				&& this.conn.mailbox().tryRun(() -> this.dispatcher.dispatchIfAcknowledged(frame))) {
			return;
		}
		if (!this.conn.intake().arrived(bytes.length)) {
			tooFast("too many messages waiting");
			return;
		}
		this.conn.mailbox().execute(new Task(frame, bytes.length));
	}

	private boolean answered(Frame frame) {
		if (this.conn.answered(frame) || this.host.answered(frame, this.conn)) {
			return true;
		}
		if (this.host.tokens().issued(frame.waitToken())) {
			// Too late, or a second answer: not to be taken for a request (G9, G10).
			this.host.observer().dropped(DropReason.LATE_ANSWER);
			return true;
		}
		return false;
	}

	private void tooFast(String text) {
		this.conn.end(CloseCause.TOO_FAST, new CloseReason(CloseReason.POLICY_VIOLATION, text), Rest.DROP);
	}

	@Override
	public void onTooBig() {
		this.conn.end(CloseCause.TOO_BIG,
				new CloseReason(CloseReason.TOO_BIG, "more than " + this.host.settings().maxFrameSize() + " bytes"),
				Rest.DROP);
	}

	@Override
	public void onViolation(CloseReason reason) {
		this.conn.end(CloseCause.PROTOCOL, reason, Rest.DROP);
	}

	@Override
	public void onClose(CloseReason reason) {
		this.conn.end(CloseCause.PEER, reason, Rest.SOCKET_GONE);
	}

	private final class Task implements Mailbox.Discardable {

		private final Frame frame;

		private final int size;

		Task(Frame frame, int size) {
			this.frame = frame;
			this.size = size;
		}

		@Override
		public Mailbox.@Nullable Pause run() {
			FrameReader.this.conn.intake().taken(this.size);
			JoinHold hold = FrameReader.this.hold;
			if (hold != null) {
				hold.taken(this.frame);
			}
			return FrameReader.this.dispatcher.dispatchIfAcknowledged(this.frame);
		}

	}

}
