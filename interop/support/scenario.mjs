/** What the scenarios of every JavaScript client share. */

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';

/** How long anything that the other side has to do may take; an upper bound, nothing waits for it to pass. */
const DEADLINE = 15_000;

/** WebSocket address of the sample application. */
export const endpoint = variable('NEFFOS_URL');

const control = variable('NEFFOS_CONTROL');

function variable(name) {
	const value = process.env[name];
	assert.ok(value, `the environment variable ${name} is not set: these scenarios are run by the Maven module`);
	return value;
}

/**
 * Ends the sample application and starts it again on the same port.
 * @param {'kill' | 'terminate'} how with or without giving it a chance to say goodbye
 */
export async function restart(how) {
	const response = await fetch(`${control}/restart?how=${how}`, { method: 'POST' });
	assert.equal(response.status, 204, await response.text());
}

/**
 * Sends JSON to the REST part of the sample application.
 * @returns {Promise<number>} the HTTP status
 */
export async function post(path, value) {
	const url = new URL(path, endpoint.replace('ws', 'http'));
	const response = await fetch(url, {
		method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value),
	});
	return response.status;
}

/** A name that no other scenario uses. */
export function unique(prefix) {
	return `${prefix}-${randomUUID().slice(0, 8)}`;
}

/**
 * Settles as the promise does, but fails at the deadline and says what was missing.
 * @param {Promise<T>} promise
 * @param {string | (() => string)} what
 * @template T
 * @returns {Promise<T>}
 */
export async function within(promise, what) {
	let timer;
	const expired = new Promise((resolve, reject) => {
		timer = setTimeout(() => {
			reject(new Error(`nothing after ${DEADLINE} ms: ${typeof what === 'string' ? what : what()}`));
		}, DEADLINE);
	});
	try {
		return await Promise.race([promise, expired]);
	} finally {
		clearTimeout(timer);
	}
}

/** Waits until `condition` holds; for states of the other side that no event tells. */
export async function eventually(condition, what) {
	const end = Date.now() + DEADLINE;
	while (!await condition()) {
		assert.ok(Date.now() < end, `not true after ${DEADLINE} ms: ${what}`);
		await new Promise(resolve => setTimeout(resolve, 20));
	}
}

/** Asserts that a promise is rejected with exactly this message. */
export async function refused(promise, message) {
	await assert.rejects(within(promise, `refusal "${message}"`), error => {
		assert.equal(error?.message, message);
		return true;
	});
}

/** Events in the order of their arrival. */
export class Inbox {
	constructor() {
		this.entries = [];
		this.waiting = [];
	}

	add(entry) {
		this.entries.push(entry);
		for (const waiting of this.waiting.splice(0)) {
			waiting();
		}
	}

	/** Takes the oldest entry of this event (and room), once there is one. */
	async next(event, room) {
		const find = () => this.entries.findIndex(entry => entry.event === event && (room ?? entry.room) === entry.room);
		const arrived = async () => {
			while (find() < 0) {
				await new Promise(resolve => this.waiting.push(resolve));
			}
			return this.entries.splice(find(), 1)[0];
		};
		return await within(arrived(), () => `event ${event} ${room ?? ''}, there is ${this.describe()}`);
	}

	/** How many entries of this event were not taken. */
	count(event, room) {
		return this.entries.filter(entry => entry.event === event && (room ?? entry.room) === entry.room).length;
	}

	/** What was not taken, for people. */
	describe() {
		return this.entries.map(({ event, room, body }) => `${event} ${room} ${body ?? ''}`.trim()).join(', ') || 'none';
	}

	/** Takes everything, as `event flags room`. */
	log() {
		return this.entries.splice(0).map(({ event, room, isLocal, isForced }) =>
			`${event.replace('_On', '')}${isLocal ? '+' : ''}${isForced ? '!' : ''}${room ? ` ${room}` : ''}`);
	}
}

/**
 * Declares a test. `run` gets a function to register what must be closed afterwards.
 * @param {string} name
 * @param {(cleanup: (close: () => unknown) => void) => Promise<void>} run
 */
export function scenario(name, run) {
	test(name, { timeout: 8 * DEADLINE }, async () => {
		const closing = [];
		try {
			await run(close => closing.push(close));
		} finally {
			for (const close of closing.reverse()) {
				await close();
			}
		}
	});
}
