package io.neffos.websocket;

import java.util.Collections;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** Parameters that stand for headers, and those that do not. */
class HeaderParametersFilterTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("GET", "/neffos");

	private HttpServletRequest filter() throws Exception {
		MockFilterChain chain = new MockFilterChain();
		new HeaderParametersFilter(List.of("X-Tenant")).doFilter(this.request, new MockHttpServletResponse(), chain);
		return (HttpServletRequest) chain.getRequest();
	}

	@Test
	void setsAllowedHeadersInAnyLetterCase() throws Exception {
		this.request.addParameter("x-WEBSOCKET-header-x-tenant", "one", "two");
		this.request.addParameter("X-Websocket-Header-X-TENANT", "three");
		HttpServletRequest filtered = filter();
		assertThat(filtered.getHeader("x-tenant")).isEqualTo("one");
		assertThat(Collections.list(filtered.getHeaders("X-Tenant"))).containsExactly("one", "two", "three");
		assertThat(Collections.list(filtered.getHeaderNames())).singleElement()
			.satisfies((name) -> assertThat(name).isEqualToIgnoringCase("X-Tenant"));
	}

	@Test
	void realHeaderComesFirst() throws Exception {
		this.request.addHeader("X-Tenant", "real");
		this.request.addParameter("X-Websocket-Header-x-tenant", "parameter");
		HttpServletRequest filtered = filter();
		assertThat(filtered.getHeader("X-Tenant")).isEqualTo("real");
		assertThat(Collections.list(filtered.getHeaders("X-Tenant"))).containsExactly("real", "parameter");
		assertThat(Collections.list(filtered.getHeaderNames())).containsExactly("X-Tenant");
	}

	@Test
	void leavesAllElseAlone() throws Exception {
		this.request.addParameter("X-Websocket-Header-Authorization", "x");
		this.request.addParameter("X-Websocket-Header-", "x");
		this.request.addParameter("X-Tenant", "x");
		assertThat(filter()).isSameAs(this.request);
	}

	@Test
	void readsNoParametersThatMayBeInABody() throws Exception {
		this.request.setMethod("POST");
		this.request.addParameter("X-Websocket-Header-X-Tenant", "x");
		assertThat(filter()).isSameAs(this.request);
	}

}
