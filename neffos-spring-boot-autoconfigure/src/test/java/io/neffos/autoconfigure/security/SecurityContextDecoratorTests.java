package io.neffos.autoconfigure.security;

import java.net.URI;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.neffos.Conn;
import io.neffos.EventHandler;
import io.neffos.HandshakeInfo;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/** Tests for {@link SecurityContextDecorator}. */
class SecurityContextDecoratorTests {

	private static final Authentication ANN = new TestingAuthenticationToken("ann", "secret", "ROLE_USER");

	private static final Authentication BOB = new TestingAuthenticationToken("bob", "secret");

	private final EventHandler who = decorate((conn, message) -> current());

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void handlersRunAsTheUserOfTheHandshake() throws Exception {
		assertThat(this.who.handle(connOf(ANN), Message.of("say"))).isSameAs(ANN);
		assertThat(current()).isNull();
	}

	@Test
	void nobodyIsLeftBehindByAFailure() {
		EventHandler fails = decorate((conn, message) -> {
			throw new IllegalStateException();
		});
		assertThatIllegalStateException().isThrownBy(() -> fails.handle(connOf(ANN), Message.of("say")));
		assertThat(current()).isNull();
	}

	@Test
	void otherPrincipalsAreNobody() throws Exception {
		SecurityContextHolder.setContext(new SecurityContextImpl(BOB));
		assertThat(this.who.handle(connOf(() -> "ann"), Message.of("say"))).isNull();
		assertThat(this.who.handle(connOf(null), Message.of("say"))).isNull();
	}

	@Test
	void theContextOfTheCallerComesBack() throws Exception {
		SecurityContextHolder.setContext(new SecurityContextImpl(BOB));
		assertThat(this.who.handle(connOf(ANN), Message.of("say"))).isSameAs(ANN);
		assertThat(current()).isSameAs(BOB);
	}

	@Test
	void connectionsAreOpenedAndClosedAsTheUserOfTheHandshake() throws Exception {
		List<@Nullable Authentication> seen = new ArrayList<>();
		Conn conn = connOf(ANN).conn();
		new SecurityContextDecorator().decorate((Conn opened) -> seen.add(current())).handle(conn);
		assertThat(seen).containsExactly(ANN);
		assertThat(current()).isNull();
	}

	@Test
	void whatSecurityDeniesIsRefusedInOurWords() {
		EventHandler denied = decorate((conn, message) -> {
			throw new AccessDeniedException("needs ROLE_SECRET");
		});
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> denied.handle(connOf(ANN), Message.of("say")))
			.withMessage("access denied");
		EventHandler nobody = decorate((conn, message) -> {
			throw new AuthenticationCredentialsNotFoundException("no Authentication object");
		});
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> nobody.handle(connOf(null), Message.of("say")))
			.withMessage("not authenticated");
	}

	private static EventHandler decorate(EventHandler handler) {
		return new SecurityContextDecorator().decorate("chat", "say", handler);
	}

	private static @Nullable Authentication current() {
		return SecurityContextHolder.getContext().getAuthentication();
	}

	private static NSConn connOf(@Nullable Principal principal) {
		Conn conn = mock(Conn.class);
		given(conn.handshake()).willReturn(new HandshakeInfo(URI.create("/neffos"), Map.of(), principal, null, null));
		NSConn nsConn = mock(NSConn.class);
		given(nsConn.conn()).willReturn(conn);
		return nsConn;
	}

}
