package io.neffos.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.neffos.replay.Step.Kind;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded conversation with the Go server, as that server saw it (protocol section
 * 17).
 *
 * @param name scenario and peers, such as {@code join-leave.go-js}
 * @param steps what the clients did and what the server did, in the order of the server
 */
record Transcript(String name, List<Step> steps) {

	private static final String FOLDER = "/protocol/transcripts";

	/** The names of all transcripts in which the server is the Go server. */
	static List<String> ofGoServer() {
		try (Stream<Path> files = Files
			.list(Path.of(Objects.requireNonNull(Transcript.class.getResource(FOLDER)).toURI()))) {
			return files.map((file) -> file.getFileName().toString().replace(".json", ""))
				.filter((name) -> name.contains(".go-"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String scenario() {
		return this.name.substring(0, this.name.indexOf('.'));
	}

	static Transcript read(String name) {
		JsonNode file = JsonMapper.shared()
			.readTree(Transcript.class.getResourceAsStream(FOLDER + "/" + name + ".json"));
		List<JsonNode> recorded = new ArrayList<>(file.get("steps").valueStream().toList());
		recorded.sort(Comparator.comparingLong(Transcript::atServer));
		boolean cut = recorded.stream().anyMatch((step) -> text(step, "info").startsWith("the network is cut"));
		return new Transcript(name, recorded.stream().map((step) -> step(step, cut)).filter(Objects::nonNull).toList());
	}

	/** When the server read, wrote or did it. */
	private static long atServer(JsonNode step) {
		boolean read = step.path("dir").asString("").equals("c2s") && step.has("readAt");
		return step.get(read ? "readAt" : "at").asLong();
	}

	/** A step of the conversation; null for what only the client knows. */
	private static @Nullable Step step(JsonNode recorded, boolean cut) {
		if (recorded.has("dir")) {
			return recorded.get("dir").asString().equals("c2s") ? ofClient(recorded) : ofServer(recorded, cut);
		}
		return text(recorded, "side").equals("server") ? onServer(recorded) : null;
	}

	private static @Nullable Step ofClient(JsonNode recorded) {
		String data = text(recorded, "data");
		return switch (text(recorded, "type")) {
			// A probe of the client that wants to come back never reaches the engine.
			case "http" -> data.equals("HEAD") ? null : connStep(Kind.OPEN, data, recorded);
			case "close" -> connStep(Kind.HANG_UP, text(recorded, "code"), recorded);
			default -> connStep(Kind.SEND, frame(recorded), recorded);
		};
	}

	private static @Nullable Step ofServer(JsonNode recorded, boolean cut) {
		return switch (text(recorded, "type")) {
			case "http" -> null;
			// When the network is cut, neither side has closed.
			case "close" -> connStep(cut ? Kind.HANG_UP : Kind.CLOSE, text(recorded, "code"), recorded);
			default -> connStep(Kind.FRAME, frame(recorded), recorded);
		};
	}

	private static String frame(JsonNode recorded) {
		String data = text(recorded, "data");
		return text(recorded, "type").equals("binary") ? Step.frame(Base64.getDecoder().decode(data), true) : data;
	}

	private static @Nullable Step onServer(JsonNode recorded) {
		if (recorded.has("event")) {
			return connStep(Kind.EVENT, event(recorded), recorded);
		}
		if (recorded.has("call")) {
			return new Step(Kind.CALL, "", text(recorded, "call"), recorded);
		}
		if (recorded.has("result")) {
			return new Step(Kind.RESULT, "", text(recorded, "result") + ": " + result(recorded), recorded);
		}
		String info = text(recorded, "info");
		boolean plumbing = info.equals("socket read ended") || info.startsWith("Upgrade returned");
		return plumbing ? null : new Step(Kind.INFO, "", info, recorded);
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
		return new Step(kind, recorded.has("conn") ? text(recorded, "conn") : "c1", text, recorded);
	}

	private static boolean flag(JsonNode node, String name) {
		return node.path(name).asBoolean(false);
	}

	private static String text(JsonNode node, String name) {
		return node.path(name).asString("");
	}

}
