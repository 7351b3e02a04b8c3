// The page's logic: one connection, two namespaces, and what is known about the rooms that are joined.
// `chat` has handlers on the server. `default` has none: what a member says in one of its rooms is relayed to the others,
// which is all that "is typing" needs.
import { dial } from '/neffos/client.mjs';
import { view } from './view.mjs';

const SUGGESTED = ['lobby', 'games', 'vip'];
const TYPING_EVERY = 2000;
const TYPING_LASTS = 3500;

/**
 * @typedef {object} JoinedRoom
 * @property {string[]} members
 * @property {number} unread
 * @property {string[]} sent texts on their way, by which our own messages are told from those of a namesake
 * @property {Map<string, {name: string, until: number}>} typing by connection id
 */

const state = {
	me: '',
	/** @type {'online' | 'lost' | 'closed'} */
	link: 'closed',
	/** @type {{server: string, servers: string[]}} which server the connection is on, and which there are */
	place: { server: '', servers: [] },
	/** @type {{name: string, size: number}[]} */
	rooms: [],
	/** @type {Map<string, JoinedRoom>} */
	joined: new Map(),
	/** @type {string | null} */
	active: null,
	/** @type {Map<string, string>} what the server said when it refused a room */
	refused: new Map(),
};

let conn, chat, relay;
let lastTyping = 0;

// ------------------------------------------------------------------------------------------------- what the server says

const namespaces = {
	chat: {
		_OnRoomJoined(ns, msg) {
			state.refused.delete(msg.room);
			if (!state.joined.has(msg.room)) {
				state.joined.set(msg.room, { members: [], unread: 0, sent: [], typing: new Map() });
				view.openLog(msg.room);
			}
			render();
		},
		_OnRoomLeft(ns, msg) {
			// A lost connection leaves its rooms too, by force; the client joins them again, so the page keeps them.
			if (!msg.isForced) {
				forget(msg.room);
			}
		},
		said(ns, msg) {
			const room = state.joined.get(msg.room);
			if (!room) {
				return;
			}
			const { from, text, at } = msg.json();
			const sent = from === state.me ? room.sent.indexOf(text) : -1;
			if (sent >= 0) {
				room.sent.splice(sent, 1);
			}
			for (const [id, typist] of room.typing) {
				if (typist.name === from) {
					room.typing.delete(id);
				}
			}
			view.addMessage(msg.room, { from, text, at, own: sent >= 0 });
			countUnread(msg.room, room);
		},
		announcement(ns, msg) {
			const room = state.joined.get(msg.room);
			if (room) {
				view.addAnnouncement(msg.room, msg.json().text);
				countUnread(msg.room, room);
			}
		},
		presence(ns, msg) {
			const room = state.joined.get(msg.room);
			if (room) {
				room.members = msg.json().members;
				render();
			}
		},
		rooms(ns, msg) {
			state.rooms = msg.json();
			render();
		},
		servers(ns, msg) {
			state.place = msg.json();
			render();
		},
	},
	default: {
		typing(ns, msg) {
			const { id, name } = msg.json();
			const room = state.joined.get(msg.room);
			if (room && id !== conn.id) {
				room.typing.set(String(id), { name: String(name).slice(0, 32), until: Date.now() + TYPING_LASTS });
				setTimeout(render, TYPING_LASTS + 50);
				render();
			}
		},
	},
};

const options = {
	reconnect: { maxDelay: 5000 },
	onClose({ willReconnect, reason }) {
		state.link = willReconnect ? 'lost' : 'closed';
		if (!willReconnect) {
			view.banner('bad', `Disconnected${reason ? `: ${reason}` : ''}. Reload the page to come back.`);
		}
		render();
	},
	onReconnecting(attempt, delay) {
		view.banner('warn', `Connection lost. Attempt ${attempt} to reconnect in ${(delay / 1000).toFixed(1)} s. Your rooms will be joined again.`);
	},
	onReconnected({ namespaces: restored }) {
		state.link = 'online';
		const { rooms = [], refused = [] } = restored.find(({ namespace }) => namespace === 'chat') ?? {};
		for (const { room, error } of refused) {
			state.refused.set(room, error.message);
			forget(room);
		}
		const back = rooms.length > 0 ? `Restored ${rooms.join(', ')}.` : 'There were no rooms to restore.';
		const lost = refused.map(({ room, error }) => ` Not ${room}: ${error.message}.`).join('');
		view.banner('good', `Back online. ${back}${lost}`);
		render();
		// It may be another server behind the same address.
		locate().then(render, () => {});
	},
};

