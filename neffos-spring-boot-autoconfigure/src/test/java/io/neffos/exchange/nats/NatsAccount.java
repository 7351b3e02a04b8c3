package io.neffos.exchange.nats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

import io.nats.client.NKey;
import io.nats.client.support.JsonSerializable;
import io.nats.client.support.JwtUtils;

/** An operator with one account, as those have who log in with files of credentials. */
final class NatsAccount {

	private final NKey operator = NKey.createOperator(new SecureRandom());

	private final NKey account = NKey.createAccount(new SecureRandom());

	NatsAccount() throws Exception {
	}

	/** Write what the server is configured with. */
	void writeConfiguration(Path file) throws Exception {
		String operatorKey = new String(this.operator.getPublicKey());
		String accountKey = new String(this.account.getPublicKey());
		Files.writeString(file, """
				operator: %s
				resolver: MEMORY
				resolver_preload: { %s: %s }
				""".formatted(sign(operatorKey, "operator", """
				{"type":"operator","version":2}"""), accountKey, sign(accountKey, "account",
				"""
						{"limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,"wildcards":true,"conn":-1,"leaf":-1},\
						"default_permissions":{"pub":{},"sub":{}},"type":"account","version":2}""")));
	}

	private String sign(String subject, String name, String claims) throws Exception {
		return JwtUtils.issueJWT(this.operator, subject, name, Duration.ofHours(1), JwtUtils.currentTimeSeconds(),
				new String(this.operator.getPublicKey()), (JsonSerializable) () -> claims);
	}

	/** The credentials of a new user, as in a file. */
	String credentials() throws Exception {
		NKey user = NKey.createUser(new SecureRandom());
		String token = JwtUtils.issueUserJWT(this.account, new String(this.account.getPublicKey()),
				new String(user.getPublicKey()));
		return JwtUtils.NATS_USER_JWT_FORMAT.formatted(token, new String(user.getSeed()));
	}

}
