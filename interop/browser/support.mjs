/** The client that the starter serves, as the scenarios use it, over a real socket in Node. */

import { createRequire } from 'node:module';

import { dial as open } from '../../neffos-spring-boot-autoconfigure/src/main/resources/io/neffos/client/client.mjs';
import { endpoint, Inbox, within } from '../support/scenario.mjs';

export * from '../support/scenario.mjs';

// Node has one of its own from version 22 on.
const WebSocket = globalThis.WebSocket ?? createRequire(new URL('../js/package.json', import.meta.url))('ws');

/** Handlers of one namespace that put every event into the inbox; `handlers` are called with what they would get. */
export function recording(inbox, handlers = {}) {
	const note = (nsConn, msg) => {
		const { event, room, body, isError, isLocal, isForced } = msg;
		inbox.add({ event, room, body, isError, isLocal, isForced });
	};
	const own = Object.entries(handlers).map(([event, handler]) => [event, (nsConn, msg) => {
		note(nsConn, msg);
		return handler(nsConn, msg);
	}]);
	return { OnAnyEvent: note, ...Object.fromEntries(own) };
}

/**
 * Dials the sample application.
 * @param {(close: () => unknown) => void} cleanup of the scenario
 * @param {Record<string, Record<string, Function>>} namespaces
 */
export async function dial(cleanup, namespaces, options = {}, url = endpoint) {
	const conn = await within(open(url, namespaces, { WebSocket, ...options }), 'dial');
	cleanup(() => conn.close());
	return conn;
}

/** Dials and connects namespace `lab`, with an inbox for all its events. */
export async function lab(cleanup, { handlers = {}, namespaces = {}, options = {} } = {}) {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { lab: recording(inbox, handlers), ...namespaces }, options);
	const nsConn = await within(conn.connect('lab'), 'connect lab');
	inbox.log();
	return { conn, nsConn, inbox };
}

/** Asks and returns the body of the reply. */
export async function ask(nsConn, event, body) {
	return (await within(nsConn.ask(event, body), `reply to ${event}`)).body;
}

export async function join(nsConn, room) {
	return await within(nsConn.joinRoom(room), `join ${room}`);
}

/** The rooms of this connection in `lab`, as the server sees them. */
export async function roomsOnServer(nsConn) {
	return JSON.parse(await ask(nsConn, 'rooms')).sort();
}

/** The rooms of this connection, as the client sees them. */
export function roomsOnClient(nsConn) {
	return nsConn.rooms().map(room => room.name).sort();
}
