package io.neffos.autoconfigure.soak;

import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomJoin;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** The server that the fleet talks to, as an application of somebody. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ SoakApplication.Deck.class, SoakApplication.Hold.class })
public class SoakApplication {

	@Bean
	SecurityFilterChain everybodyMayComeIn(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
	}

	/**
	 * For the handlers of clients. Handlers of the server wait for them, so both on the
	 * same few threads could wait for each other.
	 */
	@Bean
	ThreadPoolTaskExecutor clients() {
		ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
		executor.setCorePoolSize(16);
		return executor;
	}

	/** Where most happens. */
	@NeffosNamespace("deck")
	static class Deck {

		@OnRoomJoin("locked-*")
		void refuse() {
			throw new RefusedException("locked");
		}

		@OnEvent("echo")
		String echo(Message message) {
			return message.text();
		}

		@OnEvent("later")
		CompletableFuture<String> later(Message message) {
			return CompletableFuture.supplyAsync(message::text);
		}

		/** Asks the one who asks. */
		@OnEvent("back")
		String back(NSConn ns, Message message) {
			return ns.ask("echo", message.text()).text();
		}

		@OnEvent("invite")
		void invite(NSConn ns, Message message) {
			ns.joinRoomAsync(message.text());
		}

		@OnEvent("evict")
		void evict(NSConn ns) {
			ns.rooms().stream().findAny().ifPresent((room) -> room.leaveAsync());
		}

		@OnEvent("drop")
		void drop(NSConn ns) {
			ns.conn().close((new Random().nextInt(2) == 0) ? 1012 : 1001, "come back");
		}

	}

	/** A second namespace; its room messages are relayed. */
	@NeffosNamespace("hold")
	static class Hold {

	}

}
