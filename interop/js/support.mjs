/** neffos.js, as the scenarios use it. */

import * as neffos from 'neffos.js';

import { endpoint, Inbox, within } from '../support/scenario.mjs';

export { neffos };
export * from '../support/scenario.mjs';

/** Handlers of one namespace that put every event into the inbox; `handlers` are called with what they would get. */
export function recording(inbox, handlers = {}) {
	const note = (nsConn, msg) => {
		inbox.add({
			event: msg.Event, room: msg.Room ?? '', body: msg.Body, isError: msg.isError ?? false,
			isLocal: msg.IsLocal ?? false, isForced: msg.IsForced ?? false, nsConn,
		});
	};
	const own = Object.entries(handlers).map(([event, handler]) => [event, (nsConn, msg) => {
		note(nsConn, msg);
		return handler(nsConn, msg);
	}]);
	return { _OnAnyEvent: note, ...Object.fromEntries(own) };
}

/**
 * Dials the sample application.
 * @param {(close: () => unknown) => void} cleanup of the scenario
 * @param {Record<string, Record<string, Function>>} namespaces
 */
export async function dial(cleanup, namespaces, options = {}, url = endpoint) {
	const conn = await within(neffos.dial(url, namespaces, options), 'dial');
	cleanup(() => closed(conn));
	return conn;
}

/** Closes, and waits until the socket is closed too. */
export async function closed(conn) {
	const socket = conn.conn;
	const end = socket.readyState === socket.CLOSED ? Promise.resolve()
		: new Promise(resolve => socket.addEventListener('close', resolve));
	conn.close();
	await within(end, 'end of the socket');
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
	return (await within(nsConn.ask(event, body), `reply to ${event}`)).Body;
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
	return [...nsConn.rooms.keys()].sort();
}