// ----------------------------------------------------------------------------------------------------- what visitors do

async function enter(name) {
	state.me = name;
	conn = await dial('/neffos', namespaces, { ...options, headers: { 'X-Visitor-Name': name } });
	try {
		[chat, relay] = await Promise.all([conn.connect('chat'), conn.connect('default')]);
	} catch (error) {
		conn.close();
		throw error;
	}
	state.link = 'online';
	await locate();
	// Only joins and leaves announce the rooms, so the first list is fetched; an announcement that overtook it is newer.
	const response = await fetch('/api/rooms');
	if (response.ok && state.rooms.length === 0) {
		state.rooms = await response.json();
	}
}

async function locate() {
	state.place = (await chat.ask('where')).json();
}

async function join(name) {
	state.refused.delete(name);
	try {
		await chat.joinRoom(name);
	} catch (error) {
		state.refused.set(name, error.message);
		render();
		return;
	}
	// Without it only "is typing" is missing.
	relay.joinRoom(name).catch(() => {});
	open(name);
}

function open(name) {
	state.active = name;
	state.joined.get(name).unread = 0;
	view.showPanel('chat');
	render();
	view.focusComposer();
}

async function leave(name) {
	try {
		await chat.room(name)?.leave();
		await relay.room(name)?.leave();
	} catch (error) {
		view.banner('bad', `Could not leave ${name}: ${error.message}`);
	}
}

async function leaveAll() {
	try {
		await chat.leaveAll();
		await relay.leaveAll();
	} catch (error) {
		view.banner('bad', `Could not leave all rooms: ${error.message}`);
	}
}

/** @returns {boolean} whether it is on its way */
function say(text) {
	const room = chat.room(state.active);
	if (!room?.emit('say', { text })) {
		return false;
	}
	state.joined.get(room.name).sent.push(text);
	lastTyping = 0;
	return true;
}

function typing() {
	if (Date.now() - lastTyping >= TYPING_EVERY) {
		lastTyping = Date.now();
		relay.room(state.active)?.emit('typing', { id: conn.id, name: state.me });
	}
}

async function ask(date) {
	try {
		view.answer('good', (await chat.ask('workday', date)).text());
	} catch (error) {
		view.answer('bad', error.message);
	}
}

// -------------------------------------------------------------------------------------------------------------- helpers

function forget(name) {
	state.joined.delete(name);
	view.closeLog(name);
	if (state.active === name) {
		state.active = [...state.joined.keys()].at(-1) ?? null;
		if (state.active) {
			state.joined.get(state.active).unread = 0;
		}
	}
	render();
}

function countUnread(name, room) {
	if (name !== state.active || !view.isChatShown()) {
		room.unread++;
	}
	render();
}

/** Suggested rooms first, whether they exist or not; then the others. */
function listed() {
	const sizes = new Map(state.rooms.map(({ name, size }) => [name, size]));
	const names = new Set([...SUGGESTED, ...state.joined.keys(), ...[...sizes.keys()].sort(), ...state.refused.keys()]);
	return [...names].map(name => ({ name, size: sizes.get(name) ?? 0, isJoined: state.joined.has(name),
		refusal: state.refused.get(name) }));
}

function render() {
	const now = Date.now();
	const active = state.active === null ? undefined : state.joined.get(state.active);
	view.render({
		me: state.me,
		link: state.link,
		place: state.place,
		roomCount: state.rooms.length,
		rooms: listed(),
		tabs: [...state.joined].map(([name, { unread }]) => ({ name, unread, isActive: name === state.active })),
		active: state.active,
		members: active?.members ?? [],
		typists: active ? [...active.typing.values()].filter(({ until }) => until > now).map(({ name }) => name) : [],
	});
}

/** The conversation is on the screen now. */
function read() {
	if (state.active !== null) {
		state.joined.get(state.active).unread = 0;
	}
	render();
}

view.start({ enter, join, open, leave, leaveAll, say, typing, ask, read, active: () => state.active });
