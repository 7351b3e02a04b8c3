/** Either client, as the scenarios use it, in a page. */

import * as client from 'client';
import { endpoint, Inbox, within } from 'support';

export * from 'support';
export { client };

/** Handlers of one namespace that put every event into the inbox; `handlers` are called too, with what is read. */
export function recording(inbox, handlers = {}) {
	const note = (nsConn, msg) => {
		inbox.add({ ...client.read(msg), nsConn });
	};
	const own = Object.entries(handlers).map(([event, handler]) => [event, (nsConn, msg) => {
		note(nsConn, msg);
		return handler(nsConn, client.read(msg));
	}]);
	return { _OnAnyEvent: note, ...Object.fromEntries(own) };
}

export async function dial(cleanup, namespaces, { closes = new Inbox(), url = endpoint, ...options } = {}) {
	const conn = await within(client.dial(url, namespaces, options, closes), 'dial');
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

/** A connection in a room of `lab`. */
export async function member(cleanup, name) {
	const { conn, nsConn, inbox } = await lab(cleanup);
	return { conn, nsConn, inbox, room: await join(nsConn, name) };
}

/** Asks and returns the body of the reply. */
export async function ask(nsConn, event, body) {
	return client.read(await within(nsConn.ask(event, body), `reply to ${event}`)).body;
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
	return client.roomsOf(nsConn).sort();
}

/** What happened, without telling who caused it: of that neffos.js has ideas of its own (J13). */
export function events(inbox) {
	return inbox.log().map(entry => entry.replace('+', ''));
}
