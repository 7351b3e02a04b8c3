package io.neffos.autoconfigure;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.neffos.NeffosException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests for {@link JacksonBodyCodec}. */
class JacksonBodyCodecTests {

	private final JacksonBodyCodec codec = new JacksonBodyCodec(JsonMapper.builder().build());

	@Test
	void writesAndReads() {
		byte[] body = this.codec.encode(new Line("héllo", 2));
		assertThat(new String(body, StandardCharsets.UTF_8)).contains("héllo");
		assertThat(this.codec.decode(body, Line.class)).isEqualTo(new Line("héllo", 2));
	}

	@Test
	void readsGenericTypes() {
		Type type = new ParameterizedTypeReference<List<Line>>() {
		}.getType();
		assertThat(this.codec.decode(this.codec.encode(List.of(new Line("a", 1))), type))
			.isEqualTo(List.of(new Line("a", 1)));
	}

	@Test
	void tellsWhereABodyIsWrongWithoutQuotingIt() {
		assertThatExceptionOfType(NeffosException.class)
			.isThrownBy(() -> this.codec.decode(bytes("{\"text\": secret}"), Line.class))
			.withMessageContaining(Line.class.getName())
			.withMessageContaining("line 1, column")
			.withMessageNotContaining("secret")
			.withNoCause();
		assertThatExceptionOfType(NeffosException.class)
			.isThrownBy(() -> this.codec.decode(bytes("{\"count\": \"secret\"}"), Line.class))
			.withMessageNotContaining("secret")
			.withNoCause();
	}

	@Test
	void refusesNothing() {
		assertThatExceptionOfType(NeffosException.class).isThrownBy(() -> this.codec.decode(new byte[0], Line.class));
		assertThatExceptionOfType(NeffosException.class).isThrownBy(() -> this.codec.decode(bytes("null"), Line.class));
	}

	@Test
	void namesATypeThatCannotBeWritten() {
		assertThatExceptionOfType(NeffosException.class).isThrownBy(() -> this.codec.encode(new Loop()))
			.withMessageContaining(Loop.class.getName());
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	record Line(String text, int count) {
	}

	static final class Loop {

		public Loop getSelf() {
			return this;
		}

	}

}
