// The page's elements. Names and texts come from strangers: they are set as text, never as HTML.

const $ = id => document.getElementById(id);
const clock = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit' });
const LOG_LENGTH = 500;
const GROUP_WITHIN = 5 * 60 * 1000;
const GOOD_NEWS_LASTS = 10000;

/** @type {Map<string, HTMLElement>} the messages of each joined room */
const logs = new Map();
let bannerTimer;

/** @param {string} tag  @param {Record<string, string>} attributes  @param {...(Node | string)} children */
function el(tag, attributes, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		element.setAttribute(name, value);
	}
	element.append(...children);
	return element;
}

/** Updates a list by key, so that an element that stays keeps the keyboard focus. */
function updateList(list, items, create, update) {
	const known = new Map([...list.children].map(child => [child.dataset.key, child]));
	items.forEach((item, index) => {
		let child = known.get(item.name);
		known.delete(item.name);
		if (!child) {
			child = create(item);
			child.dataset.key = item.name;
		}
		update(child, item);
		if (list.children[index] !== child) {
			list.insertBefore(child, list.children[index] ?? null);
		}
	});
	known.forEach(child => child.remove());
}

/** A colour of its own for each name, in the tone of the theme. */
function avatar(name) {
	let hue = 7;
	for (const letter of name) {
		hue = (hue * 31 + letter.codePointAt(0)) % 360;
	}
	const mark = el('span', { class: 'avatar', 'aria-hidden': 'true' }, [...name.replace(/^vip-/, '')][0]?.toUpperCase() ?? '?');
	mark.style.setProperty('--hue', String(hue));
	return mark;
}

function append(room, entry) {
	const log = logs.get(room);
	log.append(entry);
	if (log.children.length > LOG_LENGTH) {
		log.firstElementChild.remove();
	}
	showEnd(log);
}

/** Follows the conversation, unless the reader has scrolled back. */
function showEnd(log) {
	if (log.dataset.back !== 'true') {
		log.scrollTop = log.scrollHeight;
	}
}

// A keyboard or a banner takes room away.
const resized = new ResizeObserver(() => logs.forEach(showEnd));

function people(count) {
	return count === 1 ? '1 person' : `${count} people`;
}

