package io.neffos.protocol;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AckTests {

	@Test
	void requestIsExactlyM() {
		assertThat(Ack.REQUEST.encode()).isEqualTo(utf8("M"));
		assertThat(Ack.parse(utf8("M"))).isEqualTo(Ack.REQUEST);
	}

	@Test
	void acceptanceCarriesTheConnectionIdAsItIs() {
		Ack ack = Ack.accepted("c;1 é");
		assertThat(ack.format()).isEqualTo("Ac;1 é");
		assertThat(Ack.parse(ack.encode())).isEqualTo(ack).isEqualTo(new Ack(Ack.Kind.ACCEPTED, "c;1 é"));
	}

	@Test
	void refusalCarriesTheErrorTextAsItIs() {
		Ack ack = Ack.refused("not; today");
		assertThat(ack.encode()).isEqualTo(utf8("Hnot; today"));
		assertThat(Ack.parse(ack.encode())).isEqualTo(new Ack(Ack.Kind.REFUSED, "not; today"));
	}

	@Test
	void refusalIsNeverWithoutText() {
		assertThat(Ack.refused("").text()).isEqualTo(ErrorTexts.UNSPECIFIED);
	}

	@Test
	void connectionIdIsNeverEmpty() {
		assertThatIllegalArgumentException().isThrownBy(() -> Ack.accepted(""));
	}

	@Test
	void readsAnswersWithoutText() {
		assertThat(Ack.parse(utf8("A"))).isEqualTo(new Ack(Ack.Kind.ACCEPTED, ""));
		assertThat(Ack.parse(utf8("H"))).isEqualTo(new Ack(Ack.Kind.REFUSED, ""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "m", "Mc1", "M ", " M", "a", "\uFEFFM", ";chat;;say;0;0;x" })
	void anythingElseIsNoAcknowledgement(String text) {
		assertThat(Ack.parse(utf8(text))).isNull();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
