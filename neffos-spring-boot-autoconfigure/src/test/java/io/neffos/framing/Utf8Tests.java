package io.neffos.framing;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Tests {

	private static final int[] EDGES = { 0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xff };

	/** All beginnings of characters, with what stands at either side of each limit. */
	@Test
	void agreesWithTheJdk() {
		int texts = 0;
		for (int lead = 0; lead < 256; lead++) {
			texts += check(new byte[] { (byte) lead });
		}
		assertThat(texts).isGreaterThan(10_000);
	}

	/** Check some bytes, and what can follow them up to four in all. */
	private static int check(byte[] bytes) {
		byte state = Utf8.check(Utf8.COMPLETE, bytes, 0, bytes.length);
		boolean text = ReferenceReader.isText(bytes);
		boolean begin = ReferenceReader.mayBecomeText(bytes);
		assertThat(state == Utf8.COMPLETE).as("%s", bytes).isEqualTo(text);
		assertThat(state != Utf8.BROKEN).as("%s", bytes).isEqualTo(begin);
		int texts = text ? 1 : 0;
		if (begin && bytes.length < 4) {
			byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
			for (int edge : EDGES) {
				longer[bytes.length] = (byte) edge;
				texts += check(longer);
			}
		}
		return texts;
	}

	@Test
	void findsWhatIsWrongAtAnyPlace() {
		for (int length = 1; length < 40; length++) {
			for (int at = 0; at < length; at++) {
				byte[] text = new byte[length];
				text[at] = (byte) 0xff;
				assertThat(Utf8.check(Utf8.COMPLETE, text, 0, length)).isEqualTo(Utf8.BROKEN);
				assertThat(Utf8.check(Utf8.COMPLETE, text, 0, at)).isEqualTo(Utf8.COMPLETE);
				assertThat(Utf8.check(Utf8.COMPLETE, text, at + 1, length)).isEqualTo(Utf8.COMPLETE);
			}
		}
	}

}
