// What is asked of a page: look(browser, path, shots, views) and validate(paths) give its faults, each { page, check, what }.
// Nothing is repaired or overlooked here: a page without faults has none at any width, in light, dark and print.
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);
const axe = require.resolve('axe-core/axe.min.js');
const WIDTHS = [1280, 360, 320];
// The widths at which a page is looked at in each colour scheme; `paper`: in which it is printed and its colours are
// asked about with everything in view.
export const EVERY = { light: WIDTHS, dark: WIDTHS, paper: ['light', 'dark'] };
export const BRIEF = { light: [1280, 360], dark: [320], paper: [] };
const PAPER = 718; // A4 in CSS pixels, without margins of 1 cm; a browser shrinks what is wider, by a third at most
const SHRUNK = PAPER * 1.5;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
// WCAG 1.4.12: a reader may set the text this wide, and nothing may be lost.
const SPACED = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }'
	+ 'p { margin-bottom: 2em !important }';

// --- in the page ---

// What a page has to have or must not have, at any width.
function structure() {
	const faults = [], add = (check, what) => faults.push({ check, what });
	const say = element => element.outerHTML.slice(0, 80).replace(/\s+/g, ' ');
	const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? '';
	if (!/default-src 'none'/.test(policy) || /script-src/.test(policy))
		add('policy', 'no Content-Security-Policy that allows no script and no request');
	for (const element of document.querySelectorAll('*')) {
		if (/^(script|iframe|object|embed|base|form|link)$/i.test(element.localName))
			add('active', say(element));
		for (const { name, value } of element.attributes)
			if (/^on/i.test(name) || /^\s*(javascript|data):/i.test(value))
				add('active', `${name} of ${say(element)}`);
		if (element.tabIndex > 0)
			add('focus-order', `tabindex above 0: ${say(element)}`);
	}
	for (const table of document.querySelectorAll('table')) {
		if (!table.caption?.textContent.trim())
			add('table', `no caption: ${say(table)}`);
		for (const cell of table.querySelectorAll('th:not([scope])'))
			add('table', `a heading without scope: ${say(cell)}`);
		for (const row of table.querySelectorAll('tbody tr'))
			if (!row.querySelector('th'))
				add('table', `a row without a heading: ${say(row)}`);
	}
	for (const link of document.querySelectorAll('a[href^="#"]'))
		if (!document.getElementById(decodeURIComponent(link.hash.slice(1))))
			add('link', `${link.getAttribute('href')} leads nowhere`);
	return faults;
}

// Nothing is wider than the page, but what scrolls in a box of its own with a name, that the keyboard reaches. Paper
// does not scroll.
function overflow([most, paper]) {
	const faults = [], root = document.scrollingElement;
	if (root.scrollWidth > most)
		faults.push(`the page is ${root.scrollWidth} pixels wide, not ${most}`);
	// A table is as wide as its numbers ask for, never as its title does: a heading breaks, columns cannot.
	for (const caption of document.querySelectorAll('caption > *'))
		if (!paper && caption.offsetWidth > caption.closest('[tabindex="0"]')?.clientWidth)
			faults.push(`a title is wider than what is seen of its table: ${caption.textContent.slice(0, 80)}`);
	for (const box of document.querySelectorAll('body *')) {
		const style = getComputedStyle(box);
		if (box.scrollWidth <= box.clientWidth + 1 || style.overflowX === 'visible' || style.clipPath !== 'none')
			continue;
		const name = box.getAttribute('aria-label')
			|| document.getElementById(box.getAttribute('aria-labelledby'))?.textContent;
		if (paper || !/^(auto|scroll)$/.test(style.overflowX))
			faults.push(`text is cut off: ${box.outerHTML.slice(0, 80)}`);
		else if (box.tabIndex !== 0 || !/^(region|group)$/.test(box.getAttribute('role')) || !name?.trim())
			faults.push(`scrolls, and has no role, no name or no focus: ${box.outerHTML.slice(0, 80)}`);
	}
	return faults;
}

// What the keyboard should reach, in the order of the page, is marked; focused() then tells where the focus is.
function mark() {
	const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
		.filter(element => element.checkVisibility());
	all.forEach((element, i) => { element.focusMark = i; });
	return all.map(element => element.outerHTML.slice(0, 80).replace(/\s+/g, ' '));
}

function focused() {
	const element = document.activeElement;
	if (!element || element === document.body)
		return null;
	const box = element.getBoundingClientRect(), style = getComputedStyle(element);
	return {
		mark: element.focusMark ?? -1,
		words: element.outerHTML.slice(0, 80),
		seen: box.width > 1 && box.height > 1 && box.right > 0 && box.bottom > 0
			&& box.left < innerWidth && box.top < innerHeight,
		ringed: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
		inMain: !!element.closest('main'),
	};
}

// --- from outside ---

async function keyboard(page, add) {
	const expected = await page.evaluate(mark);
	let at = -1, next;
	for (let i = 0; i < expected.length; i++) {
		await page.keyboard.press('Tab');
		next = await page.evaluate(focused);
		if (!next)
			break;
		if (next.mark !== at + 1) {
			add('focus-order', `after ${at + 1} of ${expected.length}, Tab goes to ${next.words}`);
			return;
		}
		at++;
		if (!next.seen)
			add('focus-seen', `has the focus and is out of sight: ${next.words}`);
		if (!next.ringed)
			add('focus-seen', `has the focus and no outline: ${next.words}`);
	}
	if (at + 1 < expected.length)
		add('focus-order', `Tab never reaches ${expected[at + 1]}`);
}

