package io.neffos.benchmark.peer.ours;

import java.util.Map;

import io.neffos.benchmark.peer.Peers;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application on the starter, as the README shows it. */
@SpringBootApplication
public class OursServer {

	/**
	 * Start it.
	 * @param args Spring Boot's
	 */
	public static void main(String[] args) {
		// No other peer bounds how much one client may send, and the load comes from few.
		Peers.run(OursServer.class, args, Map.of("neffos.limits.inbound-rate", 0));
	}

}
