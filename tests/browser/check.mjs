// The checks of the HTML pages: node check.mjs SHOTS PAGE... [--brief PAGE...]. Pages after --brief are of a kind that another page
// is of: not every width is looked at in every colour again. The checks themselves are tried too, on pages with planted
// faults: each is found by the check that it is planted for, and the same page without it has none.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { BRIEF, EVERY, look, validate } from './pages.mjs';
import { planted, sound } from './planted.mjs';

const [shots, ...named] = process.argv.slice(2);
const from = named.includes('--brief') ? named.indexOf('--brief') : named.length;
const pages = named.filter(page => page !== '--brief');
if (pages.length === 0)
	throw new Error('no page is named: node check.mjs SHOTS PAGE... [--brief PAGE...]');
rmSync(shots, { recursive: true, force: true });
mkdirSync(join(shots, 'planted'), { recursive: true });

const all = [{ name: 'a sound page', html: sound }, ...planted].map(({ name, check, html }, i) => {
	const path = resolve(shots, 'planted', `${i}.html`);
	writeFileSync(path, html);
	return { name, check, path, views: EVERY, made: true };
}).concat(pages.map((page, i) => ({
	name: page,
	views: i < from ? EVERY : BRIEF,
	path: resolve(page),
	pictures: join(shots, relative('out', page).replace(/^.*looked-at\//, '').replace(/\.html$/, '').replace(/[^\w-]+/g, '_')),
})));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM });
const waiting = all.slice();
async function work() {
	for (let one; (one = waiting.shift());)
		one.faults = await look(browser, one.path, one.pictures, one.views);
}
await Promise.all([work(), work()]);
await browser.close();
const invalid = validate(all.map(({ path }) => path));

let failed = 0;
for (const { name, check, path, made, faults } of all) {
	faults.push(...invalid.filter(fault => fault.page === path));
	if (check ? faults.some(fault => fault.check === check) : faults.length === 0)
		continue;
	failed++;
	if (made)
		console.log(`error[checks]: ${name} is ${check ? `not found by the check ${check}` : 'found faulty'}\n --> ${path}`);
	else
		console.log(`FAILED ${name}`);
	faults.forEach(({ check: by, when, what }) => console.log(`    ${by}, ${when}: ${what}`));
}
console.log(`The pages as they look → ${shots}`);
console.log(`${all.length - failed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
