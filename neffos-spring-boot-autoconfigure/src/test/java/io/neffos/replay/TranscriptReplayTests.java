package io.neffos.replay;

import java.util.List;

import io.neffos.replay.Differences.Difference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays the clients of every conversation that was recorded with the original's Go server
 * against ours, and compares frames, events and results one by one. Intended differences
 * are in {@link Differences}; there are no others.
 */
class TranscriptReplayTests {

	static List<String> transcripts() {
		return Transcript.ofGoServer();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("transcripts")
	void doesWhatTheOriginalDidExceptOnPurpose(String name) throws Exception {
		Transcript transcript = Transcript.read(name);
		List<Step> expected = Differences.apply(transcript);
		try (Replay replay = new Replay(transcript)) {
			replay.walk(expected);
		}
	}

	@Test
	void noTranscriptIsLeftOut() {
		assertThat(transcripts()).hasSize(67).doesNotHaveDuplicates();
	}

	@Test
	void everyTranscriptOfTheTableExists() {
		List<String> transcripts = transcripts();
		for (Difference difference : Differences.TABLE) {
			assertThat(difference.names()).as(difference.toString())
				.isNotEmpty()
				.allMatch((name) -> transcripts.stream().anyMatch((found) -> Difference.covers(name, found)));
		}
	}

}
