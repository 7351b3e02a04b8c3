package io.neffos.replay;

import java.util.List;

import io.neffos.engine.Side;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays the servers of every conversation that was recorded with the original's Go client
 * against ours, and compares frames, events and results one by one. Intended differences
 * are in {@link ClientDifferences}; there are no others.
 */
class ClientReplayTests {

	static List<String> transcripts() {
		return Transcript.ofGo(Side.CLIENT);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("transcripts")
	void doesWhatTheOriginalDidExceptOnPurpose(String name) throws Exception {
		Transcript transcript = Transcript.read(name, Side.CLIENT);
		List<Step> expected = Difference.apply(ClientDifferences.TABLE, transcript);
		try (ClientReplay replay = new ClientReplay(transcript)) {
			replay.walk(expected);
		}
	}

	@Test
	void noTranscriptIsLeftOut() {
		assertThat(transcripts()).hasSize(37)
			.doesNotHaveDuplicates()
			.allMatch((name) -> name.endsWith(".go-go") || name.endsWith(".script-go"));
	}

	@Test
	void everyTranscriptOfTheTableExists() {
		List<String> transcripts = transcripts();
		for (Difference difference : ClientDifferences.TABLE) {
			assertThat(difference.isAbout(transcripts)).as(difference.toString()).isTrue();
		}
	}

}
