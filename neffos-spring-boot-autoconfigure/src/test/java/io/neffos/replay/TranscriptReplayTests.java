package io.neffos.replay;

import java.util.List;

import io.neffos.engine.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays the clients of every conversation that was recorded with the original's Go server
 * against ours, and compares frames, events and results one by one. Intended differences
 * are in {@link ServerDifferences}; there are no others.
 */
class TranscriptReplayTests {

	static List<String> transcripts() {
		return Transcript.ofGo(Side.SERVER);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("transcripts")
	void doesWhatTheOriginalDidExceptOnPurpose(String name) throws Exception {
		Transcript transcript = Transcript.read(name, Side.SERVER);
		List<Step> expected = Difference.apply(ServerDifferences.TABLE, transcript);
		try (ServerReplay replay = new ServerReplay(transcript)) {
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
		for (Difference difference : ServerDifferences.TABLE) {
			assertThat(difference.isAbout(transcripts)).as(difference.toString()).isTrue();
		}
	}

}
