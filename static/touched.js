// The scripts of a page that is read more often than used wait here until somebody touches it. What they press before
// those run plays at once, as far as it is a sound, and is done again when they do, as far as it is anything else.
const root = document.documentElement;
const TOUCHES = ['pointerdown', 'pointermove', 'touchstart', 'wheel', 'keydown', 'focusin', 'click'];
/** A voice message of theirs waits in this browser, and goes as soon as the scripts are there. */
const hasMessage = () => {
	try {
		return localStorage.getItem('guestbook') !== null;
	} catch {
		return false;
	}
};

/** To where this page was before it was loaded anew: Kit would go there when it starts, wherever they are by then. */
function goBack() {
	// when Kit ran, it told the browser not to
	history.scrollRestoration = 'auto';
	try {
		const all = JSON.parse(sessionStorage['sveltekit:history-info']);
		const own = all[history.state['sveltekit:metadata'].historyIndex];
		scrollTo(own.scroll.x, own.scroll.y);
		delete own.scroll;
		sessionStorage['sveltekit:history-info'] = JSON.stringify(all);
	} catch {
		// they are here for the first time
	}
}

let tell;
/** Resolves when the scripts are wanted. */
export const touched = new Promise((resolve) => (tell = resolve));

function wake({ type, target, movementX, movementY } = {}) {
	// Chrome says that a mouse moves that lies where the page appears
	if (type === 'pointermove' && movementX === 0 && movementY === 0) return;
	// the sound comes first, and wakes them when it is there
	if (type !== 'pointermove' && target?.closest?.('[data-sound]')) return;
	for (const touch of TOUCHES) removeEventListener(touch, wake, true);
	setTimeout(come, 3000);
	// Safari loses modules that several others ask for, unless it has them already
	for (const link of document.querySelectorAll('link[data-rel]')) link.rel = link.dataset.rel;
	tell();
}

/** Or do not: the page's forms have buttons then. */
const come = () => delete root.dataset.waits;

/** What is done once the scripts run. */
let then = () => {};

function press({ target }) {
	const button = target.closest?.('button[type="button"]');
	if (button?.dataset.sound) play(button);
	else if (button) then = () => button.click();
}

function play(button) {
	// the player goes on with this one: an iPhone lets no other play that nobody has pressed
	const audio = document.querySelector('body > audio') ?? document.body.appendChild(new Audio());
	if (!audio.src.endsWith(button.dataset.sound)) audio.src = button.dataset.sound;
	else if (!audio.paused) return audio.pause();
	button.ariaBusy = 'true';
	then = () => button.removeAttribute('aria-busy');
	const done = () => wake();
	audio.play().then(done, done);
	setTimeout(done, 1000);
}

function type(event) {
	const { target } = event;
	if (target.closest?.('a, button, input, select, summary, textarea')) return;
	then = () => target.dispatchEvent(new KeyboardEvent('keydown', event));
}

addEventListener('click', press, true);
addEventListener('keydown', type, true);
addEventListener('running', () => {
	removeEventListener('click', press, true);
	removeEventListener('keydown', type, true);
	come();
	then();
});

root.dataset.waits = 'for a touch';
for (const touch of TOUCHES) addEventListener(touch, wake, { capture: true, passive: true });
goBack();
if (hasMessage()) wake();
