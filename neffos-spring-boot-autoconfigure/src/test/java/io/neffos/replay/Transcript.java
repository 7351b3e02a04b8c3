package io.neffos.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.neffos.engine.Side;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A recorded conversation as one of its sides saw it (protocol section 17).
 *
 * @param name scenario and peers, such as {@code join-leave.go-js}
 * @param steps what the peers did and what this side did, in the order of this side
 */
record Transcript(String name, List<Step> steps) {

	private static final String FOLDER = "/protocol/transcripts";

	/** The names of all transcripts in which the original is in Go on this side. */
	static List<String> ofGo(Side side) {
		try (Stream<Path> files = Files
			.list(Path.of(Objects.requireNonNull(Transcript.class.getResource(FOLDER)).toURI()))) {
			return files.map((file) -> file.getFileName().toString().replace(".json", ""))
				.filter((name) -> (side == Side.SERVER) ? name.contains(".go-") : name.endsWith("-go"))
				.sorted()
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	String scenario() {
		return this.name.substring(0, this.name.indexOf('.'));
	}

	/**
	 * Read a transcript.
	 * @param name its name
	 * @param side whose view it is
	 */
	static Transcript read(String name, Side side) {
		JsonNode file = JsonMapper.shared()
			.readTree(Transcript.class.getResourceAsStream(FOLDER + "/" + name + ".json"));
		return new Transcript(name, new Recording(side, file.get("steps").valueStream().toList()).read());
	}

}
