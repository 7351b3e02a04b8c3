package io.neffos.autoconfigure;

import io.neffos.client.NeffosClientBuilder;

/**
 * Beans of this type change the application's {@link NeffosClientBuilder}s after the
 * properties have been applied, in the order of {@code @Order}. Called once, when the
 * first builder is asked for, on the thread that asks.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface NeffosClientBuilderCustomizer {

	/**
	 * Change a builder.
	 * @param builder what all builders of the application begin as
	 */
	void customize(NeffosClientBuilder builder);

}