function counted(count, what) {
	return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function typingText(names) {
	switch (names.length) {
		case 0: return '';
		case 1: return `${names[0]} is typing`;
		case 2: return `${names[0]} and ${names[1]} are typing`;
		default: return 'Several people are typing';
	}
}

const LINKS = { online: 'Online', lost: 'Reconnecting', closed: 'Offline' };

export const view = {

	/** @param {any} actions what the elements do */
	start(actions) {
		const onSubmit = (form, action) => $(form).addEventListener('submit', event => {
			event.preventDefault();
			action();
		});
		onSubmit('entry-form', async () => {
			const name = $('name').value.replace(/\s+/g, ' ').trim();
			if (name === '') {
				return;
			}
			$('entry-error').textContent = '';
			try {
				await actions.enter(name);
				$('entry').hidden = true;
				$('app').hidden = false;
				actions.read();
			} catch (error) {
				$('entry-error').textContent = `Could not connect: ${error.message}`;
			}
		});
		onSubmit('create-form', () => {
			const name = $('create').value.trim();
			if (name !== '') {
				$('create').value = '';
				actions.join(name);
			}
		});
		onSubmit('say-form', () => {
			const text = $('text').value.trim();
			if (text !== '' && actions.say(text)) {
				$('text').value = '';
			}
		});
		onSubmit('ask-form', () => actions.ask($('date').value));
		$('text').addEventListener('input', actions.typing);
		$('leave').addEventListener('click', () => actions.leave(actions.active()));
		$('leave-all').addEventListener('click', actions.leaveAll);
		$('banner-close').addEventListener('click', () => $('banner').hidden = true);
		$('go-rooms').addEventListener('click', () => this.showPanel('rooms'));
		for (const button of document.querySelectorAll('[data-show]')) {
			button.addEventListener('click', () => {
				this.showPanel(button.dataset.show);
				if (this.isChatShown()) {
					actions.read();
				}
			});
		}
		resized.observe($('logs'));
		this.showPanel('rooms');
		this.actions = actions;
		$('date').value = new Date().toISOString().slice(0, 10);
	},

	/** On a narrow screen one panel is seen at a time. */
	showPanel(name) {
		document.body.dataset.panel = name;
		for (const button of document.querySelectorAll('[data-show]')) {
			button.setAttribute('aria-current', String(button.dataset.show === name));
		}
	},

	isChatShown() {
		return $('chat-panel').offsetParent !== null;
	},

	focusComposer() {
		// A touch screen would cover half of the conversation with its keyboard.
		if (matchMedia('(hover: hover)').matches) {
			$('text').focus();
		}
	},

	openLog(room) {
		const log = el('ol', { class: 'log', role: 'log', 'aria-label': `Messages in ${room}`, tabindex: '0',
			'data-testid': 'messages', 'data-room': room });
		log.addEventListener('scroll', () => {
			log.dataset.back = String(log.scrollHeight - log.scrollTop - log.clientHeight > 80);
		});
		logs.set(room, log);
		$('logs').append(log);
	},

	closeLog(room) {
		logs.get(room)?.remove();
		logs.delete(room);
	},

	addMessage(room, { from, text, at, own }) {
		const last = logs.get(room).lastElementChild?.dataset;
		const follows = last?.from === from && last.own === String(own) && at - Number(last.at) < GROUP_WITHIN;
		const date = new Date(at);
		append(room, el('li', { class: `message${own ? ' own' : ''}${follows ? ' follows' : ''}`, 'data-from': from,
			'data-own': String(own), 'data-at': String(at), 'data-testid': 'message' },
		avatar(from),
		el('p', { class: 'who' }, el('b', {}, own ? 'You' : from), el('time', { datetime: date.toISOString() }, clock.format(date))),
		el('p', { class: 'text', dir: 'auto', 'data-testid': 'message-text' }, text)));
	},

	addAnnouncement(room, text) {
		append(room, el('li', { class: 'announcement', 'data-testid': 'announcement' }, el('b', {}, 'Announcement'),
			el('p', { dir: 'auto' }, text)));
	},

	/** @param {'good' | 'warn' | 'bad'} mood */
	banner(mood, text) {
		clearTimeout(bannerTimer);
		$('banner').hidden = false;
		$('banner').dataset.mood = mood;
		$('banner-text').textContent = text;
		if (mood === 'good') {
			bannerTimer = setTimeout(() => $('banner').hidden = true, GOOD_NEWS_LASTS);
		}
	},

	/** @param {'good' | 'bad'} mood */
	answer(mood, text) {
		$('answer').dataset.mood = mood;
		$('answer').textContent = text;
	},

	render({ me, link, place, roomCount, rooms, tabs, active, members, typists }) {
		$('me').textContent = me;
		$('link').dataset.link = link;
		$('link').textContent = LINKS[link];
		// A server that is no part of a cluster has no name.
		$('place').hidden = place.server === '';
		$('place-server').textContent = place.server;
		$('place-counts').textContent = `${counted(place.servers.length, 'server')}, ${counted(roomCount, 'room')}`;
		$('place').title = place.servers.join('\n');
		this.renderRooms(rooms, active);
		this.renderTabs(tabs);
		const isOnline = link === 'online';
		for (const control of document.querySelectorAll('.app :is(.rooms, .room, .ask) button')) {
			control.disabled = !isOnline;
		}
		$('leave-all').disabled = !isOnline || tabs.length === 0;
		$('no-room').hidden = active !== null;
		$('room').hidden = active === null;
		$('room-name').textContent = active ?? '';
		$('room-count').textContent = people(members.length);
		$('text').placeholder = isOnline ? `Message ${active}` : 'Offline: messages can be sent again when the connection is back';
		for (const [room, log] of logs) {
			if (log.hidden !== (room !== active)) {
				log.hidden = room !== active;
				log.dataset.back = 'false';
				showEnd(log);
			}
		}
		// Two visitors may share a name, so members are keyed by place.
		updateList($('members'), members.map((name, index) => ({ name: `${index} ${name}`, label: name })),
			({ label }) => el('li', {}, avatar(label), el('span', { class: 'name' }, label)), () => {});
		$('no-members').hidden = members.length > 0;
		$('typing').textContent = typingText(typists);
	},

	renderRooms(rooms, active) {
		updateList($('rooms'), rooms, ({ name }) => {
			const open = el('button', { class: 'open', 'data-testid': 'room-open' },
				el('span', { class: 'name' }, name), el('span', { class: 'count', 'data-testid': 'room-size' }));
			const leave = el('button', { class: 'quiet', 'data-testid': 'room-leave', 'aria-label': `Leave ${name}` }, 'Leave');
			open.addEventListener('click', () => open.dataset.joined === 'true' ? this.actions.open(name) : this.actions.join(name));
			leave.addEventListener('click', () => this.actions.leave(name));
			return el('li', { 'data-testid': 'room-row', 'data-room': name }, open, leave,
				el('p', { class: 'refusal', role: 'alert', 'data-testid': 'refusal' }));
		}, (row, { name, size, isJoined, refusal }) => {
			const [open, leave, alert] = row.children;
			open.dataset.joined = String(isJoined);
			open.setAttribute('aria-label', `${isJoined ? 'Open' : 'Join'} ${name}, ${people(size)}`);
			open.setAttribute('aria-current', String(name === active));
			open.lastChild.textContent = String(size);
			leave.hidden = !isJoined;
			const text = refusal ? `Refused: ${refusal}` : '';
			if (alert.textContent !== text) {
				alert.textContent = text;
			}
		});
	},

	renderTabs(tabs) {
		updateList($('tabs'), tabs, ({ name }) => {
			const tab = el('button', { 'data-testid': 'tab', 'data-room': name }, el('span', { class: 'name' }, name),
				el('span', { class: 'badge', 'data-testid': 'unread' }));
			tab.addEventListener('click', () => this.actions.open(name));
			return el('li', {}, tab);
		}, (item, { unread, isActive }) => {
			const [tab] = item.children;
			tab.setAttribute('aria-current', String(isActive));
			showBadge(tab.lastChild, unread);
		});
		showBadge($('unread'), tabs.reduce((sum, { unread }) => sum + unread, 0));
	},
};

function showBadge(badge, count) {
	badge.hidden = count === 0;
	badge.textContent = count > 99 ? '99+' : String(count);
	badge.setAttribute('aria-label', `${count} unread`);
}
