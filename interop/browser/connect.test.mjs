import assert from 'node:assert/strict';

import { ask, dial, endpoint, eventually, Inbox, join, lab, recording, refused, scenario, unique, within } from './support.mjs';

scenario('connect', async cleanup => {
	const inbox = new Inbox();
	const conn = await dial(cleanup, { lab: recording(inbox) });
	assert.notEqual(conn.id, '');
	const nsConn = await within(conn.connect('lab'), 'connect lab');
	assert.deepEqual(inbox.log(), ['NamespaceConnect+', 'NamespaceConnected+']);
	assert.equal(await ask(nsConn, 'whoami'), conn.id);
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
	const { conn, nsConn, inbox } = await lab(cleanup);
	const room = unique('d');
	await join(nsConn, room);
	inbox.log();
	await within(nsConn.disconnect(), 'disconnect');
	assert.deepEqual(inbox.log(), [`RoomLeave+! ${room}`, `RoomLeft+! ${room}`, 'NamespaceDisconnect+']);
	assert.equal(conn.namespace('lab'), undefined);
	assert.deepEqual(JSON.parse(await ask(await conn.connect('lab'), 'rooms')), []);
});

scenario('close by the client', async cleanup => {
	const room = unique('c');
	const visitor = async name => {
		const inbox = new Inbox();
		const conn = await dial(cleanup, { chat: recording(inbox) }, { headers: { 'X-Visitor-Name': name } });
		await join(await within(conn.connect('chat'), 'connect chat'), room);
		return { conn, inbox };
	};
	const present = async ({ inbox }) => JSON.parse((await inbox.next('presence', room)).body).members.sort().join();
	const [watcher, leaver] = [await visitor('ann'), await visitor('bob')];
	await eventually(async () => await present(watcher) === 'ann,bob', 'both are present');
	leaver.inbox.log();
	leaver.conn.close();
	assert.deepEqual(leaver.inbox.log().filter(entry => /^(Room|Namespace)/.test(entry)),
		[`RoomLeave+! ${room}`, `RoomLeft+! ${room}`, 'NamespaceDisconnect+!']);
	await eventually(async () => await present(watcher) === 'ann', 'only ann is present');
});

scenario('headers option', async cleanup => {
	const conn = await dial(cleanup, { lab: {} }, { headers: { 'X-Visitor-Name': 'Zoë Smith & Söhne' } });
	assert.equal(await ask(await conn.connect('lab'), 'name'), 'Zoë Smith & Söhne');
});

scenario('subprotocol', async cleanup => {
	const conn = await dial(cleanup, { lab: {} }, { protocols: ['other', 'neffos.v1'] });
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'x'), 'x');
});

scenario('http address', async cleanup => {
	const conn = await dial(cleanup, { lab: {} }, {}, endpoint.replace('ws', 'http'));
	assert.equal(await ask(await conn.connect('lab'), 'echo', 'x'), 'x');
});

scenario('connect by the server', async cleanup => {
	const stage = new Inbox();
	const { conn, nsConn, inbox } = await lab(cleanup, { namespaces: { stage: recording(stage) } });
	const waiting = conn.waitServerConnect('stage');
	nsConn.emit('summon', 'stage');
	assert.equal((await inbox.next('summoned')).body, 'stage');
	assert.deepEqual(stage.log(), ['NamespaceConnect', 'NamespaceConnected']);
	assert.equal(await ask(await within(waiting, 'connect by the server'), 'ping'), 'pong');
});

scenario('connect by the server that the client refuses', async cleanup => {
	const stage = {
		OnNamespaceConnect: () => {
			throw new Error('no time');
		},
	};
	const { conn, nsConn, inbox } = await lab(cleanup, { namespaces: { stage } });
	nsConn.emit('summon', 'stage');
	assert.equal((await inbox.next('summon-failed')).body, 'no time');
	assert.equal(conn.namespace('stage'), undefined);
});

scenario('connect by the server to a namespace that the client does not have', async cleanup => {
	const { nsConn, inbox } = await lab(cleanup);
	nsConn.emit('summon', 'stage');
	assert.equal((await inbox.next('summon-failed')).body, 'bad namespace');
});

scenario('disconnect by the server', async cleanup => {
	const stage = new Inbox();
	const { conn, nsConn, inbox } = await lab(cleanup, { namespaces: { stage: recording(stage) } });
	const room = unique('r');
	await join(await within(conn.connect('stage'), 'connect stage'), room);
	stage.log();
	nsConn.emit('dismiss', 'stage');
	assert.equal((await inbox.next('dismissed')).body, 'stage');
	assert.deepEqual(stage.log(), [`RoomLeave! ${room}`, `RoomLeft! ${room}`, 'NamespaceDisconnect']);
	assert.equal(conn.namespace('stage'), undefined);
	assert.equal(await ask(await within(conn.connect('stage'), 'connect again'), 'ping'), 'pong');
});
