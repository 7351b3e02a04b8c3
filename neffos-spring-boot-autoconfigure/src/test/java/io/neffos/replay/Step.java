package io.neffos.replay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

import io.neffos.engine.Side;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One step of a conversation. Two steps are the same when they read the same.
 *
 * @param kind what kind of step it is
 * @param conn the connection; empty for what concerns a server as a whole
 * @param text what happens, in one line
 * @param source the recorded step; missing when ours or a table of differences says it
 */
record Step(Kind kind, String conn, String text, JsonNode source) {

	/** A step that was not recorded. */
	Step(Kind kind, String conn, String text) {
		this(kind, conn, text, MissingNode.getInstance());
	}

	Step text(String value) {
		return new Step(this.kind, this.conn, value, this.source);
	}

	boolean reads(String line) {
		return toString().equals(line);
	}

	boolean isBinary() {
		return this.source.path("type").asString("").equals("binary");
	}

	/** The bytes that the peer sent. */
	byte[] bytes() {
		return isBinary() ? Base64.getDecoder().decode(this.source.get("data").asString())
				: this.text.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public String toString() {
		return (this.conn.isEmpty() ? "" : this.conn + ": ") + this.kind.mark + " " + this.text;
	}

	/** What a frame reads like: text as it is, binary marked and escaped. */
	static String frame(byte[] bytes, boolean binary) {
		return binary ? "(binary) " + escape(bytes) : new String(bytes, StandardCharsets.UTF_8);
	}

	/** Bytes in a line of ASCII, from which they could be told again. */
	static String escape(byte[] bytes) {
		StringBuilder line = new StringBuilder();
		for (byte b : bytes) {
			if (b >= ' ' && b < 127 && b != '\\') {
				line.append((char) b);
			}
			else {
				line.append("\\%02x".formatted(b));
			}
		}
		return line.toString();
	}

	enum Kind {

		/** The client opens a socket. */
		OPEN("open"),

		/** The client sends a frame. */
		SEND("-->"),

		/** The client's end of the socket closes. */
		HANG_UP("hangs up"),

		/** The server sends a frame. */
		FRAME("<--"),

		/** The server closes the socket. */
		CLOSE("closes"),

		/** A handler of the side that is compared runs. */
		EVENT("on"),

		/** The application of that side calls the library, outside of handlers. */
		CALL("call"),

		/** What a call returned. */
		RESULT("result"),

		/** What the application of that side saw. */
		INFO("info");

		private final String mark;

		Kind(String mark) {
			this.mark = mark;
		}

		/** What sending a frame is, of this side. */
		static Kind frameOf(Side side) {
			return (side == Side.SERVER) ? FRAME : SEND;
		}

		/** What closing is, of this side. */
		static Kind closeOf(Side side) {
			return (side == Side.SERVER) ? CLOSE : HANG_UP;
		}

		/** The kind with this mark. */
		static Kind of(String mark) {
			return Arrays.stream(values()).filter((kind) -> kind.mark.equals(mark)).findFirst().orElseThrow();
		}

	}

}
