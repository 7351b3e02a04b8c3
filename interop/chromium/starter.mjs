/** The client that the starter serves, in the words of the scenarios. */

import { dial as open } from 'neffos';

export const isOriginal = false;

/** Fields of a message as inbox entries have them. */
export function read({ event, room, body, isError, isLocal, isForced }) {
	return { event, room, body, isError, isLocal, isForced };
}

/** What a handler returns to reply. */
export const reply = text => text;

/** Dials; how the socket ended arrives in the inbox as `close`. */
export function dial(url, namespaces, { reconnect = false, ...options }, closes) {
	return open(url, namespaces, {
		...options,
		reconnect: reconnect && { minDelay: 50, maxDelay: 200 },
		onClose: ({ code, reason, willReconnect }) => closes.add({ event: 'close', room: '', code, reason, willReconnect }),
	});
}

export const idOf = conn => conn.id;

export const roomsOf = nsConn => nsConn.rooms().map(room => room.name);

export const leave = room => room.leave();

export const disconnect = nsConn => nsConn.disconnect();

export async function askBinary(nsConn, event, bytes) {
	return (await nsConn.ask(event, bytes)).body;
}

export function emitBinary(room, event, bytes) {
	return room.emitBinary(event, bytes);
}

export function sendNative(conn, body) {
	return conn.send(body);
}

/** Native messages reach the handlers already. */
export function listenToNative() {
}
