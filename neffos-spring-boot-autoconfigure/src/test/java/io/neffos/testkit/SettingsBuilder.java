package io.neffos.testkit;

import java.time.Duration;

import io.neffos.Overflow;
import io.neffos.engine.EngineSettings;

/** Changes single settings; the others stay. */
public final class SettingsBuilder {

	private EngineSettings s;

	SettingsBuilder(EngineSettings from) {
		this.s = from;
	}

	public SettingsBuilder askTimeout(Duration value) {
		return set(value, this.s.handshakeTimeout(), this.s.sendTimeout(), this.s.connectGap());
	}

	public SettingsBuilder handshakeTimeout(Duration value) {
		return set(this.s.askTimeout(), value, this.s.sendTimeout(), this.s.connectGap());
	}

	public SettingsBuilder sendTimeout(Duration value) {
		return set(this.s.askTimeout(), this.s.handshakeTimeout(), value, this.s.connectGap());
	}

	public SettingsBuilder connectGap(Duration value) {
		return set(this.s.askTimeout(), this.s.handshakeTimeout(), this.s.sendTimeout(), value);
	}

	private SettingsBuilder set(Duration ask, Duration handshake, Duration send, Duration gap) {
		this.s = new EngineSettings(ask, handshake, send, gap, this.s.maxFrameSize(), this.s.maxNameLength(),
				this.s.maxNamespaces(), this.s.maxRooms(), this.s.maxPendingAsks(), this.s.maxInboundQueue(),
				this.s.maxInboundBytes(), this.s.maxInboundRate(), this.s.maxInboundBurst(), this.s.maxOutboxFrames(),
				this.s.maxOutboxBytes(), this.s.overflow(), this.s.relay(), this.s.includeErrorMessage());
		return this;
	}

	public SettingsBuilder names(int frameSize, int nameLength, int namespaces, int rooms) {
		this.s = new EngineSettings(this.s.askTimeout(), this.s.handshakeTimeout(), this.s.sendTimeout(),
				this.s.connectGap(), frameSize, nameLength, namespaces, rooms, this.s.maxPendingAsks(),
				this.s.maxInboundQueue(), this.s.maxInboundBytes(), this.s.maxInboundRate(), this.s.maxInboundBurst(),
				this.s.maxOutboxFrames(), this.s.maxOutboxBytes(), this.s.overflow(), this.s.relay(),
				this.s.includeErrorMessage());
		return this;
	}

	public SettingsBuilder inbound(int pendingAsks, int queue, int rate, int burst) {
		this.s = new EngineSettings(this.s.askTimeout(), this.s.handshakeTimeout(), this.s.sendTimeout(),
				this.s.connectGap(), this.s.maxFrameSize(), this.s.maxNameLength(), this.s.maxNamespaces(),
				this.s.maxRooms(), pendingAsks, queue, this.s.maxInboundBytes(), rate, burst, this.s.maxOutboxFrames(),
				this.s.maxOutboxBytes(), this.s.overflow(), this.s.relay(), this.s.includeErrorMessage());
		return this;
	}

	public SettingsBuilder outbox(int frames, int bytes) {
		this.s = new EngineSettings(this.s.askTimeout(), this.s.handshakeTimeout(), this.s.sendTimeout(),
				this.s.connectGap(), this.s.maxFrameSize(), this.s.maxNameLength(), this.s.maxNamespaces(),
				this.s.maxRooms(), this.s.maxPendingAsks(), this.s.maxInboundQueue(), this.s.maxInboundBytes(),
				this.s.maxInboundRate(), this.s.maxInboundBurst(), frames, bytes, this.s.overflow(), this.s.relay(),
				this.s.includeErrorMessage());
		return this;
	}

	public SettingsBuilder choices(boolean relay, boolean includeErrorMessage) {
		this.s = new EngineSettings(this.s.askTimeout(), this.s.handshakeTimeout(), this.s.sendTimeout(),
				this.s.connectGap(), this.s.maxFrameSize(), this.s.maxNameLength(), this.s.maxNamespaces(),
				this.s.maxRooms(), this.s.maxPendingAsks(), this.s.maxInboundQueue(), this.s.maxInboundBytes(),
				this.s.maxInboundRate(), this.s.maxInboundBurst(), this.s.maxOutboxFrames(), this.s.maxOutboxBytes(),
				this.s.overflow(), relay, includeErrorMessage);
		return this;
	}

	public SettingsBuilder overflow(Overflow value) {
		this.s = new EngineSettings(this.s.askTimeout(), this.s.handshakeTimeout(), this.s.sendTimeout(),
				this.s.connectGap(), this.s.maxFrameSize(), this.s.maxNameLength(), this.s.maxNamespaces(),
				this.s.maxRooms(), this.s.maxPendingAsks(), this.s.maxInboundQueue(), this.s.maxInboundBytes(),
				this.s.maxInboundRate(), this.s.maxInboundBurst(), this.s.maxOutboxFrames(), this.s.maxOutboxBytes(),
				value, this.s.relay(), this.s.includeErrorMessage());
		return this;
	}

	public EngineSettings build() {
		return this.s;
	}

}
