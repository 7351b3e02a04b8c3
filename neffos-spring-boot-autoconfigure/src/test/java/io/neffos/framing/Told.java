package io.neffos.framing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A sink that writes down what it is told, and a parser in front of it. */
class Told implements FrameSink {

	private final FrameParser parser;

	private final List<String> events = new ArrayList<>();

	private boolean paused;

	private boolean failed;

	Told(int maxMessageSize) {
		this.parser = new FrameParser(maxMessageSize);
	}

	/** What a parser tells of a stream that arrives in the given pieces. */
	static List<String> of(int maxMessageSize, List<ByteBuffer> pieces) {
		Told told = new Told(maxMessageSize);
		pieces.forEach(told::read);
		return told.events();
	}

	/** Read as a connection would: nothing more after an error. */
	Told read(ByteBuffer piece) {
		if (!this.failed) {
			try {
				this.parser.parse(piece, this);
			}
			catch (FramingException ex) {
				this.failed = true;
				this.events.add("error " + ex.code());
			}
		}
		return this;
	}

	Told read(byte[] piece) {
		return read(ByteBuffer.wrap(piece));
	}

	void pause(boolean pause) {
		this.paused = pause;
	}

	FrameParser parser() {
		return this.parser;
	}

	/** All events, and whether a message is left that did not end. */
	List<String> events() {
		List<String> all = new ArrayList<>(this.events);
		if (this.parser.isMidMessage()) {
			all.add("unfinished");
		}
		return all;
	}

	static String message(byte[] content, boolean binary) {
		return (binary ? "binary " : "text ") + hex(content);
	}

	static String ping(byte[] content) {
		return "ping " + hex(content);
	}

	static String pong(byte[] content) {
		return "pong " + hex(content);
	}

	static String close(int code, String reason) {
		return "close " + code + " " + reason;
	}

	private static String hex(byte[] content) {
		return HexFormat.of().formatHex(content);
	}

	@Override
	public void onMessage(byte[] content, boolean binary) {
		this.events.add(message(content, binary));
	}

	@Override
	public void onPing(byte[] content) {
		this.events.add(ping(content));
	}

	@Override
	public void onPong(byte[] content) {
		this.events.add(pong(content));
	}

	@Override
	public void onClose(int code, String reason) {
		this.events.add(close(code, reason));
	}

	@Override
	public boolean isPaused() {
		return this.paused;
	}

}
