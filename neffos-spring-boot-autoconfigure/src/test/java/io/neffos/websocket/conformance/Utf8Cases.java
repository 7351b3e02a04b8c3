package io.neffos.websocket.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

import io.neffos.framing.ClientFrames;

/** Section 6: what is text and what is not, and how soon that has to be noticed. */
final class Utf8Cases {

	/** Twenty bytes and more, with characters of one to four bytes. */
	private static final String MIXED = "Gr\u00fc\u00dfe \u20ac5 \u4f60\u597d \ud83d\ude00 end";

	/** The word that others test with as well: eleven bytes, five characters. */
	private static final String KOSME = "cebae1bdb9cf83cebcceb5";

	private Utf8Cases() {
	}

	static List<ConformanceCase> all() {
		List<ConformanceCase> all = new ArrayList<>();
		all.addAll(new Cases("6.1").add((client) -> client.send(frame(0x81, "")).expectText("").finish())
			.add((client) -> fragments(client, "", "", "").expectText("").finish())
			.add((client) -> fragments(client, "", hex(MIXED), "").expectText(MIXED).finish())
			.list());
		all.addAll(new Cases("6.2").add((client) -> client.send(frame(0x81, hex(MIXED))).expectText(MIXED).finish())
			.add((client) -> fragments(client, hex(MIXED.substring(0, 3)), hex(MIXED.substring(3))).expectText(MIXED)
				.finish())
			.add((client) -> fragments(client, hex(MIXED).split("(?<=\\G..)", -1)).expectText(MIXED).finish())
			.add((client) -> fragments(client, KOSME.split("(?<=\\G..)", -1)).expectText(bytes(KOSME)).finish())
			.list());
		String broken = KOSME + "eda080" + hex("edited");
		all.addAll(new Cases("6.3").add((client) -> client.send(frame(0x81, broken)).failed(1007))
			.add((client) -> fragments(client, broken.split("(?<=\\G..)", -1)).failed(1007))
			.list());
		all.addAll(failFast());
		all.addAll(valid("6.5", hex("hello$world"), hex("hello\u00a2world"), hex("hello\u20acworld"),
				hex("hello\ud852\udf62world"), KOSME));
		all.addAll(prefixes());
		all.addAll(limits());
		all.addAll(incomplete());
		all.addAll(invalid("6.16", "fe", "ff", "fefeffff"));
		all.addAll(invalid("6.17", "c0af", "e080af", "f08080af", "f8808080af", "fc80808080af"));
		all.addAll(invalid("6.18", "c1bf", "e09fbf", "f08fbfbf", "f887bfbfbf", "fc83bfbfbfbf"));
		all.addAll(invalid("6.19", "c080", "e08080", "f0808080", "f880808080", "fc8080808080"));
		all.addAll(invalid("6.20", "eda080", "edadbf", "edae80", "edafbf", "edb080", "edbe80", "edbfbf"));
		all.addAll(invalid("6.21", "eda080edb080", "eda080edbfbf", "edadbfedb080", "edadbfedbfbf", "edae80edb080",
				"edae80edbfbf", "edafbfedb080", "edafbfedbfbf"));
		all.addAll(nonCharacters());
		all.addAll(valid("6.23", "efbfb9", "efbfba", "efbfbb", "efbfbc", "efbfbd", "efbfbe", "efbfbf"));
		return all;
	}

	/**
	 * Nothing more is sent after the byte that breaks the text: the server has to notice
	 * without it, between fragments and within a frame.
	 */
	private static List<ConformanceCase> failFast() {
		byte[] rest = bytes("80" + hex("edited"));
		return new Cases("6.4").add((client) -> client.send(frame(0x01, KOSME)).send(frame(0x00, "f490")).failed(1007))
			.add((client) -> client.send(frame(0x01, KOSME + "f4")).send(frame(0x00, "90")).failed(1007))
			.add((client) -> client.send(begin(KOSME, 4 + rest.length)).send(plain("f4908080")).failed(1007))
			.add((client) -> client.send(begin(KOSME + "f4", 1 + rest.length)).send(plain("90")).failed(1007))
			.list();
	}

