package io.neffos.sample;

import java.util.List;
import java.util.Objects;

import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;

import static org.awaitility.Awaitility.await;

/**
 * The chat page in one browser, in words of the chat. Reading waits for nothing; acting
 * waits until the element can be used.
 */
final class ChatPage {

	private final ChromeDriver driver;

	private final String url;

	ChatPage(ChromeDriver driver, String url) {
		this.driver = driver;
		this.url = url;
	}

	ChatPage enter(String name) {
		this.driver.get(this.url);
		type("[data-testid=name]", name);
		click("[data-testid=enter]");
		await().until(() -> text("[data-testid=link]").equals("Online"));
		return this;
	}

	ChatPage join(String room) {
		click(row(room) + " [data-testid=room-open]");
		return this;
	}

	ChatPage joinOther(String room) {
		type("[data-testid=create]", room);
		click("[data-testid=create-join]");
		return this;
	}

	void awaitRoom(String room) {
		await().until(() -> text("[data-testid=room-name]").equals(room));
	}

	void leave(String room) {
		click(row(room) + " [data-testid=room-leave]");
	}

	void openTab(String room) {
		click(tab(room));
	}

	void say(String text) {
		type("[data-testid=text]", text);
		click("[data-testid=send]");
	}

	void write(String text) {
		type("[data-testid=text]", text);
	}

	void ask(String text) {
		WebElement field = this.driver.findElement(By.cssSelector("[data-testid=ask-input]"));
		field.clear();
		field.sendKeys(text);
		click("[data-testid=ask-send]");
	}

	void click(String selector) {
		await().ignoreExceptions().until(() -> {
			this.driver.findElement(By.cssSelector(selector)).click();
			return true;
		});
	}

	private void type(String selector, String text) {
		await().ignoreExceptions().until(() -> {
			this.driver.findElement(By.cssSelector(selector)).sendKeys(text);
			return true;
		});
	}

	/** What is seen of an element; empty if it is not there or hidden. */
	String text(String selector) {
		return String.valueOf(this.driver.executeScript("""
				const element = document.querySelector(arguments[0]);
				return element?.checkVisibility() ? element.innerText : '';""", selector));
	}

	/** The texts of the elements that are there, seen or not, read in one step. */
	List<String> texts(String selector) {
		Object found = this.driver.executeScript(
				"return [...document.querySelectorAll(arguments[0])].map((element) => element.textContent)", selector);
		return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
	}

	List<String> messages(String room) {
		return texts("[data-testid=messages][data-room='" + room + "'] [data-testid=message-text]");
	}

	List<String> ownMessages(String room) {
		return texts("[data-testid=messages][data-room='" + room + "'] .own [data-testid=message-text]");
	}

	List<String> members() {
		return texts("[data-testid=members] .name");
	}

	List<String> tabs() {
		return texts("[data-testid=tab] .name");
	}

	String unread(String room) {
		return text(tab(room) + " [data-testid=unread]");
	}

	String size(String room) {
		return text(row(room) + " [data-testid=room-size]");
	}

	String refusal(String room) {
		return text(row(room) + " [data-testid=refusal]");
	}

	String banner() {
		return text("[data-testid=banner-text]");
	}

	Object script(String script) {
		return Objects.requireNonNull(this.driver.executeScript(script));
	}

	private static String row(String room) {
		return "[data-testid=room-row][data-room='" + room + "']";
	}

	private static String tab(String room) {
		return "[data-testid=tab][data-room='" + room + "']";
	}

}