// The first thing that Tab reaches leads past what stands before the content.
async function skipLink(page, add) {
	await page.keyboard.press('Tab');
	const target = await page.evaluate(() => document.activeElement.getAttribute?.('href') ?? '');
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	const next = await page.evaluate(focused);
	const hasNone = await page.evaluate(() => !document.querySelector('main :is(a[href], [tabindex])'));
	if (!target.startsWith('#') || !(next?.inMain || hasNone))
		add('skip', 'the first link of the page does not lead to its content');
}

// What axe is not sure of is a fault too; but of colours it is never sure where text reaches out of what is in view, so
// that it is asked about them again (`all`) with everything in view.
async function audit(page, add, all) {
	if (all) {
		await page.setViewportSize({ width: 5000, height: 800 });
		await page.addStyleTag({ content: '* { overflow: visible !important } body { max-width: none !important }' });
	}
	await page.addScriptTag({ path: axe });
	const { violations, incomplete } = await page.evaluate(tags => window.axe.run(document, {
		runOnly: tags,
		rules: { 'target-size': { enabled: true } },
		checks: { 'color-contrast': { options: { ignoreLength: true, ignoreUnicode: false } } },
		resultTypes: ['violations', 'incomplete'],
	}), TAGS);
	const doubts = incomplete.filter(({ id }) => all || id !== 'color-contrast');
	for (const { id, help, nodes } of [...violations, ...doubts])
		add('axe', `${id}: ${help} (${nodes.length} times, first at ${nodes[0].target.join(' ')}: `
			+ `${nodes[0].failureSummary.split('\n')[1]?.trim()})`);
}

async function localLinks(page, path, add) {
	const links = await page.$$eval('a[href]:not([href^="#"])', all => all.map(a => a.getAttribute('href')));
	for (const link of links)
		if (!/^(https:|mailto:)/.test(link) && !existsSync(join(dirname(path), decodeURIComponent(link.split('#')[0]))))
			add('link', `${link} is not there`);
}

export async function look(browser, path, shots, views) {
	const faults = [], url = pathToFileURL(path).href;
	let when = '';
	const add = (check, what) => {
		if (!faults.some(fault => fault.check === check && fault.what === what))
			faults.push({ page: path, check, what, when });
	};
	for (const colorScheme of ['light', 'dark']) {
		// The page's own policy is bypassed, so that it cannot hide what the page would ask for.
		const context = await browser.newContext({ colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
		const page = await context.newPage();
		page.on('console', message => add('active', `says on the console: ${message.text()}`));
		page.on('pageerror', error => add('active', `runs a script, which fails: ${error.message}`));
		await context.route('**/*', route => {
			if (route.request().url().split('#')[0] === url)
				return route.continue();
			add('request', `asks for ${route.request().url()}`);
			return route.abort();
		});
		const shoot = async name => {
			if (!shots)
				return;
			mkdirSync(shots, { recursive: true });
			await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
		};
		const open = async (width, media) => {
			when = `${media === 'print' ? 'print' : `${width} px`}, ${colorScheme}`;
			await page.emulateMedia({ media, colorScheme });
			await page.setViewportSize({ width, height: 800 });
			await page.goto(url);
		};
		for (const width of views[colorScheme]) {
			await open(width, 'screen');
			(await page.evaluate(overflow, [width])).forEach(what => add('overflow', what));
			await shoot(`${width}-${colorScheme}`);
			await audit(page, add);
			await keyboard(page, add);
			await page.addStyleTag({ content: SPACED });
			(await page.evaluate(overflow, [width])).forEach(what => add('spacing', what));
		}
		if (views.paper.includes(colorScheme)) {
			await open(PAPER, 'print');
			(await page.evaluate(overflow, [SHRUNK, true])).forEach(what => add('print', what));
			if (await page.evaluate(() => [...document.querySelectorAll('nav, .skip')].some(e => e.checkVisibility())))
				add('print', 'the way about the page is printed');
			await shoot(`print-${colorScheme}`);
			await audit(page, add, true);
			if (shots && colorScheme === 'light')
				await page.pdf({ path: join(shots, 'print.pdf'), format: 'A4', printBackground: true });
			await open(WIDTHS[0], 'screen');
			await audit(page, add, true);
		}
		await open(WIDTHS[0], 'screen');
		(await page.evaluate(structure)).forEach(({ check, what }) => add(check, what));
		await localLinks(page, path, add);
		await skipLink(page, add);
		await context.close();
	}
	return faults;
}

export function validate(paths) {
	const jar = join(dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
	const run = ['-jar', jar, '--format', 'json', '--exit-zero-always', '--stdout', ...paths];
	const { messages } = JSON.parse(execFileSync('java', run, { encoding: 'utf8', maxBuffer: 1 << 28 }));
	return messages.map(({ url, lastLine, message, extract }) => ({
		page: url ? fileURLToPath(url) : '', check: 'vnu', what: `${message} (${extract ?? ''})`, when: `line ${lastLine}`,
	}));
}
