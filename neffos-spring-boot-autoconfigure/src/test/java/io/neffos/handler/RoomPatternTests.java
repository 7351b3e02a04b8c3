package io.neffos.handler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RoomPattern}.
 */
class RoomPatternTests {

	@Test
	void emptyPatternTakesEveryMessage() {
		RoomPattern pattern = RoomPattern.of("");
		assertThat(pattern.isEvery()).isTrue();
		assertThat(pattern.matches("")).isTrue();
		assertThat(pattern.matches("vip")).isTrue();
	}

	@Test
	void literalTakesOneRoom() {
		RoomPattern pattern = RoomPattern.of("a/b");
		assertThat(pattern.matches("a/b")).isTrue();
		assertThat(pattern.matches("a//b")).isFalse();
		assertThat(pattern.matches("a/c")).isFalse();
		assertThat(pattern.matches("")).isFalse();
	}

	@Test
	void variableTakesPartOfTheName() {
		RoomPattern pattern = RoomPattern.of("game-{id}/{seat:[0-9]{1,2}}");
		assertThat(pattern.variables()).containsExactly("id", "seat");
		assertThat(pattern.matches("game-7/12")).isTrue();
		assertThat(pattern.variablesOf("game-7/12")).isEqualTo(Map.of("id", "7", "seat", "12"));
		assertThat(pattern.matches("game-7/123")).isFalse();
		assertThat(pattern.matches("game-7")).isFalse();
	}

	@Test
	void lineBreakInANameIsACharacterLikeOthers() {
		assertThat(RoomPattern.of("game-{id}").variablesOf("game-a\nb")).isEqualTo(Map.of("id", "a\nb"));
	}

	@Test
	void wildcardDoesNotTakeMessagesWithoutRoom() {
		assertThat(RoomPattern.of("*").matches("")).isFalse();
		assertThat(RoomPattern.of("*").matches("vip")).isTrue();
		assertThat(RoomPattern.of("*").matches("vip/1")).isFalse();
		assertThat(RoomPattern.of("**").matches("vip/1")).isTrue();
	}

	@Test
	void keyForgetsTheNamesOfVariables() {
		assertThat(RoomPattern.of("a-{x}").key()).isEqualTo(RoomPattern.of("a-{y}").key());
		assertThat(RoomPattern.of("a-{x:[0-9]+}").key()).isEqualTo(RoomPattern.of("a-{y:[0-9]+}").key());
		assertThat(RoomPattern.of("a-{x:[0-9]+}").key()).isNotEqualTo(RoomPattern.of("a-{x:[a-z]+}").key());
		assertThat(RoomPattern.of("a-{x}").key()).isNotEqualTo(RoomPattern.of("b-{x}").key());
	}

	@Test
	void mostSpecificComesFirst() {
		List<String> expected = List.of("game-1", "game-1*", "game-{id:[0-9]+}", "game-{id}", "game-*", "{any:.+}",
				"{any}", "*", "game-1**", "**", "");
		List<RoomPattern> shuffled = new ArrayList<>(expected.stream().map(RoomPattern::of).toList());
		Collections.shuffle(shuffled, new Random(1));
		assertThat(shuffled.stream().sorted(RoomPattern.MOST_SPECIFIC_FIRST)).extracting(RoomPattern::toString)
			.containsExactlyElementsOf(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "game-{id", "game-id}", "game-{}", "{a}-{a}", "{a:[}", "{a:(x|y)}", "{a:x/y}" })
	void patternThatCannotMatchIsRejected(String pattern) {
		assertThatIllegalArgumentException().isThrownBy(() -> RoomPattern.of(pattern));
	}

}
