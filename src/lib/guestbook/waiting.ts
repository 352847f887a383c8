const KEY = 'guestbook';

/** Whether a message waits on this device: pages ask this before they load what sends it. */
export function isAny(): boolean {
	try {
		return localStorage.getItem(KEY) !== null;
	} catch {
		return false;
	}
}

export function tell(isWaiting: boolean): void {
	try {
		if (isWaiting) localStorage.setItem(KEY, '1');
		else localStorage.removeItem(KEY);
	} catch {
		// a browser that keeps nothing
	}
}
