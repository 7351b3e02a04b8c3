package io.neffos.autoconfigure;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The library's own threads, for servers and clients alike. */
@Configuration(proxyBeanMethods = false)
class ThreadsConfiguration {

	@Bean
	NeffosThreads neffosThreads() {
		return new NeffosThreads();
	}

}
