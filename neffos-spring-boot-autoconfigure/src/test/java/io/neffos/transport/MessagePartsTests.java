package io.neffos.transport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Parts of messages, put together up to a bound. */
class MessagePartsTests {

	private final List<String> log = new ArrayList<>();

	private final MessageParts parts = new MessageParts(new SocketListener() {

		@Override
		public void onFrame(byte[] bytes, boolean binary) {
			MessagePartsTests.this.log.add((binary ? "binary " : "text ") + new String(bytes, StandardCharsets.UTF_8));
		}

		@Override
		public void onTooBig() {
			MessagePartsTests.this.log.add("too big");
		}

		@Override
		public void onClose(CloseReason reason) {
			MessagePartsTests.this.log.add("closed");
		}

	}, 10);

	private void text(String part, boolean last) {
		this.parts.onText(part, last);
	}

	private void binary(String part, boolean last) {
		this.parts.onBinary(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)), last);
	}

	@Test
	void putsPartsTogether() {
		text("a", false);
		text("", false);
		text("b", true);
		text("whole", true);
		binary("c", false);
		binary("d", true);
		binary("whole", true);
		text("again", false);
		text("", true);
		assertThat(this.log).containsExactly("text ab", "text whole", "binary cd", "binary whole", "text again");
	}

	@Test
	void partsMayEndBetweenTheHalvesOfACharacter() {
		String smile = "\ud83d\ude00";
		text("a" + smile.charAt(0), false);
		text(smile.charAt(1) + "b", true);
		assertThat(this.log).containsExactly("text a" + smile + "b");
	}

	@Test
	void keepsUpToTheLimit() {
		text("12345", false);
		text("67890", true);
		binary("12345", false);
		binary("67890", true);
		assertThat(this.log).containsExactly("text 1234567890", "binary 1234567890");
	}

	@Test
	void tellsOnceThatTextIsTooBigAsSoonAsItIsAndIsSilentThen() {
		text("12345", false);
		text("678901", false);
		text("x", true);
		text("next", true);
		binary("next", true);
		assertThat(this.log).containsExactly("too big");
	}

	@Test
	void tellsOnceThatBinaryIsTooBigAsSoonAsItIsAndIsSilentThen() {
		binary("12345", false);
		binary("678901", false);
		binary("x", true);
		text("next", true);
		assertThat(this.log).containsExactly("too big");
	}

	@Test
	void leavesTheBoundOfWholeMessagesAndOfBytesToTheListener() {
		text("12345678901", true);
		text("\u20ac\u20ac", false);
		text("\u20ac\u20ac", true);
		assertThat(this.log).containsExactly("text 12345678901", "text \u20ac\u20ac\u20ac\u20ac");
	}

	@Test
	void copiesWhatTheContainerMayUseAgain() {
		byte[] buffer = "ab".getBytes(StandardCharsets.UTF_8);
		this.parts.onBinary(ByteBuffer.wrap(buffer), false);
		buffer[0] = 'x';
		binary("c", true);
		assertThat(this.log).containsExactly("binary abc");
	}

}
