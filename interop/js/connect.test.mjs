import assert from 'node:assert/strict';

import { ask, closed, dial, endpoint, eventually, Inbox, join, lab, neffos, recording, refused, scenario, unique, within } from './support.mjs';

scenario('connect', async cleanup => {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { lab: recording(inbox) });
	assert.notEqual(conn.ID, '');
	const nsConn = await within(conn.connect('lab'), 'connect lab');
	assert.deepEqual(inbox.log(), ['NamespaceConnect+', 'NamespaceConnected+']);
	assert.equal(await ask(nsConn, 'whoami'), conn.ID);
	assert.equal(await within(conn.connect('lab'), 'second connect'), nsConn);
});

scenario('connect several namespaces at once', async cleanup => {
	const conn = await dial(cleanup, { lab: {}, stage: {}, default: {} });
	const [nsConn, stage] = await within(Promise.all(['lab', 'stage', 'default'].map(name => conn.connect(name))), 'connects');
	assert.equal(await ask(stage, 'ping'), 'pong');
	assert.equal(await ask(nsConn, 'echo', 'still here'), 'still here');
});

scenario('denied connect', async cleanup => {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { closed: recording(inbox), lab: {} });
	await refused(conn.connect('closed'), 'closed for today');
	assert.deepEqual(inbox.log(), ['NamespaceConnect+']);
	assert.equal(conn.namespace('closed'), undefined);
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'x'), 'x');
});

scenario('undeclared namespace', async cleanup => {
	const conn = await dial(cleanup, { nowhere: {}, lab: {} });
	await refused(conn.connect('nowhere'), 'bad namespace');
	assert.equal(conn.namespace('nowhere'), undefined);
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'x'), 'x');
});

scenario('disconnect', async cleanup => {
	const { conn, nsConn, inbox } = await lab(cleanup, { namespaces: { stage: {} } });
	const room = unique('d');
	await join(nsConn, room);
	inbox.log();
	assert.equal(await within(nsConn.disconnect(), 'disconnect'), undefined);
	assert.deepEqual(inbox.log(), [`RoomLeave+! ${room}`, `RoomLeft+! ${room}`, 'NamespaceDisconnect+']);
	assert.equal(conn.namespace('lab'), undefined);
	assert.equal(await ask(await conn.connect('stage'), 'ping'), 'pong');
	const again = await within(conn.connect('lab'), 'connect again');
	assert.deepEqual(JSON.parse(await ask(again, 'rooms')), []);
});

scenario('close by the client', async cleanup => {
	const room = unique('c');
	const watcher = await chat(cleanup, room, 'ann');
	const leaver = await chat(cleanup, room, 'bob');
	await eventually(async () => (await present(watcher)).includes('bob'), 'bob is present');
	leaver.inbox.log();
	await closed(leaver.conn);
	assert.deepEqual(leaver.inbox.log().filter(entry => /^(Room|Namespace)/.test(entry)),
		[`RoomLeave+! ${room}`, `RoomLeft+! ${room}`, 'NamespaceDisconnect+!']);
	await eventually(async () => (await present(watcher)).join() === 'ann', 'only ann is present');
});

scenario('URL header parameter', async cleanup => {
	const url = `${endpoint}?X-Websocket-Header-X-Visitor-Name=${encodeURIComponent('Zoë Smith')}`;
	const conn = await dial(cleanup, { lab: {} }, {}, url);
	assert.equal(await ask(await conn.connect('lab'), 'name'), 'Zoë Smith');
});

scenario('headers option', async cleanup => {
	const conn = await dial(cleanup, { lab: {} }, { headers: { 'X-Visitor-Name': 'ann' } });
	assert.equal(await ask(await conn.connect('lab'), 'name'), 'ann');
});

scenario('header parameter that is not allowed', async cleanup => {
	const url = `${endpoint}?X-Websocket-Header-Cookie=a%3Db&X-Websocket-Header-Host=elsewhere`;
	const conn = await dial(cleanup, { lab: {} }, {}, url);
	assert.match(await ask(await conn.connect('lab'), 'name'), /^guest-/);
});

scenario('subprotocol', async cleanup => {
	const conn = await dial(cleanup, { lab: {} }, { protocols: ['other', 'neffos.v1'] });
	assert.equal(conn.conn.protocol, 'neffos.v1');
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'x'), 'x');
});

scenario('subprotocol that the server does not know', async () => {
	await assert.rejects(within(neffos.dial(endpoint, { lab: {} }, { protocols: ['other'] }), 'refusal'));
});

async function chat(cleanup, room, name) {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { chat: recording(inbox) }, { headers: { 'X-Visitor-Name': name } });
	await join(await within(conn.connect('chat'), 'connect chat'), room);
	return { conn, inbox, room };
}

async function present({ inbox, room }) {
	const { body } = await inbox.next('presence', room);
	return JSON.parse(body).members.sort();
}
