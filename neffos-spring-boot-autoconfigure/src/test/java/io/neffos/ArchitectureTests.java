package io.neffos;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMembers;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The package diagram, asserted: one module holds the engine and its wiring, so packages
 * do the work of modules. A new package is one new line in {@link #LAYERS}.
 */
class ArchitectureTests {

	private static final String BASE = "io.neffos";

	private static final String AUTOCONFIGURE = BASE + ".autoconfigure..";

	/** What users test with: a slice for Spring Boot's tests, and what speaks to it. */
	private static final String TEST = BASE + ".test..";

	private static final String CLIENT = BASE + ".client..";

	private static final String WEBSOCKET = BASE + ".websocket..";

	private static final Map<String, Layer> LAYERS = Map.ofEntries( //
			layer("", Set.of()), //
			layer("annotation", Set.of(), "org.springframework.core.annotation..", "org.springframework.stereotype..",
					"org.springframework.context.annotation.."),
			layer("protocol", Set.of()), //
			layer("transport", Set.of()), //
			layer("framing", Set.of()), //
			layer("nio", Set.of("transport", "framing")), //
			layer("observe", Set.of("", "transport")), //
			layer("engine", Set.of("", "protocol", "transport", "observe")), //
			layer("exchange", Set.of()), //
			layer("exchange.redis", Set.of("exchange"), "org.springframework.data.redis..", "io.lettuce.."), //
			layer("exchange.nats", Set.of("exchange"), "io.nats.client..", "javax.net.ssl.."), //
			layer("cluster", Set.of("", "exchange", "observe")), //
			layer("server", Set.of("", "protocol", "transport", "observe", "engine", "exchange", "cluster")), //
			layer("client", Set.of("", "protocol", "transport", "observe", "engine"), "javax.net.ssl.."), //
			layer("handler", Set.of("", "annotation"), "org.springframework..", "jakarta.validation.."), //
			layer("websocket", Set.of("", "transport", "nio", "server"), "org.springframework..", "jakarta.servlet..",
					"jakarta.websocket..", "org.apache.tomcat..", "org.apache.coyote.."),
			layer("test", Set.of("", "annotation", "protocol", "transport", "client", "server", "autoconfigure"),
					"org.springframework..", "org.junit.."),
			layer("autoconfigure",
					Set.of("", "annotation", "protocol", "transport", "observe", "engine", "server", "client",
							"handler", "websocket", "nio", "exchange", "exchange.redis", "exchange.nats", "cluster"),
					".."));

	/** What users write against; everything else may change without notice. */
	private static final Set<String> PUBLIC = Set.of(BASE, BASE + ".annotation", BASE + ".transport", BASE + ".observe",
			BASE + ".client", BASE + ".test", BASE + ".handler", BASE + ".autoconfigure",
			BASE + ".autoconfigure.exchange", BASE + ".exchange");

	/** The way into the engine and its way out; the rest of it is nobody's business. */
	private static final Set<String> ENGINE_API = Set.of("EngineConn", "ConnHost", "EngineSettings", "Side", "Member",
			"Outgoing", "Mailbox", "AskFuture", "Wakes", "Joining");

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(BASE);

	static Collection<String> packages() {
		Set<String> packages = new TreeSet<>();
		MAIN.forEach((type) -> packages.add(nameOf(type)));
		return packages;
	}

	@ParameterizedTest(name = "[{0}]")
	@MethodSource("packages")
	void packageKnowsOnlyItsNeighbours(String name) {
		assertThat(LAYERS).as("each package is in the diagram").containsKey(name);
		Set<String> knows = LAYERS.get(name).knows();
		noClasses().that(areIn(name))
			.should()
			.dependOnClassesThat(describe("are ours but outside of '%s' and %s".formatted(name, knows),
					(type) -> isOurs(type) && !nameOf(type).equals(name) && !knows.contains(nameOf(type))))
			.check(MAIN);
	}

	@ParameterizedTest(name = "[{0}]")
	@MethodSource("packages")
	void packageKnowsOnlyItsLibraries(String name) {
		assertThat(LAYERS).as("each package is in the diagram").containsKey(name);
		classes().that(areIn(name))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(LAYERS.get(name).libraries())
			.check(MAIN);
	}

	@Test
	void packagesAreFreeOfCycles() {
		slices().matching("io.(**)").should().beFreeOfCycles().check(MAIN);
	}

	@Test
	void nothingKnowsTheAutoConfiguration() {
		noClasses().that()
			.resideOutsideOfPackages(AUTOCONFIGURE, TEST)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(AUTOCONFIGURE)
			.check(MAIN);
	}

	@Test
	void onlyTheAutoConfigurationKnowsSpringBoot() {
		noClasses().that()
			.resideOutsideOfPackages(AUTOCONFIGURE, TEST)
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.springframework.boot..")
			.check(MAIN);
	}

	@Test
	void onlyTheWebSocketAdapterKnowsTheServletWorld() {
		noClasses().that()
			.resideOutsideOfPackages(WEBSOCKET, AUTOCONFIGURE)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.web..", "jakarta.servlet..", "jakarta.websocket..")
			.check(MAIN);
	}

	@Test
	void onlyTheAutoConfigurationKnowsJackson() {
		noClasses().that()
			.resideOutsideOfPackage(AUTOCONFIGURE)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
			.check(MAIN);
	}

	@Test
	void annotationPackageHoldsOnlyAnnotationsAndTheirChoices() {
		noClasses().that()
			.areNotAnnotations()
			.and()
			.areNotEnums()
			.and()
			.doNotHaveSimpleName("package-info")
			.should()
			.resideInAPackage(BASE + ".annotation..")
			.check(MAIN);
	}

	@Test
	void engineShowsOnlyItsEntryPointAndItsCallbacks() {
		noClasses().that()
			.arePublic()
			.and()
			.areTopLevelClasses()
			.and(describe("are not in " + ENGINE_API, (type) -> !ENGINE_API.contains(type.getSimpleName())))
			.should()
			.resideInAPackage(BASE + ".engine..")
			.check(MAIN);
	}

	@Test
	void publicSignaturesMentionOnlyPublicPackages() {
		noMembers().that(areSeenByUsers())
			.should(be(describe("mentioning an internal package",
					(member) -> mentioned(member)
						.anyMatch((type) -> isOurs(type) && !PUBLIC.contains(type.getPackageName())))))
			.check(MAIN);
	}

	@ParameterizedTest(name = "[{0}]")
	@MethodSource("packages")
	void packageIsNullMarked(String name) {
		List<JavaClass> unmarked = MAIN.stream()
			.filter((type) -> nameOf(type).equals(name))
			.filter((type) -> !type.getPackage().isAnnotatedWith(NullMarked.class))
			.toList();
		assertThat(unmarked).as("types of '%s' in packages without @NullMarked", name).isEmpty();
	}

	@Test
	void autoConfigurationsAreFinal() {
		noClasses().that().doNotHaveModifier(FINAL).should().beAnnotatedWith(AutoConfiguration.class).check(MAIN);
	}

	@Test
	void autoConfigurationsShowNothing() {
		noMembers().that()
			.arePublic()
			.and(describe("are not constructors",
					(member) -> !member.getName().equals(JavaConstructor.CONSTRUCTOR_NAME)))
			.should()
			.beDeclaredInClassesThat()
			.areAnnotatedWith(AutoConfiguration.class)
			.check(MAIN);
	}

	@Test
	void noBeanMethodIsConditionalOnAClass() {
		// The signature of the method would already need the class. To have no such
		// method at all is the point, hence the empty rule.
		noMethods().that()
			.areAnnotatedWith(ConditionalOnClass.class)
			.should()
			.beAnnotatedWith(Bean.class)
			.allowEmptyShould(true)
			.check(MAIN);
	}

	@Test
	void onlyTheAutoConfigurationAndClientsMakeThreads() {
		noClasses().that()
			.resideOutsideOfPackages(AUTOCONFIGURE, CLIENT)
			.should()
			.accessTargetWhere(makesThreads())
			.check(MAIN);
	}

	@Test
	void nobodySleeps() {
		noClasses().should()
			.accessTargetWhere(describe("a thread sleeps", (access) -> isOn(access, Thread.class, "sleep")))
			.check(MAIN);
	}

	private static Map.Entry<String, Layer> layer(String name, Set<String> knows, String... libraries) {
		return Map.entry(name, new Layer(knows, List.of(libraries)));
	}

	private static DescribedPredicate<JavaAccess<?>> makesThreads() {
		return describe("threads come to life or are borrowed from the JDK",
				(access) -> isOn(access, Thread.class, JavaConstructor.CONSTRUCTOR_NAME, "ofPlatform", "ofVirtual",
						"startVirtualThread") || isOn(access, ExecutorService.class, JavaConstructor.CONSTRUCTOR_NAME)
						|| isOn(access, ForkJoinPool.class, "commonPool")
						|| access.getTargetOwner().isEquivalentTo(Executors.class));
	}

	private static boolean isOn(JavaAccess<?> access, Class<?> owner, String... names) {
		return access.getTargetOwner().isAssignableTo(owner) && Set.of(names).contains(access.getTarget().getName());
	}

	private static DescribedPredicate<JavaMember> areSeenByUsers() {
		return describe("are seen by users", (member) -> PUBLIC.contains(member.getOwner().getPackageName())
				&& isSeen(member.getModifiers()) && isSeen(member.getOwner().getModifiers()));
	}

	private static boolean isSeen(Set<JavaModifier> modifiers) {
		return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
	}

	private static Stream<JavaClass> mentioned(JavaMember member) {
		if (member instanceof JavaCodeUnit code) {
			Stream<JavaType> types = Stream.concat(Stream.of(code.getReturnType()), code.getParameterTypes().stream());
			return Stream.concat(types.flatMap((type) -> type.getAllInvolvedRawTypes().stream()),
					code.getExceptionTypes().stream());
		}
		return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
	}

	private static DescribedPredicate<JavaClass> areIn(String name) {
		return describe("are in '%s'".formatted(name), (type) -> nameOf(type).equals(name));
	}

	private static boolean isOurs(JavaClass type) {
		return type.getPackageName().equals(BASE) || type.getPackageName().startsWith(BASE + ".");
	}

	/**
	 * The package's name below the base: empty for the base. A subpackage counts as its
	 * parent, unless it has a line of its own.
	 */
	private static String nameOf(JavaClass type) {
		String name = type.getPackageName();
		if (name.equals(BASE)) {
			return "";
		}
		String below = name.substring(BASE.length() + 1);
		return LAYERS.containsKey(below) ? below : below.split("\\.", 2)[0];
	}

	/**
	 * What a package may know.
	 *
	 * @param knows our other packages
	 * @param libraryPatterns the packages of others, beside the JDK, JSpecify and the
	 * logging facade
	 */
	private record Layer(Set<String> knows, List<String> libraryPatterns) {

		String[] libraries() {
			Stream<String> everybody = Stream.of(BASE + "..", "java..", "org.jspecify.annotations..",
					"org.apache.commons.logging..");
			return Stream.concat(everybody, this.libraryPatterns.stream()).toArray(String[]::new);
		}

	}

}
