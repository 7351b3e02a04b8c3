package io.neffos.replay;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.neffos.engine.Side;
import io.neffos.replay.Step.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The steps of a recorded conversation as one side saw them, in its order. */
final class Recording {

	private final Side side;

	private final List<JsonNode> steps;

	private final boolean cut;

	Recording(Side side, List<JsonNode> steps) {
		this.side = side;
		this.steps = steps;
		this.cut = steps.stream().anyMatch((step) -> text(step, "info").startsWith("the network is cut"));
	}

	List<Step> read() {
		return this.steps.stream()
			.sorted(Comparator.comparingLong(this::at))
			.map(this::step)
			.filter(Objects::nonNull)
			.toList();
	}

	/** When this side read, wrote or did it. */
	private long at(JsonNode step) {
		boolean read = text(step, "dir").equals((this.side == Side.SERVER) ? "c2s" : "s2c") && step.has("readAt");
		return step.get(read ? "readAt" : "at").asLong();
	}

	/** A step of the conversation; null for what only the other side knows. */
	private @Nullable Step step(JsonNode recorded) {
		if (recorded.has("dir")) {
			return text(recorded, "dir").equals("c2s") ? ofClient(recorded) : ofServer(recorded);
		}
		return text(recorded, "side").equals((this.side == Side.SERVER) ? "server" : "client") ? onSide(recorded)
				: null;
	}

	private @Nullable Step ofClient(JsonNode recorded) {
		String data = text(recorded, "data");
		return switch (text(recorded, "type")) {
			// A probe of the client that wants to come back never reaches the engine, and
			// a client dials when it is called.
			case "http" -> data.equals("HEAD") || this.side == Side.CLIENT ? null : connStep(Kind.OPEN, data, recorded);
			case "close" -> isExit(recorded) ? null : connStep(Kind.HANG_UP, text(recorded, "code"), recorded);
			default -> connStep(Kind.SEND, frame(recorded), recorded);
		};
	}

	/** The program of the client ends, which its library cannot notice. */
	private boolean isExit(JsonNode close) {
		return this.side == Side.CLIENT && this.steps.stream()
			.noneMatch((step) -> text(step, "call").equals("close") && conn(step).equals(conn(close)));
	}

	private @Nullable Step ofServer(JsonNode recorded) {
		return switch (text(recorded, "type")) {
			case "http" -> null;
			// When the network is cut, neither side has closed.
			case "close" -> connStep(this.cut ? Kind.HANG_UP : Kind.CLOSE, text(recorded, "code"), recorded);
			default -> connStep(Kind.FRAME, frame(recorded), recorded);
		};
	}

	private static String frame(JsonNode recorded) {
		String data = text(recorded, "data");
		return text(recorded, "type").equals("binary") ? Step.frame(Base64.getDecoder().decode(data), true) : data;
	}

	private @Nullable Step onSide(JsonNode recorded) {
		if (recorded.has("event")) {
			return connStep(Kind.EVENT, event(recorded), recorded);
		}
		if (recorded.has("call")) {
			return new Step(Kind.CALL, caller(recorded), text(recorded, "call"), recorded);
		}
		if (recorded.has("result")) {
			return new Step(Kind.RESULT, caller(recorded), text(recorded, "result") + ": " + result(recorded),
					recorded);
		}
		String info = text(recorded, "info");
		boolean plumbing = info.equals("socket read ended") || info.startsWith("Upgrade returned");
		return plumbing ? null : new Step(Kind.INFO, "", info, recorded);
	}

	/** Whose application calls: there is one for all connections of a server. */
	private String caller(JsonNode recorded) {
		return (this.side == Side.SERVER) ? "" : conn(recorded);
	}

	private static String event(JsonNode recorded) {
		String name = text(recorded, "event");
		if (name.startsWith("(server ")) {
			String callback = name.substring("(server ".length(), name.length() - 1);
			return recorded.has("reconnectTries") ? callback + " tries " + text(recorded, "reconnectTries") : callback;
		}
		JsonNode body = recorded.path("body");
		byte[] bytes = body.has("base64") ? Base64.getDecoder().decode(text(body, "base64"))
				: body.asString("").getBytes(StandardCharsets.UTF_8);
		return Journal.event(name, text(recorded, "ns"), text(recorded, "room"), flag(recorded, "isLocal"),
				flag(recorded, "isForced"), flag(recorded, "setBinary"), flag(recorded, "isNative"),
				recorded.has("err") ? text(recorded, "err") : null, bytes);
	}

	private static String result(JsonNode recorded) {
		if (recorded.has("error")) {
			return "error '" + text(recorded, "error") + "'";
		}
		JsonNode ok = recorded.get("ok");
		if (ok.isObject()) {
			return "'" + text(ok, "body") + "' of " + text(ok, "event");
		}
		return ok.isString() ? "'" + ok.asString() + "'" : ok.asString();
	}

	private static Step connStep(Kind kind, String text, JsonNode recorded) {
		return new Step(kind, conn(recorded), text, recorded);
	}

	private static String conn(JsonNode recorded) {
		return recorded.path("conn").asString("c1");
	}

	private static boolean flag(JsonNode node, String name) {
		return node.path(name).asBoolean(false);
	}

	private static String text(JsonNode node, String name) {
		return node.path(name).asString("");
	}

}
