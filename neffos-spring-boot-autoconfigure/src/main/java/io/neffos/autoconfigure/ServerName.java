package io.neffos.autoconfigure;

import java.net.InetAddress;
import java.net.UnknownHostException;

import org.springframework.core.env.Environment;

/** What a server is called in a cluster when nobody names it: its host and port. */
final class ServerName {

	private static final int MAX_HOST = 50;

	private ServerName() {
	}

	static String of(Environment environment) {
		String host = host();
		return ((host.length() <= MAX_HOST) ? host : host.substring(0, MAX_HOST)) + ":"
				+ environment.getProperty("server.port", "8080");
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

}
