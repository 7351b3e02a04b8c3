package io.neffos.autoconfigure;

import java.net.http.HttpClient;

import io.neffos.client.NeffosClient;
import io.neffos.client.NeffosClientBuilder;
import io.neffos.handler.AnnotatedNamespaces;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.messaging.converter.MessageConverter;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of a {@link NeffosClientBuilder},
 * with or without a server in the same application.
 */
@AutoConfiguration(after = TaskExecutionAutoConfiguration.class,
		afterName = { "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
				"org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration" })
@ConditionalOnClass(MessageConverter.class)
@ConditionalOnBooleanProperty(name = "neffos.client.enabled", matchIfMissing = true)
@EnableConfigurationProperties(NeffosClientProperties.class)
@Import({ ThreadsConfiguration.class, BodyCodecConfiguration.class, HandlerConfiguration.class })
final class NeffosClientAutoConfiguration {

	private static final String EXECUTOR = "neffos.client.executor";

	@Bean
	CheckedClientProperties neffosCheckedClientProperties(NeffosClientProperties properties) {
		CheckedClientProperties checked = new CheckedClientProperties(properties);
		// Mistakes are found when the application starts, not when it dials.
		checked.applyTo(NeffosClient.builder());
		return checked;
	}

	@Bean
	DeclaredClientNamespaces neffosDeclaredClientNamespaces(AnnotatedNamespaces annotated) {
		return new DeclaredClientNamespaces(annotated.createForClients());
	}

	@Bean
	ClientRegistry neffosClientRegistry(ApplicationContext context, CheckedClientProperties properties) {
		return new ClientRegistry(context, properties.shutdownTimeout());
	}

	@Bean
	ClientBuilders neffosClientBuilders(DeclaredClientNamespaces namespaces, BodyCodecs codecs, NeffosThreads threads,
			CheckedClientProperties checked, NeffosClientProperties properties, ClientRegistry registry,
			ObjectProvider<SslBundles> bundles, ObjectProvider<NeffosClientBuilderCustomizer> customizers,
			ApplicationContext context) {
		return new ClientBuilders(() -> {
			NeffosClientBuilder builder = NeffosClient.builder()
				.namespaces(namespaces.all())
				.codec(codecs.all())
				.handlers(new HandlerExecutors(context, EXECUTOR).find(properties.executor()))
				.timer(threads.timer())
				.listener(registry)
				.httpClient(httpClient(properties.ssl().bundle(), bundles.getIfAvailable()));
			checked.applyTo(builder);
			customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
			return builder;
		});
	}

	@Bean
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	@ConditionalOnMissingBean
	NeffosClientBuilder neffosClientBuilder(ClientBuilders builders) {
		return builders.create();
	}

	private static HttpClient httpClient(@Nullable String bundle, @Nullable SslBundles bundles) {
		HttpClient.Builder builder = HttpClient.newBuilder();
		if (bundle != null) {
			if (bundles == null) {
				throw new NoSuchSslBundleException(bundle, "There are no SSL bundles");
			}
			builder.sslContext(bundles.getBundle(bundle).createSslContext());
		}
		return builder.build();
	}

}
