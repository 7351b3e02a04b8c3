package io.neffos.test;

import io.neffos.BodyCodec;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} of the tester of an application.
 */
@AutoConfiguration(afterName = "io.neffos.autoconfigure.NeffosAutoConfiguration")
final class NeffosTesterAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	NeffosTester neffosTester(ApplicationContext context, ObjectProvider<BodyCodec> codec) {
		return NeffosTester.of(new ApplicationLink(context)).codec(codec.getIfUnique(BodyCodec::none));
	}

}
