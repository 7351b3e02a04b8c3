package io.neffos;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The headers of a handshake. */
class HandshakeInfoTests {

	private static HandshakeInfo with(Map<String, List<String>> headers) {
		return new HandshakeInfo(URI.create("/neffos"), headers, null, null, null);
	}

	@Test
	void findsHeadersInAnyLetterCase() {
		HandshakeInfo info = with(
				Map.of("X-Tenant", List.of("blue", "green"), "Host", List.of("here"), "B", List.of()));
		assertThat(info.header("x-tenant")).isEqualTo("blue");
		assertThat(info.headers().get("X-TENANT")).containsExactly("blue", "green");
		assertThat(info.headers()).containsKey("hOST").doesNotContainKey("other").hasSize(3);
		assertThat(info.header("other")).isNull();
		assertThat(info.header("b")).isNull();
		assertThat(info.headers().keySet()).containsExactly("B", "Host", "X-Tenant");
	}

	@Test
	void putsTogetherWhatDiffersInLetterCaseOnly() {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		headers.put("X-A", List.of("1"));
		headers.put("x-a", List.of("2"));
		assertThat(with(headers).headers()).hasSize(1);
		assertThat(with(headers).headers().get("X-a")).containsExactly("1", "2");
	}

	@Test
	void isACopyThatCannotBeChanged() {
		List<String> values = new ArrayList<>(List.of("1"));
		Map<String, List<String>> headers = new LinkedHashMap<>();
		headers.put("X-A", values);
		HandshakeInfo info = with(headers);
		values.add("2");
		headers.clear();
		assertThat(info.headers().get("x-a")).containsExactly("1");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> info.headers().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> info.headers().put("X-B", List.of()));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> info.headers().entrySet().iterator().next().setValue(List.of()));
		assertThat(info).isEqualTo(with(Map.of("X-A", List.of("1"))))
			.hasSameHashCodeAs(with(Map.of("X-A", List.of("1"))));
	}

	@Test
	void keepsOnceWhatManyClientsSendAndNoSecrets() {
		String[] names = { "User-Agent", "Authorization", "Cookie", "Sec-WebSocket-Key" };
		HandshakeInfo[] infos = new HandshakeInfo[2];
		for (int i = 0; i < 2; i++) {
			Map<String, List<String>> headers = new LinkedHashMap<>();
			for (String name : names) {
				headers.put(new String(name.toCharArray()), List.of(new String("the same".toCharArray())));
			}
			infos[i] = with(headers);
		}
		assertThat(infos[0].header("User-Agent")).isSameAs(infos[1].header("User-Agent"));
		assertThat(infos[0].header("Authorization")).isNotSameAs(infos[1].header("Authorization"));
		assertThat(infos[0].header("Cookie")).isNotSameAs(infos[1].header("Cookie"));
		assertThat(infos[0].header("Sec-WebSocket-Key")).isNotSameAs(infos[1].header("Sec-WebSocket-Key"));
	}

	@Test
	void keepsLittleOfManyDifferentTexts() {
		SharedStrings shared = new SharedStrings();
		for (int i = 0; i < 10_000; i++) {
			String text = "text " + i;
			assertThat(shared.share(text)).isEqualTo(text);
		}
		String first = new String("again".toCharArray());
		assertThat(shared.share(first)).isSameAs(first);
		assertThat(shared.share(new String("again".toCharArray()))).isSameAs(first);
		String big = "x".repeat(1000);
		shared.share(big);
		assertThat(shared.share(new String(big.toCharArray()))).isNotSameAs(big);
	}

}
