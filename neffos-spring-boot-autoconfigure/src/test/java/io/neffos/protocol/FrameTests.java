package io.neffos.protocol;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class FrameTests {

	private static final Frame ASK = Frame.request("$1", "chat", "lobby", "say", utf8("hi"), true);

	@Test
	void replyGoesBackToWhereTheRequestCameFrom() {
		assertThat(FrameCodec.encode(Frame.reply(ASK, utf8("ho"), true))).isEqualTo(utf8("$1;chat;lobby;say;0;0;ho"));
	}

	@Test
	void replyToNativeMessageIsNative() {
		Frame reply = Frame.reply(Frame.nativeMessage(utf8("hi"), false), utf8("ho"), false);
		assertThat(FrameCodec.encode(reply)).isEqualTo(utf8("ho"));
	}

	@Test
	void errorIsTextWhateverTheRequestWas() {
		Frame error = Frame.error(ASK, "no; thanks");
		assertThat(error.binary()).isFalse();
		assertThat(FrameCodec.encode(error)).isEqualTo(utf8("$1;chat;lobby;say;1;0;no; thanks"));
	}

	@Test
	void errorIsNeverWithoutText() {
		Frame error = Frame.error(ASK, "");
		assertThat(error.bodyText()).isEqualTo(ErrorTexts.UNSPECIFIED);
		assertThat(FrameCodec.decode(FrameCodec.encode(error), false, NativeMode.OFF)).isNotNull()
			.satisfies((frame) -> assertThat(frame.error()).isTrue());
	}

	@Test
	void errorOfNativeMessageIsFramed() {
		Frame error = Frame.error(Frame.nativeMessage(utf8("hi"), false), "no");
		assertThat(FrameCodec.encode(error)).isEqualTo(utf8(";;;_OnNativeMessage;1;0;no"));
	}

	@Test
	void tokenThatWouldBreakTheFrameIsRejected() {
		assertThatIllegalArgumentException().isThrownBy(() -> Frame.request("$1;", "chat", "", "say"));
	}

	@Test
	void originMustBeOneAndStandAlone() {
		assertThatIllegalArgumentException().isThrownBy(() -> withOrigin("", "c1"));
		assertThatIllegalArgumentException().isThrownBy(() -> withOrigin("", "neffos(0x1(c;10x2))"));
		assertThatIllegalArgumentException().isThrownBy(() -> withOrigin("$1", "neffos(0x1(c10x2))"));
		assertThat(withOrigin("", "neffos(0x1(c10x2))").isAsk()).isFalse();
	}

	@Test
	void framesAreEqualByContent() {
		Frame same = Frame.request("$1", "chat", "lobby", "say", utf8("hi"), true);
		assertThat(same).isEqualTo(ASK).hasSameHashCodeAs(ASK);
		assertThat(Frame.request("$1", "chat", "lobby", "say", utf8("ho"), true)).isNotEqualTo(ASK);
		assertThat(Frame.request("$1", "chat", "lobby", "say", utf8("hi"), false)).isNotEqualTo(ASK);
	}

	@Test
	void bodyStaysOutOfLogs() {
		assertThat(Frame.event("chat", "", "say", utf8("secret"), false).toString()).contains("chat", "6 bytes")
			.doesNotContain("secret");
	}

	@Test
	void codecAllocatesTheResultAndNothingElse() {
		byte[] bytes = utf8(";chat;lobby;say;0;0;a body of forty characters, more or less");
		Frame frame = FrameCodec.decode(bytes, false, NativeMode.OFF);
		assertThat(frame).isNotNull();
		// Frame, three names and the body are about 260 bytes, less with small headers.
		assertThat(allocated(() -> FrameCodec.decode(bytes, false, NativeMode.OFF))).isBetween(100L, 400L);
		assertThat(allocated(() -> FrameCodec.encode(frame))).isBetween((long) bytes.length, bytes.length + 32L);
	}

	private static long allocated(Supplier<Object> action) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		assumeTrue(threads.isThreadAllocatedMemorySupported() && threads.isThreadAllocatedMemoryEnabled());
		int times = 20_000;
		Object[] results = new Object[times];
		long before = threads.getCurrentThreadAllocatedBytes();
		for (int i = 0; i < times; i++) {
			results[i] = action.get();
		}
		return (threads.getCurrentThreadAllocatedBytes() - before) / times;
	}

	private static Frame withOrigin(String waitToken, String origin) {
		return new Frame(waitToken, "chat", "", "say", false, false, false, false, utf8("x"), origin, false);
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
