package io.neffos.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of namespaces, without the rest of the application and without a web server.
 * <p>
 * Of what component scanning finds, only beans annotated with {@code @NeffosNamespace}
 * are made, or those of them that are named here, and what serves them: codecs, message
 * converters, argument resolvers and generators of ids. There are no {@code @Service},
 * {@code @Component}, {@code @Controller} or {@code @Configuration} beans; what a
 * namespace needs is given by {@code @MockitoBean} or {@code @Import}. Of the
 * auto-configurations only the server's own, Jackson, validation, AOP, messages and the
 * task executor are applied.
 * <p>
 * A {@link NeffosTester} that speaks to the server in memory can be injected, see
 * {@link AutoConfigureNeffosTester}.
 *
 * <pre class="code">
 * &#64;NeffosTest(ChatRooms.class)
 * class ChatRoomsTests {
 *
 *     &#64;Autowired
 *     NeffosTester tester;
 *
 *     &#64;Test
 *     void vipRoomIsRestricted() {
 *         this.tester.connect("chat").expectRefusedJoin("vip", "vip room is restricted");
 *     }
 *
 * }
 * </pre>
 *
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(NeffosTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(NeffosTypeExcludeFilter.class)
@AutoConfigureNeffosTester
@ImportAutoConfiguration
public @interface NeffosTest {

	/**
	 * Properties as {@code key=value}, added to the environment.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * The namespaces under test. Short for {@link #namespaces()}.
	 * @return classes annotated with {@code @NeffosNamespace}; all when there are none
	 */
	@AliasFor("namespaces")
	Class<?>[] value() default {};

	/**
	 * The namespaces under test.
	 * @return classes annotated with {@code @NeffosNamespace}; all when there are none
	 */
	@AliasFor("value")
	Class<?>[] namespaces() default {};

	/**
	 * Whether the beans described above are made at all.
	 * @return {@code false} for those of {@link #includeFilters()} and
	 * {@link #namespaces()} only
	 */
	boolean useDefaultFilters() default true;

	/**
	 * More beans that are made when component scanning finds them.
	 * @return the filters
	 */
	ComponentScan.Filter[] includeFilters() default {};

	/**
	 * Beans that are not made, although they would be.
	 * @return the filters
	 */
	ComponentScan.Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations that are not applied, although they would be.
	 * @return their classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
