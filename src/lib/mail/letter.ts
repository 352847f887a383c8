/** The kinds of mail, by name: each domain adds its own. */
export interface Letters {}
export type Kind = keyof Letters;

/** What a mail says, before it becomes text and HTML. Everything in it is plain text. */
export type Letter = {
	subject: string;
	/** the couple's names, above and below */
	from: string;
	paragraphs: string[];
	button: { label: string; url: string };
	/** a code to type instead of pressing the button */
	code?: { label: string; value: string };
	footer: string;
	language: string;
};

export function writeText({ paragraphs, button, code, footer, from }: Letter): string {
	const parts = [...paragraphs, `${button.label}:\n${button.url}`];
	if (code) parts.push(`${code.label}: ${code.value}`);
	return [...parts, from, `-- \n${footer}`].join('\n\n') + '\n';
}

/** Tables and inline styles: mail programs know nothing newer. The colours are those of ui/theme.css. */
export function writeHtml({ subject, from, paragraphs, button, code, footer, language }: Letter): string {
	const text = (style: string, content: string) => `<p style="margin:0 0 20px;${style}">${content}</p>`;
	const body = [
		text('font:400 30px/1.15 Palatino,Georgia,serif', escape(from)),
		...paragraphs.map((paragraph) => text('', escape(paragraph).replaceAll('\n', '<br>'))),
		`<p style="margin:28px 0"><a href="${escape(button.url)}" style="display:inline-block;padding:14px 28px;border-radius:3px;background:#526b52;color:#fbf8f3;text-decoration:none;font-weight:bold">${escape(button.label)}</a></p>`,
		code
			? text(
					'',
					`${escape(code.label)}:<br><span style="font:22px/1.6 monospace;letter-spacing:2px">${escape(code.value)}</span>`
				)
			: '',
		text(
			'margin-top:36px;padding-top:16px;border-top:1px solid #e2dacd;font-size:14px;color:#665d54',
			`${escape(footer)}<br><span style="word-break:break-all">${escape(button.url)}</span>`
		)
	];
	return `<!doctype html>
<html lang="${escape(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>${escape(subject)}</title></head>
<body style="margin:0;background:#fbf8f3"><table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 20px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px"><tr><td style="overflow-wrap:anywhere;word-break:break-word;font:18px/1.5 Optima,Candara,sans-serif;color:#2b2622;text-align:left">
${body.join('\n')}
</td></tr></table></td></tr></table></body></html>
`;
}

function escape(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
