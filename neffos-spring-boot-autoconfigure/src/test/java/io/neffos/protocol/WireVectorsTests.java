package io.neffos.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the codec against what the original Go implementation produced.
 */
class WireVectorsTests {

	private static final JsonNode FILE = read();

	private static final Set<String> EXERCISED = ConcurrentHashMap.newKeySet();

	private static final Set<String> DECODED_FIELDS = Set.of("wait", "namespace", "room", "event", "isError", "isNoOp",
			"isNative", "setBinary", "body", "err", "isWaitOnClient", "isWaitOnServer", "fromExplicit",
			"fromStackExchange", "errIsKnown");

	private static JsonNode read() {
		try (InputStream in = WireVectorsTests.class.getResourceAsStream("/protocol/vectors.json")) {
			return JsonMapper.shared().readTree(in);
		}
		catch (IOException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	static Stream<Arguments> vectors() {
		return FILE.get("vectors")
			.valueStream()
			.filter((vector) -> vector.has("go") && !vector.get("go").has("unsupported"))
			.map((vector) -> Arguments.argumentSet(text(vector, "id"), vector));
	}

	@AfterAll
	static void noVectorIsLeftOut() {
		assertThat(EXERCISED).hasSize((int) vectors().count()).hasSize(FILE.get("counts").get("total").asInt());
	}

	@ParameterizedTest
	@MethodSource("vectors")
	void matchesTheOriginal(JsonNode vector) {
		EXERCISED.add(text(vector, "id"));
		switch (text(vector, "kind")) {
			case "serialize" -> serialize(vector.get("message"), vector.get("go"));
			case "deserialize" -> deserialize(vector, vector.get("go"));
			case "function" -> function(text(vector, "function"), text(vector, "arg"), vector.get("go").get("result"));
			default -> throw new AssertionError("Unknown kind of vector " + vector);
		}
	}

	private void serialize(JsonNode message, JsonNode go) {
		byte[] body = new byte[0];
		if (message.has("bodyBase64")) {
			body = Base64.getDecoder().decode(text(message, "bodyBase64"));
		}
		for (String key : new String[] { "body", "reply", "err" }) {
			body = message.has(key) ? utf8(text(message, key)) : body;
		}
		Frame frame = new Frame(text(message, "wait"), text(message, "namespace"), text(message, "room"),
				text(message, "event"), message.has("err"), flag(message, "isNoOp"), flag(message, "setBinary"),
				flag(message, "isNative"), body, text(message, "fromExplicit"), false);

		assertThat(FrameCodec.encode(frame)).isEqualTo(bytes(go));
		assertThat(frame.binary() ? "binary" : "text").isEqualTo(text(go, "frame"));
	}

	private void deserialize(JsonNode vector, JsonNode go) {
		JsonNode message = vector.get("frame");
		byte[] bytes = message.has("repeat")
				? utf8(text(message, "prefix") + text(message, "repeat").repeat(message.get("times").asInt()))
				: bytes(message);
		NativeMode mode = flag(vector, "nativeOnly") ? NativeMode.ONLY
				: flag(vector, "allowNative") ? NativeMode.MIXED : NativeMode.OFF;

		Frame frame = FrameCodec.decode(bytes, text(message, "type").equals("binary"), mode);

		if (go.has("invalid")) {
			assertThat(frame).isNull();
			return;
		}
		assertThat(DECODED_FIELDS).containsAll(go.propertyNames());
		assertThat(frame).isNotNull();
		JsonNode body = go.get("body");
		byte[] expectedBody = body.has("length") ? utf8("x;".repeat(body.get("length").asInt() / 2))
				: go.get("err").isNull() ? bytes(body) : utf8(text(go, "err"));
		assertThat(frame.body()).isEqualTo(expectedBody);
		assertThat(frame).isEqualTo(new Frame(text(go, "wait"), text(go, "namespace"), text(go, "room"),
				text(go, "event"), flag(go, "isError"), flag(go, "isNoOp"), flag(go, "setBinary"), flag(go, "isNative"),
				expectedBody, text(go, "fromExplicit"), flag(go, "fromStackExchange")));
		assertThat(WaitToken.isAnswerOnClient(frame.waitToken())).isEqualTo(flag(go, "isWaitOnClient"));
		assertThat(WaitToken.isAnswerOnServer(frame.waitToken())).isEqualTo(flag(go, "isWaitOnServer"));
		if (frame.error()) {
			assertThat(ErrorTexts.isShared(frame.bodyText())).isEqualTo(flag(go, "errIsKnown"));
		}
	}

	private void function(String function, String arg, JsonNode go) {
		switch (function) {
			case "emptyReply" -> assertThat(FrameCodec.emptyReply(arg)).isEqualTo(utf8(go.asString()));
			case "looksLikeServerConnID" -> assertThat(WaitToken.isOrigin(arg)).isEqualTo(go.asBoolean());
			case "newClientToken" -> {
				String grammar = "[$][0-9]+";
				assertThat(go.asString()).matches(grammar);
				assertThat(WaitToken.clientIssuer().next()).matches(grammar);
			}
			case "newServerToken" -> {
				String grammar = "[0-9]+";
				assertThat(go.asString()).matches(grammar);
				assertThat(WaitToken.serverIssuer().next()).matches(grammar);
			}
			case "brokerToken" -> brokerToken(arg, go.asString());
			default -> throw new AssertionError("Unknown function " + function);
		}
	}

	/**
	 * The original spoils the token it means to mark; its own decoder sees no mark then.
	 */
	private void brokerToken(String token, String go) {
		Frame spoiled = FrameCodec.decode(utf8(go + ";ns;;ask;0;0;x"), false, NativeMode.OFF);
		assertThat(spoiled).isNotNull();
		assertThat(spoiled.waitToken()).isEqualTo(go);
		assertThat(spoiled.exchangeMark()).isFalse();

		Frame marked = new Frame(token, "ns", "", "ask", false, false, false, false, utf8("x"), "", true);
		boolean markable = token.length() > 1;
		String expected = (markable ? token.charAt(0) + "!" + token.substring(1) : token) + ";ns;;ask;0;0;x";
		assertThat(FrameCodec.encode(marked)).isEqualTo(utf8(expected));
		assertThat(FrameCodec.decode(utf8(expected), false, NativeMode.OFF)).isNotNull()
			.satisfies((frame) -> assertThat(frame.exchangeMark()).isEqualTo(markable))
			.satisfies((frame) -> assertThat(frame.waitToken()).isEqualTo(token));
	}

	private static byte[] bytes(JsonNode node) {
		if (node.has("base64")) {
			return Base64.getDecoder().decode(text(node, "base64"));
		}
		return utf8(text(node, node.has("data") ? "data" : "text"));
	}

	private static String text(JsonNode node, String key) {
		return node.path(key).asString("");
	}

	private static boolean flag(JsonNode node, String key) {
		return node.path(key).asBoolean(false);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
