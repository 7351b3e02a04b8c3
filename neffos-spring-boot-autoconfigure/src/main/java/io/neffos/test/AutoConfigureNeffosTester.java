package io.neffos.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives a test a {@link NeffosTester} to be injected, for its application. With a web
 * server ({@code @SpringBootTest} with {@code RANDOM_PORT} or {@code DEFINED_PORT}) the
 * tester dials its port, at the path of the endpoint, over TLS if the server does so;
 * else it speaks to the server in memory.
 * <p>
 * The tester reads and writes objects with the application's {@code BodyCodec}. Its
 * connections are closed after each test method, after what the test itself does then. A
 * {@code NeffosTester} bean of the test comes first, for example one that trusts a
 * certificate of its own.
 *
 * @since 0.1.0
 * @see NeffosTest
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface AutoConfigureNeffosTester {

}
