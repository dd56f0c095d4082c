// lesson.mjs URL FOLDER TOKEN: what a student of the lesson clicks in Swagger UI,
// once the listener's token is entered.
// Prints TAP and leaves screenshots in FOLDER.
import { chromium } from 'playwright-core';

const [url, folder, token] = process.argv.slice(2);
const users = [
	{ username: 'user1', firstname: 'Pasha', lastname: 'Technique', age: 40 },
	{ username: 'user2', firstname: 'Roza', lastname: 'Syabitova', age: 62 },
	{ username: 'user3', firstname: 'Alex', lastname: 'Unknown', age: 25 },
];
const bear = { firstname: 'Bear', lastname: 'Grylls', age: 50 };
let count = 0;

function same(name, got, wanted) {
	const good = JSON.stringify(got) === JSON.stringify(wanted);

	console.log(`${good ? 'ok' : 'not ok'} ${++count} - ${name}`);
	if (!good)
		console.log(`#   got: ${JSON.stringify(got)}\n` +
			`#   wanted: ${JSON.stringify(wanted)}`);
}

const browser = await chromium.launch({
	executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } });
const complaints = [], strangers = [];

page.on('console', message => {
	// A refused request is a part of the lesson, and is logged.
	if (message.type() === 'error' && !/status of 4/.test(message.text()))
		complaints.push(message.text());
});
page.on('request', request => {
	if (!request.url().startsWith(url) && !request.url().startsWith('data:'))
		strangers.push(request.url());
});

// Opens an operation, fills its inputs and its body, and executes it.
async function execute(method, path, { query = {}, body } = {}) {
	const block = page.locator('.opblock').filter({
		has: page.locator(`.opblock-summary-path[data-path="${path}"]`),
	}).filter({
		has: page.locator(`.opblock-summary-method:text-is("${method}")`),
	});

	if (!await block.locator('.opblock-body').count())
		await block.locator('.opblock-summary-control').click();
	if (await block.locator('.try-out__btn:text-is("Try it out")').count())
		await block.locator('.try-out__btn').click();
	for (const [name, value] of Object.entries(query))
		await block.locator(`tr[data-param-name="${name}"] input`)
			.fill(String(value));
	if (body)
		await block.locator('textarea.body-param__text')
			.fill(JSON.stringify(body));
	await block.locator('.execute').click();
	const live = block.locator('.live-responses-table .response');
	await live.waitFor();
	await page.waitForFunction(() => !document.querySelector('.loading'));
	await page.screenshot({ path:
		`${folder}/${String(count + 1).padStart(2, '0')}-${method}.png` });
	const status = Number((await live.locator('.response-col_status')
		.first().innerText()).split(/\s/)[0]);
	const text = await live.locator('.highlight-code code, .microlight')
		.first().innerText();
	// A second execution must not be read from the first one's answer.
	await block.locator('.btn-clear').click();
	return { status, body: JSON.parse(text) };
}

await page.goto(`${url}/docs`);
await page.waitForSelector('.opblock');
await page.screenshot({ path: `${folder}/00-docs.png` });
same('the lesson\'s routes are there',
	await page.locator('.opblock-summary-path[data-path="/user/update"]').count(),
	2);
same('without a token', (await execute('GET', '/user/')).status, 401);
await page.locator('.btn.authorize').first().click();
await page.locator('.auth-container input').fill(token);
await page.screenshot({ path: `${folder}/00-authorize.png` });
await page.locator('.auth-btn-wrapper .authorize').click();
await page.locator('.auth-btn-wrapper .btn-done').click();
for (const user of users)
	same(`create ${user.username}`,
		await execute('POST', '/user/create', { body: user }),
		{ status: 201, body: { status_code: 201, transaction: 'Successful' } });
same('update 3',
	await execute('PUT', '/user/update', { query: { user_id: 3 }, body: bear }),
	{ status: 200, body: { status_code: 200,
		transaction: 'User update is successful!' } });
same('delete 2',
	await execute('DELETE', '/user/delete', { query: { user_id: 2 } }),
	{ status: 200, body: { status_code: 200,
		transaction: 'User delete is successful!' } });
same('list', await execute('GET', '/user/'), { status: 200, body: [
	{ id: 1, ...users[0], slug: 'user1' },
	{ id: 3, ...users[2], ...bear, slug: 'user3' },
] });
const missing = { status: 404, body: { detail: 'User was not found' } };
same('show 2',
	await execute('GET', '/user/user_id', { query: { user_id: 2 } }), missing);
same('update 2',
	await execute('PUT', '/user/update', { query: { user_id: 2 }, body: bear }),
	missing);
same('delete 2 again',
	await execute('DELETE', '/user/delete', { query: { user_id: 2 } }), missing);
same('create a task of user 1',
	(await execute('POST', '/task/create', { query: { user_id: 1 },
		body: { title: 'Buy milk', content: '2 l', priority: 1 } })).status,
	201);
same('tasks of user 1',
	(await execute('GET', '/user/user_id/tasks', { query: { user_id: 1 } }))
		.body.map(task => task.slug),
	['buy-milk']);
same('nothing was blocked or logged as an error', complaints, []);
same('nothing was asked of another host', strangers, []);
console.log(`1..${count}`);
await browser.close();
