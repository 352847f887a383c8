import { shorten } from '../kernel/text/shorten.ts';
import type { Look } from '../looks/look.ts';
import { dress } from './letter-dress.ts';
import { BUTTON, CODE, FILLING, HEAD, NAMES, PAGE, RULE, SMALL, TEXT } from './letter-style.ts';

/** Words with headings, lists and links, as `prose.server.ts` makes them. */
export type Prose = {
	/** styled inline; what people typed is escaped in it */
	html: string;
	text: string;
	/** for a list of mails: the first words that are no greeting */
	lead: string;
};

/** What a mail says, before it becomes text and HTML. Everything in it is plain text, but for the prose. */
export type Letter = {
	subject: string;
	/** the couple's names, above and below */
	from: string;
	paragraphs: string[];
	/** after them: what the couple wrote */
	prose?: Prose;
	button: { label: string; url: string };
	/** a code to type instead of pressing the button */
	code?: { label: string; value: string };
	footer: string;
	/** where whoever wants no more of these says it */
	unsubscribe?: { label: string; url: string };
	language: string;
	/** the couple's stationery, where it is not the usual one */
	look?: Look;
};

export function writeText({ paragraphs, prose, button, code, footer, from, unsubscribe }: Letter): string {
	const parts = [...paragraphs, ...(prose ? [prose.text] : []), `${button.label}:\n${button.url}`];
	if (code) parts.push(`${code.label}: ${code.value}`);
	const foot = [`-- \n${footer}`, ...(unsubscribe ? [`${unsubscribe.label}:\n${unsubscribe.url}`] : [])];
	return [...parts, from, ...foot].join('\n\n') + '\n';
}

/**
 * Tables and inline styles: mail programs know nothing newer. What some of them know, darkness and narrow screens, is in
 * letter-style.ts. The colours are those of ui/theme.css.
 */
export function writeHtml(letter: Letter): string {
	const { subject, from, paragraphs, prose, code, footer, unsubscribe, language } = letter;
	const body = [
		`<p class="ink" style="${NAMES}">${escape(from)}</p>`,
		`<div class="rule" style="width:44px;height:1px;margin:0 0 28px;background:#526b52;font-size:1px;line-height:1px">&nbsp;</div>`,
		...paragraphs.map((text) => `<p class="ink" style="${TEXT}">${link(escape(text))}</p>`),
		prose?.html ?? '',
		drawButton(letter),
		code
			? `<p class="ink" style="${TEXT}">${escape(code.label)}:<br><span style="${CODE}">${escape(code.value)}</span></p>`
			: '',
		`<div class="line" style="${RULE}">&nbsp;</div>`,
		`<p class="soft" style="${SMALL}">${escape(footer)}</p>`,
		`<p class="soft" style="${SMALL};word-break:break-all">${link(escape(letter.button.url), 'soft')}</p>`,
		unsubscribe
			? `<p class="soft" style="${SMALL}"><a class="soft" href="${escape(unsubscribe.url)}" style="color:#665d54">${escape(unsubscribe.label)}</a></p>`
			: ''
	];
	const html = `<!doctype html>
<html lang="${escape(language)}" dir="auto" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head>${HEAD}<title>${escape(subject)}</title></head>
<body class="desk" style="margin:0;padding:0;background:#f3eee5">
<div style="display:none;overflow:hidden;max-height:0;max-width:0;opacity:0;mso-hide:all">${escape(preview(letter))}${FILLING}</div>
<table class="desk" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f3eee5"><tr><td class="edge" align="center" style="padding:32px 16px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table class="paper" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#fbf8f3"><tr><td class="page" style="${PAGE}">
${body.filter(Boolean).join('\n')}
</td></tr></table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table></body></html>
`;
	return letter.look ? dress(html, letter.look) : html;
}

/** Outlook on Windows draws shapes alone as large as they are; everybody else follows the link. */
function drawButton({ button: { label, url } }: Letter): string {
	const [words, address] = [escape(label), escape(url)];
	return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:32px 0"><tr><td align="left">
<!--[if mso]><v:roundrect href="${address}" style="height:56px;width:340px;v-text-anchor:middle" arcsize="6%" stroke="f" fillcolor="#526b52"><center style="font:bold 18px Candara,Arial,sans-serif;color:#fbf8f3">${words}</center></v:roundrect><![endif]-->
<!--[if !mso]><!--><a class="button" href="${address}" style="${BUTTON}">${words}</a><!--<![endif]-->
</td></tr></table>`;
}

/** What stands beside the subject in a list of mails: the first that is not a greeting. */
function preview({ paragraphs, prose }: Letter): string {
	const [greeting = '', first = prose?.lead ?? greeting] = paragraphs;
	return shorten(first.replace(/\s+/g, ' '), 120);
}

/** An address in a text can be pressed in every program; `text` is escaped. */
function link(text: string, tone = 'accent'): string {
	const color = tone === 'accent' ? '#526b52' : '#665d54';
	return text
		.replace(
			/https?:\/\/[^\s<]+/g,
			(url) => `<a class="${tone}" href="${url}" style="color:${color}">${url}</a>`
		)
		.replaceAll('\n', '<br>');
}

export function escape(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