	/** The begin of a frame whose mask changes nothing. */
	private static ClientFrames begin(String content, int more) {
		byte[] bytes = bytes(content);
		return new ClientFrames().header(0x81, 0, bytes.length + more).bytes(0, 0, 0, 0).add(plain(content));
	}

	private static ClientFrames plain(String content) {
		ClientFrames frames = new ClientFrames();
		for (byte unit : bytes(content)) {
			frames.bytes(unit);
		}
		return frames;
	}

	private static List<ConformanceCase> prefixes() {
		Cases cases = new Cases("6.6");
		List<Integer> whole = List.of(2, 5, 7, 9, 11);
		for (int end = 1; end <= 11; end++) {
			cases.add(single(KOSME.substring(0, 2 * end), whole.contains(end)));
		}
		return cases.list();
	}

	private static List<ConformanceCase> limits() {
		List<ConformanceCase> all = new ArrayList<>();
		all.addAll(valid("6.7", "00", "c280", "e0a080", "f0908080"));
		all.addAll(invalid("6.8", "f888808080", "fc8480808080"));
		all.addAll(valid("6.9", "7f", "dfbf", "efbfbf", "f48fbfbf"));
		all.addAll(invalid("6.10", "f7bfbfbf", "fbbfbfbfbf", "fdbfbfbfbfbf"));
		all.addAll(new Cases("6.11").add(single("ed9fbf", true))
			.add(single("ee8080", true))
			.add(single("efbfbd", true))
			.add(single("f48fbfbf", true))
			.add(single("f4908080", false))
			.list());
		return all;
	}

	private static List<ConformanceCase> incomplete() {
		List<ConformanceCase> all = new ArrayList<>();
		all.addAll(invalid("6.12", "80", "bf", "80bf", "80bf80", "80bf80bf", "80bf80bf80", "80bf80bf80bf",
				range(0x80, 64, "")));
		all.addAll(invalid("6.13", range(0xc0, 32, "20"), range(0xe0, 16, "20"), range(0xf0, 8, "20"),
				range(0xf8, 4, "20"), range(0xfc, 2, "20")));
		String[] cut = { "c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf",
				"fdbfbfbfbf" };
		all.addAll(invalid("6.14", cut));
		all.addAll(invalid("6.15", String.join("", cut)));
		return all;
	}

	private static String range(int first, int count, String after) {
		StringBuilder all = new StringBuilder();
		for (int i = 0; i < count; i++) {
			all.append(HexFormat.of().toHexDigits((byte) (first + i))).append(after);
		}
		return all.toString();
	}

	/** Code points that are no characters but may be sent: the last two of each plane. */
	private static List<ConformanceCase> nonCharacters() {
		Cases cases = new Cases("6.22");
		for (int plane = 0; plane <= 16; plane++) {
			for (int last : new int[] { 0xfffe, 0xffff }) {
				cases.add(single(hex(Character.toString((plane << 16) | last)), true));
			}
		}
		return cases.list();
	}

	private static List<ConformanceCase> valid(String section, String... contents) {
		Cases cases = new Cases(section);
		Arrays.stream(contents).forEach((content) -> cases.add(single(content, true)));
		return cases.list();
	}

	private static List<ConformanceCase> invalid(String section, String... contents) {
		Cases cases = new Cases(section);
		Arrays.stream(contents).forEach((content) -> cases.add(single(content, false)));
		return cases.list();
	}

	private static ConformanceCase.Script single(String content, boolean valid) {
		return (client) -> {
			client.send(frame(0x81, content));
			if (valid) {
				client.expectText(bytes(content)).finish();
			}
			else {
				client.failed(1007);
			}
		};
	}

	private static FrameClient fragments(FrameClient client, String... contents) throws IOException {
		ClientFrames frames = new ClientFrames();
		for (int i = 0; i < contents.length; i++) {
			frames.frame(((i == contents.length - 1) ? 0x80 : 0) | ((i == 0) ? 1 : 0), bytes(contents[i]));
		}
		return client.send(frames);
	}

	private static ClientFrames frame(int first, String content) {
		return new ClientFrames().frame(first, bytes(content));
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

	private static String hex(String text) {
		return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
	}

}
