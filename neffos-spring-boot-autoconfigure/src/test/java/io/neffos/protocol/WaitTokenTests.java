package io.neffos.protocol;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class WaitTokenTests {

	@ParameterizedTest
	@CsvSource({ "'', false, false, false", "$1, true, false, true", "$, true, false, true", "1, false, true, true",
			"#$7, false, true, true", "' $7', false, true, true", "R700, false, true, true" })
	void classifies(String token, boolean clientRequest, boolean answerOnServer, boolean answerOnClient) {
		assertThat(WaitToken.isClientRequest(token)).isEqualTo(clientRequest);
		assertThat(WaitToken.isAnswerOnServer(token)).isEqualTo(answerOnServer);
		assertThat(WaitToken.isAnswerOnClient(token)).isEqualTo(answerOnClient);
	}

	@ParameterizedTest
	@CsvSource({ "neffos(0x1(c10x2)), true", "neffos(0x, true", "neffos(0, false", "Neffos(0x1, false", "'', false" })
	void tellsOriginsFromTokens(String field, boolean origin) {
		assertThat(WaitToken.isOrigin(field)).isEqualTo(origin);
	}

	@Test
	void serverTokensAreNoClientRequests() {
		WaitToken.Issuer issuer = WaitToken.serverIssuer();
		assertThat(IntStream.range(0, 1000).mapToObj((i) -> issuer.next())).doesNotHaveDuplicates()
			.allMatch((token) -> token.matches("[0-9]+") && WaitToken.isAnswerOnServer(token));
	}

	@Test
	void clientTokensAreClientRequests() {
		WaitToken.Issuer issuer = WaitToken.clientIssuer();
		assertThat(IntStream.range(0, 1000).mapToObj((i) -> issuer.next())).doesNotHaveDuplicates()
			.allMatch((token) -> token.matches("[$][0-9]+") && WaitToken.isClientRequest(token));
	}

	@Test
	void issuersNeverRepeatThemselvesAcrossThreads() {
		WaitToken.Issuer issuer = WaitToken.serverIssuer();
		Set<String> tokens = ConcurrentHashMap.newKeySet();
		IntStream.range(0, 20_000).parallel().forEach((i) -> tokens.add(issuer.next()));
		assertThat(tokens).hasSize(20_000);
	}

	@Test
	void issuedTokensSurviveTheWire() {
		for (String token : new String[] { WaitToken.serverIssuer().next(), WaitToken.clientIssuer().next() }) {
			byte[] bytes = FrameCodec.encode(Frame.request(token, "chat", "", "_OnNamespaceConnect"));
			assertThat(FrameCodec.decode(bytes, false, NativeMode.OFF)).isNotNull()
				.extracting(Frame::waitToken, Frame::exchangeMark, Frame::isAsk)
				.containsExactly(token, false, true);
		}
	}

	@Test
	void issuerKnowsItsOwnTokensAndNoOthers() {
		WaitToken.Issuer issuer = WaitToken.serverIssuer();
		String first = issuer.next();
		String second = issuer.next();
		assertThat(new String[] { first, second }).allMatch(issuer::issued);
		String next = Long.toString(Long.parseLong(second) + 1);
		assertThat(
				new String[] { next, "", "1", "9015", "$" + first, "0" + first, first + "0", "+" + first, "#1", "x" })
			.noneMatch(issuer::issued);
	}

}
