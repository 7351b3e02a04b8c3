package io.neffos.handler;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.api.Test;

import org.springframework.messaging.handler.annotation.MessageExceptionHandler;
import org.springframework.messaging.handler.annotation.support.MethodArgumentNotValidException;

import io.neffos.Message;
import io.neffos.NSConn;
import io.neffos.RefusedException;
import io.neffos.Reply;
import io.neffos.SystemEvents;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnAnyEvent;
import io.neffos.annotation.OnEvent;
import io.neffos.annotation.OnRoomJoin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What becomes of the exceptions of handlers.
 */
class HandlerExceptionsTests {

	@Test
	void exceptionOfTheMethodIsThrownAsItIs() {
		try (TestHandlers handlers = TestHandlers.of(Plain.class)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> handlers.send("checked", null))
				.withMessage("checked");
			assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> handlers.send("refused", null))
				.withMessage("no");
			assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> handlers.send("error", null));
		}
	}

	@Test
	void textOfAnExceptionHandlerIsForThePeer() {
		try (TestHandlers handlers = TestHandlers.of(Handled.class)) {
			assertRefused(handlers, Message.of("throw", "state"), "state state in throw of chat");
		}
	}

	@Test
	void causeIsHandledToo() {
		try (TestHandlers handlers = TestHandlers.of(Handled.class)) {
			assertRefused(handlers, Message.of("throw", "wrapped"), "state inner in throw of chat");
		}
	}

	@Test
	void exceptionHandlerWithoutTextHidesWhatHappened() {
		try (TestHandlers handlers = TestHandlers.of(Handled.class)) {
			assertRefused(handlers, Message.of("throw", "argument"), "internal error");
			assertThat(handlers.context.getBean(Handled.class).seen).isInstanceOf(IllegalArgumentException.class);
		}
	}

	@Test
	void replyOfAnExceptionHandlerAnswersAnEventButAdmitsNobody() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Handled.class)) {
			assertThat(handlers.send("throw", "unsupported")).isEqualTo(Reply.of("sorry"));
			assertRefused(handlers, Message.of(SystemEvents.ROOM_JOIN).room("vip"), "internal error");
			assertRefused(handlers, Message.of(SystemEvents.ROOM_LEAVE).room("vip"), "internal error");
		}
	}

	@Test
	void exceptionThatNobodyHandlesIsThrownAsItIs() {
		try (TestHandlers handlers = TestHandlers.of(Handled.class)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> handlers.send("throw", "io"));
		}
	}

	@Test
	void refusalIsNotForExceptionHandlers() {
		try (TestHandlers handlers = TestHandlers.of(CatchAll.class)) {
			assertRefused(handlers, Message.of("refuse"), "no");
		}
	}

	@Test
	void invalidBodyIsForExceptionHandlers() {
		try (TestHandlers handlers = TestHandlers.of(Validating.class)) {
			assertRefused(handlers, Message.of("name", "{\"value\":\"\"}"), "value is wrong");
			assertRefused(handlers, Message.of("name", "{"), "invalid payload");
		}
	}

	@Test
	void failureOfAnExceptionHandlerReplacesTheException() {
		try (TestHandlers handlers = TestHandlers.of(Failing.class)) {
			Throwable thrown = catchThrowable(() -> handlers.send("throw", null));
			assertThat(thrown).hasMessage("second");
			assertThat(thrown.getSuppressed()).extracting(Throwable::getMessage).containsExactly("first");
		}
	}

	@Test
	void failedStageGoesTheSameWay() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Handled.class)) {
			CompletableFuture<Object> stage = handlers.context.getBean(Handled.class).stage;
			Object result = handlers.send("stage", null);
			assertThat(result).isInstanceOf(CompletionStage.class);
			CompletableFuture<?> answer = ((CompletionStage<?>) result).toCompletableFuture();
			assertThat(answer).isNotDone();
			stage.completeExceptionally(new IllegalStateException("late"));
			Throwable thrown = catchThrowable(answer::join);
			assertThat(thrown).isInstanceOf(CompletionException.class);
			assertThat(thrown.getCause()).isInstanceOf(RefusedException.class)
				.hasMessage("state late in stage of chat");
		}
	}

	@Test
	void failedStageThatNobodyHandlesFailsAsItDid() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Handled.class)) {
			CompletableFuture<Object> stage = handlers.context.getBean(Handled.class).stage;
			CompletableFuture<?> answer = stageOf(handlers.send("stage", null));
			stage.completeExceptionally(new IOException("io"));
			assertThat(catchThrowable(answer::join).getCause()).isInstanceOf(IOException.class);
		}
	}

	@Test
	void completedStageKeepsItsValue() throws Exception {
		try (TestHandlers handlers = TestHandlers.of(Handled.class)) {
			handlers.context.getBean(Handled.class).stage.complete("value");
			assertThat(stageOf(handlers.send("stage", null)).join()).isEqualTo("value");
		}
	}

	private static CompletableFuture<?> stageOf(Object result) {
		return ((CompletionStage<?>) result).toCompletableFuture();
	}

	private static void assertRefused(TestHandlers handlers, Message message, String text) {
		assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> handlers.send(message)).withMessage(text);
	}

	@NeffosNamespace("chat")
	static class Plain {

		@OnEvent("checked")
		void checked() throws IOException {
			throw new IOException("checked");
		}

		@OnEvent("refused")
		void refused() {
			throw new RefusedException("no");
		}

		@OnEvent("error")
		void error() {
			throw new StackOverflowError();
		}

	}

	@NeffosNamespace("chat")
	static class Handled {

		final CompletableFuture<Object> stage = new CompletableFuture<>();

		volatile Exception seen = new Exception();

		@OnEvent("throw")
		void fail(String what) throws Exception {
			throw switch (what) {
				case "state" -> new IllegalStateException("state");
				case "wrapped" -> new IOException(new IllegalStateException("inner"));
				case "argument" -> new IllegalArgumentException("argument");
				case "unsupported" -> new UnsupportedOperationException("unsupported");
				default -> new IOException(what);
			};
		}

		@OnEvent("stage")
		CompletionStage<Object> stage() {
			return this.stage;
		}

		@OnRoomJoin
		void join() {
			throw new UnsupportedOperationException("join");
		}

		@OnAnyEvent
		void any() {
			throw new UnsupportedOperationException("any");
		}

		@MessageExceptionHandler
		String text(IllegalStateException ex, Message message, NSConn conn) {
			return "state " + ex.getMessage() + " in " + message.event() + " of " + conn.namespace();
		}

		@MessageExceptionHandler
		void hide(IllegalArgumentException ex) {
			this.seen = ex;
		}

		@MessageExceptionHandler(UnsupportedOperationException.class)
		Reply reply() {
			return Reply.of("sorry");
		}

	}

	@NeffosNamespace("chat")
	static class CatchAll {

		@OnEvent("refuse")
		void refuse() {
			throw new RefusedException("no");
		}

		@MessageExceptionHandler
		String text(Exception ex) {
			return "caught";
		}

	}

	@NeffosNamespace("chat")
	static class Validating {

		@OnEvent("name")
		void name(@Valid Name name) {
		}

		@MessageExceptionHandler
		String text(MethodArgumentNotValidException ex) {
			assertThat(ex.getBindingResult()).isNotNull();
			return ex.getBindingResult().getFieldErrors().get(0).getField() + " is wrong";
		}

	}

	record Name(@NotBlank String value) {

	}

	@NeffosNamespace("chat")
	static class Failing {

		@OnEvent("throw")
		void fail() {
			throw new IllegalStateException("first");
		}

		@MessageExceptionHandler
		String text(IllegalStateException ex) {
			throw new IllegalArgumentException("second");
		}

	}

}
