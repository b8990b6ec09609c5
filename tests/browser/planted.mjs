// A page in which nothing is wrong, and the same with one fault each: what the checks must and must not find.
export const sound = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A sound page</title>
<style>
:root { color-scheme: light dark; }
body { background: #fff; color: #222; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; }
:focus-visible { outline: 3px solid #06c; }
a { color: #036; display: inline-block; padding: .25rem 0; }
.wide { overflow-x: auto; }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee; } a { color: #9cf; } }
@media print { nav, .skip { display: none; } body { background: #fff; color: #000; } a { color: #000; } }
</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<nav><a href="#main">The table</a></nav>
<main id="main">
<h1>A sound page</h1>
<p>It says <a href="#main">what it is</a>.</p>
<div class="wide" role="region" aria-labelledby="caption" tabindex="0">
<table>
<caption id="caption">Two numbers</caption>
<thead><tr><th scope="col">Area</th><th scope="col">n</th></tr></thead>
<tbody><tr><th scope="row">Luton</th><td>12</td></tr></tbody>
</table>
</div>
</main>
</body>
</html>
`;

const WIDE = 'style="min-width: 1400px"';
export const planted = [
	['a script', 'active', '</main>', '<script>window.a = 1</script></main>'],
	['a handler', 'active', '<p>', '<p onclick="alert(1)">'],
	['a link that is a script', 'active', 'href="#main">what', 'href="javascript:alert(1)">what'],
	['an image from elsewhere', 'request', '<p>', '<img src="https://example.org/a.png" alt=""><p>'],
	['a style from elsewhere', 'request', '<style>\n', '<style>\n@import "b.css";\n'],
	['no policy', 'policy', "default-src 'none'", 'default-src *'],
	['a heading without scope', 'table', ' scope="col">n', '>n'],
	['a row without a heading', 'table', '<th scope="row">Luton</th>', '<td>Luton</td>'],
	['a table without a caption', 'table',
		'<caption id="caption">Two numbers</caption>', '<caption id="caption"></caption>'],
	['a link to nowhere', 'link', 'href="#main">what', 'href="#away">what'],
	['a file that is not there', 'link', 'href="#main">what', 'href="away.csv">what'],
	['a page too wide', 'overflow', '<p>', '<p style="min-width: 340px">'],
	['a title wider than its table', 'overflow', 'Two numbers</caption>',
		'<span style="display: block; width: 1600px">Two numbers</span></caption>'],
	['a region without the focus', 'overflow', ' tabindex="0">\n<table>', `>\n<table ${WIDE}>`],
	['a region without a name', 'overflow',
		' aria-labelledby="caption" tabindex="0">\n<table>', ` tabindex="0">\n<table ${WIDE}>`],
	['text cut off', 'overflow', '<p>', '<p style="overflow: hidden; white-space: nowrap; width: 3rem">'],
	['text cut off when spaced', 'spacing', '<p>', '<p style="overflow: hidden; white-space: nowrap; width: 8.6rem">'],
	['a table that paper cuts', 'print', '<table>', '<table style="min-width: 1100px">'],
	['a way about the page that is printed', 'print', 'nav, .skip { display: none; }', ''],
	['a skip link that does not lead', 'skip',
		'class="skip" href="#main"', 'class="skip" href="#nav"', '<nav>', '<nav id="nav">'],
	['a skip link that stays hidden', 'focus-seen', '.skip:focus { position: static; }', ''],
	['a focus that is not seen', 'focus-seen',
		':focus-visible { outline: 3px solid #06c; }', ':focus-visible { outline: none; }'],
	['a link out of reach', 'focus-order', '<a href="#main">what', '<a href="#main" tabindex="-1">what'],
	['another order', 'focus-order', '<a href="#main">what', '<a href="#main" tabindex="3">what'],
	['pale text', 'axe', 'color: #222', 'color: #aaa'],
	['pale text in the dark', 'axe', 'color: #eee', 'color: #444'],
	['pale text on paper', 'axe', 'color: #000; }', 'color: #bbb; }'],
	['no language', 'axe', ' lang="en"', ''],
	['a small target', 'axe',
		'<nav>', `<nav>${'<button style="width: 9px; height: 9px; padding: 0">a</button>'.repeat(2)}`],
	['HTML that is not valid', 'vnu', '<p>', '<p><center>a</center>'],
	['an id twice', 'vnu', '<p>', '<p id="main">'],
].map(([name, check, ...changes]) => {
	let html = sound;
	for (let i = 0; i < changes.length; i += 2) {
		if (!html.includes(changes[i]))
			throw new Error(`${name}: the sound page has no ${changes[i]}`);
		html = html.replace(changes[i], changes[i + 1]);
	}
	return { name, check, html };
});
