package io.neffos.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.util.DigestUtils;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.servlet.support.WebContentGenerator;

/**
 * Serves the browser client, one file that is read when the application starts. Browsers
 * keep it and ask each time whether it is still the same, so that a page never talks to a
 * new server with an old client.
 */
final class ClientScriptHandler extends WebContentGenerator implements HttpRequestHandler {

	private final byte[] script;

	private final String tag;

	ClientScriptHandler(Resource resource) {
		super(HttpMethod.GET.name(), HttpMethod.HEAD.name());
		setCacheControl(CacheControl.noCache());
		try {
			this.script = resource.getContentAsByteArray();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the browser client " + resource, ex);
		}
		this.tag = '"' + DigestUtils.md5DigestAsHex(this.script) + '"';
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		checkRequest(request);
		prepareResponse(response);
		if (new ServletWebRequest(request, response).checkNotModified(this.tag)) {
			return;
		}
		response.setContentType("text/javascript;charset=UTF-8");
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setContentLength(this.script.length);
		if (!HttpMethod.HEAD.matches(request.getMethod())) {
			response.getOutputStream().write(this.script);
		}
	}

}
