package io.neffos.sample;

import io.neffos.ConnIdGenerator;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Starts the chat on port 8080. No broker unless it is asked for, no build step for the
 * page.
 */
@SpringBootApplication
@EnableScheduling
public class SampleApplication {

	@Bean
	ConnIdGenerator visitorIds() {
		return Visitor::newId;
	}

	public static void main(String[] args) {
		SpringApplication.run(SampleApplication.class, args);
	}

}
