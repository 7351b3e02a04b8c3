package io.neffos.test;

import java.nio.charset.StandardCharsets;

import io.neffos.protocol.Ack;
import org.jspecify.annotations.Nullable;

/** The server's first word on one connection. Guarded by its wire. */
final class Acknowledgement {

	private @Nullable Ack ack;

	@Nullable Ack now() {
		return this.ack;
	}

	/** The id of the connection, empty when it was not let in. */
	String id() {
		return (this.ack != null && this.ack.kind() == Ack.Kind.ACCEPTED) ? this.ack.text() : "";
	}

	void arrived(byte[] bytes, boolean binary, Transcript transcript) {
		Ack answer = binary ? null : Ack.parse(bytes);
		if (answer != null && answer.kind() != Ack.Kind.REQUEST) {
			this.ack = answer;
			transcript.add("<- " + Transcript.quote(answer.format()));
			return;
		}
		transcript.add("<- no acknowledgement: "
				+ (binary ? Transcript.bytes(bytes) : Transcript.quote(new String(bytes, StandardCharsets.UTF_8))));
	}

	/** Let in, or else the test fails. */
	void expectAccepted(Wire wire) {
		Ack answer = wire.await("an acknowledgement", this::now);
		if (answer.kind() == Ack.Kind.REFUSED) {
			throw wire.failure("Expected to be let in\nbut the server refused with the text\n  "
					+ Transcript.quote(answer.text()));
		}
	}

	/** Refused, or else the test fails. */
	void expectRefused(Wire wire, String text) {
		Ack answer = wire.await("an acknowledgement", this::now);
		if (answer.kind() != Ack.Kind.REFUSED || !answer.text().equals(text)) {
			throw wire.failure("Expected to be refused with the text\n  " + Transcript.quote(text) + "\nbut the server "
					+ ((answer.kind() == Ack.Kind.REFUSED) ? "said\n  " + Transcript.quote(answer.text())
							: "let the connection in"));
		}
	}

}
