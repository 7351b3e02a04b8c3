package io.neffos.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.neffos.BodyCodec;

import org.springframework.messaging.converter.ByteArrayMessageConverter;
import org.springframework.messaging.converter.CompositeMessageConverter;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;

/**
 * How bodies are read and written: by the message converters of the application first,
 * then by its codec.
 */
final class BodyCodecs {

	private final List<MessageConverter> converters;

	private final BodyCodec codec;

	/**
	 * Create the codecs.
	 * @param converters message converters. Composites are left out: they are how other
	 * parts of Spring keep their own defaults, and would take everything.
	 * @param codec the codec
	 */
	BodyCodecs(List<MessageConverter> converters, BodyCodec codec) {
		this.converters = converters.stream()
			.filter((converter) -> !(converter instanceof CompositeMessageConverter))
			.toList();
		this.codec = codec;
	}

	/** For the engine. */
	BodyCodec all() {
		return this.converters.isEmpty() ? this.codec : new ConvertingBodyCodec(this.converters, this.codec);
	}

	/** For the arguments of handlers. */
	MessageConverter forArguments() {
		List<MessageConverter> all = new ArrayList<>(this.converters);
		all.add(new ByteArrayMessageConverter());
		all.add(new StringMessageConverter());
		all.add(new BodyMessageConverter(this.codec));
		return new CompositeMessageConverter(all);
	}

}
