package io.neffos.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import static org.assertj.core.api.Assertions.assertThat;

/** The rows of {@code refusal-matrix.txt}. */
final class RefusalMatrix {

	private static final List<String> EVERYBODY = List.of("nobody", "here", "there");

	private RefusalMatrix() {
	}

	static List<Row> rows() {
		List<Row> rows = new ArrayList<>();
		List<String> lines = read().lines().filter((line) -> !line.isBlank() && !line.startsWith("#")).toList();
		for (int i = 0; i < lines.size(); i += 5) {
			String[] head = lines.get(i).split(" ", -1);
			List<String> client = list(lines.get(i + 1), "client");
			List<String> server = list(lines.get(i + 2), "server");
			String result = value(lines.get(i + 3), "result");
			String[] after = value(lines.get(i + 4), "after").split(" / ", -1);
			for (String refuser : head[2].equals("*") ? EVERYBODY : List.of(head[2].split(",", -1))) {
				rows.add(new Row(head[0], head[1], refuser, head[3], client, server, result, after[0], after[1]));
			}
		}
		return rows;
	}

	private static String read() {
		try (InputStream in = Objects.requireNonNull(RefusalMatrix.class.getResourceAsStream("refusal-matrix.txt"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String value(String line, String name) {
		assertThat(line).startsWith("  " + name + ":");
		return line.substring(name.length() + 3).trim();
	}

	private static List<String> list(String line, String name) {
		String value = value(line, name);
		return value.isEmpty() ? List.of() : Arrays.stream(value.split("\\|")).map(String::trim).toList();
	}

	/**
	 * One case.
	 *
	 * @param what connect, join, leave or disconnect
	 * @param asker client or server
	 * @param refuser nobody, here (the asker) or there
	 * @param present where it is there already: both, neither, here or there
	 * @param client the journal of the client
	 * @param server the journal of the server
	 * @param result what the asker is told
	 * @param onClient what the client has afterwards
	 * @param onServer what the server has afterwards
	 */
	record Row(String what, String asker, String refuser, String present, List<String> client, List<String> server,
			String result, String onClient, String onServer) {

		boolean byClient() {
			return this.asker.equals("client");
		}

		/** Whether it is there before on one side. */
		boolean isPresent(boolean withAsker) {
			return this.present.equals("both") || this.present.equals(withAsker ? "here" : "there");
		}

		@Override
		public String toString() {
			return this.what + " asked by " + this.asker + ", refused by " + this.refuser + ", there: " + this.present;
		}

	}

}
