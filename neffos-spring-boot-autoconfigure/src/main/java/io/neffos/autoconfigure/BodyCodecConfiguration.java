package io.neffos.autoconfigure;

import io.neffos.BodyCodec;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.MessageConverter;

/** What reads and writes bodies. */
@Configuration(proxyBeanMethods = false)
class BodyCodecConfiguration {

	@Bean
	BodyCodecs neffosBodyCodecs(ObjectProvider<MessageConverter> converters, ObjectProvider<BodyCodec> codec) {
		return new BodyCodecs(converters.orderedStream().toList(), codec.getIfAvailable(BodyCodec::none));
	}

	/** Bodies as JSON, where Jackson is. */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JsonMapper.class)
	static class JacksonConfiguration {

		@Bean
		@ConditionalOnMissingBean(BodyCodec.class)
		@ConditionalOnSingleCandidate(JsonMapper.class)
		JacksonBodyCodec neffosBodyCodec(JsonMapper mapper) {
			return new JacksonBodyCodec(mapper);
		}

	}

}
