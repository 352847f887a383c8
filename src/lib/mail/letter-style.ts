/** Inline, for every program: those of ui/theme.css in light. `letter-dress.ts` puts another look in their place. */
export const SANS = "Optima,Candara,'Segoe UI',Helvetica,Arial,sans-serif";

export const PAGE = `padding:44px 48px;overflow-wrap:anywhere;word-break:break-word;font:18px/1.55 ${SANS};color:#2b2622;text-align:left`;
const SERIF = "'Iowan Old Style',Palatino,'Palatino Linotype',Georgia,serif";
export const NAMES_FACE = `font:400 32px/1.15 ${SERIF}`;
export const HEADING_FACE = `font:400 24px/1.25 ${SERIF}`;

export const NAMES = `margin:0 0 20px;${NAMES_FACE};color:#2b2622`;
export const TEXT = `margin:0 0 20px;font:18px/1.55 ${SANS};color:#2b2622`;
export const HEADING = `margin:32px 0 12px;${HEADING_FACE};color:#2b2622`;
export const LIST = `margin:0 0 20px;padding:0 0 0 24px;font:18px/1.55 ${SANS};color:#2b2622`;
export const QUOTE = `margin:0 0 20px;padding:2px 0 0 18px;border-left:3px solid #8d8378;font:18px/1.55 ${SANS};color:#665d54`;
export const SMALL = `margin:0 0 10px;font:14px/1.5 ${SANS};color:#665d54`;
export const CODE = 'font:24px/1.6 Menlo,Consolas,monospace;letter-spacing:3px';
export const RULE = 'height:1px;margin:36px 0 18px;background:#e2dacd;font-size:1px;line-height:1px';
export const BUTTON = `display:inline-block;box-sizing:border-box;max-width:100%;padding:17px 36px;border-radius:3px;background:#526b52;color:#fbf8f3;font:bold 18px/1.25 ${SANS};text-align:center;text-decoration:none`;

/** After the preview, so that no program goes on with the text below it. */
export const FILLING = '&#847;&zwnj;&nbsp;'.repeat(60);

/** By its class, in dark: what a program would else invent by turning the colours around. */
const DARK = {
	desk: 'background:#141210',
	paper: 'background:#1b1916',
	ink: 'color:#ece6dc',
	soft: 'color:#b3a99c',
	accent: 'color:#b1c8b1',
	line: 'background:#3a352f',
	rule: 'background:#b1c8b1',
	button: 'background:#b1c8b1;color:#1b1916'
};

const rules = (before: string) =>
	Object.entries(DARK)
		.map(([name, style]) => `${before}.${name}{${style.replace(/;|$/g, ' !important$&')}}`)
		.join('');

/** Gmail reads the first style alone when the second has something that it does not know. Outlook's apps mark the body. */
export const HEAD = `<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="x-apple-disable-message-reformatting"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<!--[if mso]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml><style>p,td,a,span{font-family:Candara,Arial,sans-serif !important}</style><![endif]-->
<style>@media (max-width:520px){.edge{padding:0 !important}.page{padding:32px 22px !important}.button{display:block !important}}</style>
<style>:root{color-scheme:light dark;supported-color-schemes:light dark}@media (prefers-color-scheme:dark){${rules('')}}${rules('[data-ogsc] ')}</style>`;
