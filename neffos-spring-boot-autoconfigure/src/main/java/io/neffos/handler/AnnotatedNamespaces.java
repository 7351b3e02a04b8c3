package io.neffos.handler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolver;
import org.springframework.messaging.handler.invocation.HandlerMethodArgumentResolverComposite;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.validation.Validator;

import io.neffos.ConnAction;
import io.neffos.EventHandler;
import io.neffos.Events;
import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.Namespaces;
import io.neffos.NeffosServer;
import io.neffos.Overflow;
import io.neffos.annotation.NeffosNamespace;

/**
 * Makes {@link Namespaces} of the application's beans: those with
 * {@link NeffosNamespace}, and those that are {@code Namespaces} themselves.
 * <p>
 * Mistakes are found here and not by the first message: {@link #create()} throws
 * {@link InvalidHandlerException}. It looks at the types of beans only, so that handlers
 * may depend on the server that is made of them, and lazy ones stay lazy. What can only
 * be seen on the beans themselves is checked by {@link #afterSingletonsInstantiated()},
 * for those that exist by then; Spring calls it when this object is a bean.
 *
 * @since 0.1.0
 */
public final class AnnotatedNamespaces implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(AnnotatedNamespaces.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final List<EventHandlerDecorator> decorators;

	private final HandlerMethods methods;

	private volatile List<HandlerBean> beans = List.of();

	/**
	 * Create the object.
	 * @param beanFactory where the beans are
	 * @param converter reads bodies that are wanted as objects, {@code String} or
	 * {@code byte[]}
	 * @param validator validates bodies, or {@code null} if handlers must not ask for it
	 * @param resolvers argument resolvers of the application, asked before ours
	 * @param decorators wrap the handlers of events and connections, the first outermost
	 */
	public AnnotatedNamespaces(ConfigurableListableBeanFactory beanFactory, MessageConverter converter,
			@Nullable Validator validator, List<HandlerMethodArgumentResolver> resolvers,
			List<EventHandlerDecorator> decorators) {
		this.beanFactory = beanFactory;
		this.decorators = List.copyOf(decorators);
		ConversionService configured = beanFactory.getConversionService();
		ConversionService conversionService = (configured != null) ? configured
				: DefaultConversionService.getSharedInstance();
		Supplier<NeffosServer> server = SingletonSupplier.of(() -> beanFactory.getBean(NeffosServer.class));
		HandlerMethodArgumentResolverComposite custom = new HandlerMethodArgumentResolverComposite()
			.addResolvers(resolvers);
		HandlerMethodArgumentResolverComposite all = new HandlerMethodArgumentResolverComposite()
			.addResolvers(resolvers)
			.addResolvers(new RoomVariableArgumentResolver(conversionService), new ContextArgumentResolver(server),
					new RoomArgumentResolver(), new PrincipalArgumentResolver(),
					new BodyArgumentResolver(converter, validator));
		this.methods = new HandlerMethods(beanFactory, all,
				new ParameterRules(custom, conversionService, validator != null));
	}

	/**
	 * Find, check and merge all declarations for the server. To be called once, when the
	 * application starts.
	 * @return the namespaces
	 * @throws InvalidHandlerException for a mistake in the declarations
	 */
	public Namespaces create() {
		Namespaces.Builder result = Namespaces.builder();
		Map<String, NamespaceMerge> merges = annotated(NeffosNamespace.Side.SERVER, result);
		for (String name : this.beanFactory.getBeanNamesForType(Namespaces.class, true, false)) {
			if (!this.beanFactory.isCurrentlyInCreation(name)) {
				addDeclared(name, this.beanFactory.getBean(name, Namespaces.class), merges, result);
			}
		}
		merges.forEach((name, merge) -> result.namespace(name, merge.build()));
		return result.build();
	}

	/**
	 * Find, check and merge the annotated declarations for clients. To be called once,
	 * when the application starts.
	 * @return the namespaces, without those of {@code Namespaces} beans
	 * @throws InvalidHandlerException for a mistake in the declarations
	 */
	public Namespaces createForClients() {
		Namespaces.Builder result = Namespaces.builder();
		annotated(NeffosNamespace.Side.CLIENT, result).forEach((name, merge) -> result.namespace(name, merge.build()));
		return result.build();
	}

	private Map<String, NamespaceMerge> annotated(NeffosNamespace.Side side, Namespaces.Builder result) {
		this.beans = List.copyOf(new HandlerBeans(this.beanFactory).find());
		Map<String, NamespaceMerge> merges = new LinkedHashMap<>();
		for (HandlerBean bean : this.beans) {
			if (bean.declaration().side() == side) {
				addBean(bean, merges.computeIfAbsent(bean.namespace(), NamespaceMerge::new), result);
			}
		}
		return merges;
	}

	/**
	 * Check what can only be seen on beans: that a proxy has the methods that are called
	 * on it, and that no bean has handlers that its declared type hides.
	 * @throws InvalidHandlerException for a mistake in the declarations
	 */
	@Override
	public void afterSingletonsInstantiated() {
		for (HandlerMethods.BeanCall call : this.methods.calls()) {
			if (this.beanFactory.containsSingleton(call.bean().name())) {
				call.verify(this.beanFactory.getBean(call.bean().name()));
			}
		}
		new HandlerBeans(this.beanFactory).rejectHidden(this.beans);
	}

	private void addBean(HandlerBean bean, NamespaceMerge merge, Namespaces.Builder result) {
		if (bean.isClient()) {
			ClientRules.check(bean);
		}
		merge.relay(claim(bean.declaration().relay(), bean));
		merge.roomCheck(claim(bean.declaration().roomCheck(), bean));
		merge.overflow(claim(bean.declaration().overflow(), bean));
		List<DeclaredHandler> declared = HandlerDetector.detect(bean.type());
		ExceptionHandlers exceptions = this.methods.exceptionHandlers(bean, declared);
		for (DeclaredHandler handler : declared) {
			switch (handler.kind()) {
				case EXCEPTION -> {
				}
				case CONNECT -> result.onConnect(connAction(bean, handler));
				case DISCONNECT -> result.onDisconnect(connAction(bean, handler));
				case ROOM_CREATED -> merge.roomCreated(this.methods.roomAction(bean, handler));
				case ROOM_DESTROYED -> merge.roomDestroyed(this.methods.roomAction(bean, handler));
				case LOCAL_ROOM_CREATED -> merge.localRoomCreated(this.methods.roomAction(bean, handler));
				case LOCAL_ROOM_DESTROYED -> merge.localRoomDestroyed(this.methods.roomAction(bean, handler));
				default -> addEvent(bean, handler, exceptions, merge);
			}
			if (logger.isDebugEnabled()) {
				logger.debug("Mapped %s%s of namespace '%s' to %s".formatted(handler.kind().label(),
						handler.kind().isEvent() ? " '" + handler.event() + "' rooms '" + handler.pattern() + "'" : "",
						bean.namespace(), handler));
			}
		}
	}

	private void addEvent(HandlerBean bean, DeclaredHandler declared, ExceptionHandlers exceptions,
			NamespaceMerge merge) {
		if (declared.kind() == HandlerKind.NATIVE_MESSAGE && !bean.namespace().isEmpty()) {
			throw new InvalidHandlerException(
					"%s handles native messages in namespace '%s'".formatted(declared, bean.namespace()),
					"Move it to a bean with @NeffosNamespace(\"\"): native messages have no namespace.");
		}
		EventHandler handler = this.methods.eventHandler(bean, declared, exceptions);
		for (EventHandlerDecorator decorator : innermostFirst()) {
			handler = decorator.decorate(bean.namespace(), declared.event(), handler);
		}
		String source = declared + " of bean '" + bean.name() + "'";
		merge.event(declared.event(), declared.pattern(),
				this.decorators.isEmpty() ? handler : new NamedHandler(handler, declared.toString()), source);
	}

	private ConnAction connAction(HandlerBean bean, DeclaredHandler declared) {
		ConnAction action = this.methods.connAction(bean, declared);
		for (EventHandlerDecorator decorator : innermostFirst()) {
			action = decorator.decorate(action);
		}
		return action;
	}

	private List<EventHandlerDecorator> innermostFirst() {
		List<EventHandlerDecorator> result = new ArrayList<>(this.decorators);
		Collections.reverse(result);
		return result;
	}

	private static void addDeclared(String beanName, Namespaces declared, Map<String, NamespaceMerge> merges,
			Namespaces.Builder result) {
		String source = "Namespaces bean '" + beanName + "'";
		for (String namespace : declared.names()) {
			NamespaceMerge merge = merges.computeIfAbsent(namespace, NamespaceMerge::new);
			Events events = declared.events(namespace);
			if (events == null) {
				continue;
			}
			Boolean relay = events.relay();
			merge.relay((relay != null) ? new Claim<>(relay, source) : null);
			merge.roomCheck(events.roomCheck() ? null : new Claim<>(false, source));
			Overflow overflow = events.overflow();
			merge.overflow((overflow != null) ? new Claim<>(overflow, source) : null);
			events.handlers().forEach((event, handler) -> merge.event(event, RoomPattern.of(""), handler, source));
			events.roomCreated().forEach(merge::roomCreated);
			events.roomDestroyed().forEach(merge::roomDestroyed);
			events.localRoomCreated().forEach(merge::localRoomCreated);
			events.localRoomDestroyed().forEach(merge::localRoomDestroyed);
		}
		declared.onConnect().forEach(result::onConnect);
		declared.onDisconnect().forEach(result::onDisconnect);
	}

	private static @Nullable Claim<Boolean> claim(NeffosNamespace.Choice choice, HandlerBean bean) {
		return (choice != NeffosNamespace.Choice.DEFAULT)
				? new Claim<>(choice == NeffosNamespace.Choice.ON, bean.toString()) : null;
	}

	private static @Nullable Claim<Overflow> claim(NeffosNamespace.Overflow choice, HandlerBean bean) {
		return (choice != NeffosNamespace.Overflow.DEFAULT)
				? new Claim<>(Overflow.valueOf(choice.name()), bean.toString()) : null;
	}

	/** Keeps the name of a method whose handler is wrapped. */
	private record NamedHandler(EventHandler handler, String name) implements EventHandler {

		@Override
		public @Nullable Object handle(NSConn conn, Message message) throws Exception {
			return this.handler.handle(conn, message);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

}
