/*
 * Runs in the page, as the body of a function that the driver calls with: the texts of modules by specifier, the files of
 * the server by specifier, the URL of the endpoint, and a callback.
 * Afterwards `neffosScenarios` has `names`, and `start` and `resume`, which both tell the next thing that happens in a
 * scenario: `{ restart }`, when it wants the server to be restarted, or `{ outcome, detail }`, when it has ended.
 */
const [texts, files, url, done] = arguments;

const imports = {};
for (const [specifier, text] of Object.entries(texts)) {
	imports[specifier] = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
}
for (const [specifier, path] of Object.entries(files)) {
	imports[specifier] = new URL(path, location.href).href;
}
const map = document.createElement('script');
map.type = 'importmap';
map.textContent = JSON.stringify({ imports });
document.head.append(map);

let notice;
let proceed;

function next(action) {
	return new Promise(resolve => {
		notice = resolve;
		action();
	});
}

async function run(test) {
	try {
		await test();
		notice({ outcome: 'pass' });
	} catch (error) {
		notice({ outcome: 'fail', detail: String(error?.stack ?? error) });
	}
}

/** For the scenarios: waits until the server was restarted. */
globalThis.restartOfServer = how => new Promise(resolve => {
	proceed = resolve;
	notice({ restart: how });
});

async function load() {
	// The one thing of Node that is no module; only there while the modules load.
	globalThis.process = { env: { NEFFOS_URL: url, NEFFOS_CONTROL: 'none' } };
	await import('scenarios');
	delete globalThis.process;
	const { tests } = await import('node:test');
	globalThis.neffosScenarios = {
		names: [...tests.keys()],
		start: name => next(() => run(tests.get(name))),
		resume: () => next(() => proceed()),
	};
	return { names: globalThis.neffosScenarios.names };
}

load().then(done, error => done({ detail: String(error?.stack ?? error) }));
