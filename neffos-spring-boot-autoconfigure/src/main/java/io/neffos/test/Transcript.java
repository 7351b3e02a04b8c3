package io.neffos.test;

import java.util.ArrayDeque;
import java.util.Deque;

import io.neffos.protocol.Frame;
import io.neffos.protocol.WaitToken;

/**
 * What was said on one connection, abbreviated, for the messages of failures. Guarded by
 * its {@link Wire}.
 */
final class Transcript {

	private static final int MAX_LINES = 60;

	private static final int MAX_BODY = 120;

	private final Deque<String> lines = new ArrayDeque<>();

	private int omitted;

	void sent(Frame frame) {
		add("-> " + describe(frame));
	}

	void received(Frame frame) {
		add("<- " + describe(frame));
	}

	void add(String line) {
		this.lines.add(line);
		if (this.lines.size() > MAX_LINES) {
			this.lines.remove();
			this.omitted++;
		}
	}

	@Override
	public String toString() {
		if (this.lines.isEmpty()) {
			return "  nothing";
		}
		StringBuilder result = new StringBuilder();
		if (this.omitted > 0) {
			result.append("  (").append(this.omitted).append(" earlier ones left out)\n");
		}
		this.lines.forEach((line) -> result.append("  ").append(line).append('\n'));
		return result.toString().stripTrailing();
	}

	/** One message in one line. */
	static String describe(Frame frame) {
		if (frame.nativeMessage()) {
			return "native message " + body(frame);
		}
		if (frame.event().isEmpty()) {
			return "yes to " + frame.waitToken();
		}
		String place = frame.room().isEmpty() ? frame.namespace() : frame.namespace() + "/" + frame.room();
		String token = frame.isAsk() ? " (" + frame.waitToken() + ")" : "";
		return "[" + place + "] " + frame.event() + token + (frame.error() ? " error" : "")
				+ ((frame.body().length == 0) ? "" : " " + body(frame));
	}

	static String body(Frame frame) {
		return frame.binary() ? bytes(frame.body()) : quote(frame.bodyText());
	}

	static String quote(String text) {
		return (text.length() <= MAX_BODY) ? "'" + text + "'"
				: "'" + text.substring(0, MAX_BODY) + "...' (" + text.length() + " characters)";
	}

	static String bytes(byte[] bytes) {
		StringBuilder result = new StringBuilder("0x");
		for (int i = 0; i < bytes.length && i < MAX_BODY / 2; i++) {
			result.append(Character.forDigit((bytes[i] >> 4) & 0xF, 16)).append(Character.forDigit(bytes[i] & 0xF, 16));
		}
		return result.append(" (").append(bytes.length).append(" bytes)").toString();
	}

	/** Whether a token belongs to an ask of the server. */
	static boolean isOfServer(String token) {
		return !token.isEmpty() && !WaitToken.isClientRequest(token);
	}

}
