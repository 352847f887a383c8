// A second click, before the answer to the first is here, would be told that the link has been used.
let isSent = false;
addEventListener('submit', (event) => {
	if (isSent) event.preventDefault();
	isSent = true;
});
addEventListener('pageshow', () => {
	isSent = false;
});
