package io.neffos.websocket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns URL parameters into request headers, for browsers, which cannot set headers on a
 * WebSocket (protocol section 1). Only names of an allow-list, because such a parameter
 * can be put into any link; a real header of the same name comes first.
 *
 * @since 0.1.0
 */
public final class HeaderParametersFilter extends OncePerRequestFilter {

	/** What the names of such parameters begin with, in any letter case. */
	public static final String PREFIX = "X-Websocket-Header-";

	private final Set<String> allowed;

	/**
	 * Create a filter.
	 * @param allowed the headers that parameters may set, in any letter case
	 */
	public HeaderParametersFilter(Collection<String> allowed) {
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.addAll(allowed);
		this.allowed = Collections.unmodifiableSet(names);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Map<String, List<String>> added = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		// Reading the parameters of other methods could use up their body.
		if (HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod())) {
			request.getParameterMap().forEach((name, values) -> {
				String header = header(name);
				if (header != null && this.allowed.contains(header)) {
					added.computeIfAbsent(header, (key) -> new ArrayList<>()).addAll(List.of(values));
				}
			});
		}
		chain.doFilter(added.isEmpty() ? request : new WithHeaders(request, added), response);
	}

	private static @Nullable String header(String parameter) {
		boolean matches = parameter.length() > PREFIX.length()
				&& parameter.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
		return matches ? parameter.substring(PREFIX.length()) : null;
	}

	private static final class WithHeaders extends HttpServletRequestWrapper {

		private final Map<String, List<String>> added;

		WithHeaders(HttpServletRequest request, Map<String, List<String>> added) {
			super(request);
			this.added = added;
		}

		@Override
		public @Nullable String getHeader(String name) {
			String real = super.getHeader(name);
			List<String> values = this.added.get(name);
			return (real == null && values != null) ? values.get(0) : real;
		}

		@Override
		public Enumeration<String> getHeaders(String name) {
			List<String> values = new ArrayList<>(Collections.list(super.getHeaders(name)));
			values.addAll(this.added.getOrDefault(name, List.of()));
			return Collections.enumeration(values);
		}

		@Override
		public Enumeration<String> getHeaderNames() {
			Set<String> names = new LinkedHashSet<>(Collections.list(super.getHeaderNames()));
			for (String name : this.added.keySet()) {
				if (names.stream().noneMatch(name::equalsIgnoreCase)) {
					names.add(name);
				}
			}
			return Collections.enumeration(names);
		}

	}

}
