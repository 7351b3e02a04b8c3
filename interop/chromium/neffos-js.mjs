/** neffos.js, in the words of the scenarios. J-numbers are its defects in the list of the protocol description. */

import * as neffos from 'neffos';

export const isOriginal = true;

/** Fields of a message as inbox entries have them. */
export function read({ Event, Room, Body, isError = false, IsLocal = false, IsForced = false }) {
	const body = Body instanceof ArrayBuffer ? new Uint8Array(Body) : Body;
	return { event: Event, room: Room ?? '', body, isError, isLocal: IsLocal, isForced: IsForced };
}

/** What a handler returns to reply. */
export const reply = text => neffos.reply(text);

/** Dials; how the socket ended arrives in the inbox as `close`. */
export async function dial(url, namespaces, { reconnect = false, ...options }, closes) {
	const conn = await neffos.dial(url, namespaces, { ...options, reconnect: reconnect ? 100 : 0 });
	conn.conn.addEventListener('close', ({ code, reason }) => closes.add({ event: 'close', room: '', code, reason }));
	return conn;
}

export const idOf = conn => conn.ID;

export const roomsOf = nsConn => [...nsConn.rooms.keys()];

/** J17: it returns errors. */
async function thrown(promise) {
	const error = await promise;
	if (error) {
		throw error;
	}
}

export const leave = room => thrown(room.leave());

export const disconnect = nsConn => thrown(nsConn.disconnect());

const binary = fields => Object.assign(new neffos.Message(), { ...fields, SetBinary: true });

/** There is no method for it. */
export async function askBinary(nsConn, event, bytes) {
	const { Body } = await nsConn.conn.ask(binary({ Namespace: nsConn.namespace, Event: event, Body: bytes }));
	return new Uint8Array(Body);
}

export function emitBinary(room, event, bytes) {
	const { nsConn: { conn, namespace }, name } = room;
	return conn.write(binary({ Namespace: namespace, Room: name, Event: event, Body: bytes }));
}

export function sendNative(conn, body) {
	const isBinary = typeof body !== 'string';
	return conn.write(Object.assign(new neffos.Message(), { Namespace: '', IsNative: true, Body: body, SetBinary: isBinary }));
}

/** J2: its own handler gets none, so everything that arrives from now on is read from its socket. */
export function listenToNative(conn, inbox) {
	conn.conn.addEventListener('message', ({ data }) => {
		inbox.add(read({ Event: '_OnNativeMessage', Body: data }));
	});
}
