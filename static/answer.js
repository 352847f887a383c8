/*
 * What the form of an answer does where a script may run, whatever else of the page's has one: what is typed stays in
 * this tab through a reload and a lost connection until it is stored, one tap for all shows at each of them, and a
 * second press waits for the answer to the first. Around the form, or where it is thanked for: <kept-answer>.
 *
 *   data-version  of what is stored, over which it is typed
 *   data-filled   the server has filled it in with what was typed
 */
const KEY = 'rsvp';

customElements.define(
	'kept-answer',
	class extends HTMLElement {
		connectedCallback() {
			const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
			// what was typed over another version has been stored, or was of others
			if (kept?.version !== this.dataset.version) sessionStorage.removeItem(KEY);
			else if (!('filled' in this.dataset)) restore(this.querySelector('form'), kept.typed);
			this.addEventListener('input', this);
			this.addEventListener('submit', this);
			addEventListener('pageshow', this);
		}

		disconnectedCallback() {
			removeEventListener('pageshow', this);
		}

		handleEvent(event) {
			if (event.type === 'input') {
				follow(event.target);
				this.keep(event.target.form);
			} else if (event.type === 'pageshow') this.wait(null);
			// else the page's own script sends it
			else if (!event.defaultPrevented && this.waiting) event.preventDefault();
			else if (!event.defaultPrevented) this.wait(event.submitter);
		}

		wait(button) {
			this.waiting?.removeAttribute('aria-busy');
			this.waiting = button;
			button?.setAttribute('aria-busy', 'true');
		}

		keep(form) {
			const { version } = this.dataset;
			sessionStorage.setItem(KEY, JSON.stringify({ version, typed: [...new FormData(form)] }));
		}
	}
);

/** Shows what the one tap says of each; without a script the server fills it in. */
function follow(radio) {
	if (radio.type !== 'radio') return;
	const event = radio.closest('[data-event]');
	const all = [...(event?.querySelectorAll('[data-everybody] input') ?? [])];
	if (all.includes(radio)) {
		const same = `[data-guest] [name^='replies.'][value='${radio.value}']`;
		for (const one of event.querySelectorAll(same)) one.click();
	} else for (const one of all) if (one.value !== radio.value) one.checked = false;
}

function restore(form, typed) {
	const names = new Set(typed.map(([name]) => name));
	for (const box of form?.querySelectorAll('[type="checkbox"]') ?? [])
		if (box.checked !== names.has(box.name)) box.click();
	for (const [name, value] of typed) {
		const field = form?.elements.namedItem(name);
		if (!field || /hidden|checkbox/.test(field.type)) continue;
		field.value = value;
		// the page's own script hears of it as of a hand
		for (const one of field instanceof RadioNodeList ? field : [field]) {
			if (one.type === 'radio' && !one.checked) continue;
			for (const type of ['input', 'change']) one.dispatchEvent(new Event(type, { bubbles: true }));
		}
	}
}
