package io.neffos.cluster;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link SeenWindow}. */
class SeenWindowTests {

	private final SeenWindow window = new SeenWindow();

	@Test
	void knowsWhatItHasSeen() {
		assertThat(this.window.first(0)).isTrue();
		assertThat(this.window.first(0)).isFalse();
		assertThat(this.window.first(5)).isTrue();
		assertThat(this.window.first(3)).isTrue();
		assertThat(this.window.first(3)).isFalse();
		assertThat(this.window.first(5)).isFalse();
		assertThat(this.window.first(4)).isTrue();
	}

	@Test
	void takesWhatIsTooOldForSeen() {
		assertThat(this.window.first(SeenWindow.SIZE)).isTrue();
		assertThat(this.window.first(0)).isFalse();
		assertThat(this.window.first(1)).isTrue();
		assertThat(this.window.first(1)).isFalse();
	}

	@Test
	void forgetsWhatALeapPassesOver() {
		assertThat(this.window.first(7)).isTrue();
		assertThat(this.window.first(7 + SeenWindow.SIZE)).isTrue();
		assertThat(this.window.first(8)).isTrue();
		assertThat(this.window.first(10L * SeenWindow.SIZE + 7)).isTrue();
		assertThat(this.window.first(10L * SeenWindow.SIZE + 6)).isTrue();
		assertThat(this.window.first(9L * SeenWindow.SIZE + 7)).isFalse();
	}

	@Test
	void standsTheLargestNumber() {
		assertThat(this.window.first(Long.MAX_VALUE)).isTrue();
		assertThat(this.window.first(Long.MAX_VALUE)).isFalse();
		assertThat(this.window.first(Long.MAX_VALUE - 1)).isTrue();
		assertThat(this.window.first(-1)).isFalse();
		assertThat(this.window.first(3)).isFalse();
	}

	@Test
	void agreesWithASetOfAllNumbers() {
		Random random = new Random(5);
		Set<Long> seen = new HashSet<>();
		long base = 0;
		long highest = -1;
		for (int i = 0; i < 200_000; i++) {
			base += random.nextInt(3);
			long number = Math.max(0, base - random.nextInt(SeenWindow.SIZE + 100));
			boolean expected = number > highest - SeenWindow.SIZE && seen.add(number);
			assertThat(this.window.first(number)).isEqualTo(expected);
			highest = Math.max(highest, number);
		}
	}

}
