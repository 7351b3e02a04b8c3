package io.neffos.autoconfigure;

import java.util.function.Supplier;

import io.neffos.client.NeffosClientBuilder;

import org.springframework.util.function.SingletonSupplier;

/**
 * Makes builders of clients that all begin alike and share what costs threads, which is
 * made when the first one is asked for.
 */
final class ClientBuilders {

	private final Supplier<NeffosClientBuilder> template;

	ClientBuilders(Supplier<NeffosClientBuilder> template) {
		this.template = SingletonSupplier.of(template);
	}

	NeffosClientBuilder create() {
		return this.template.get().copy();
	}

}
