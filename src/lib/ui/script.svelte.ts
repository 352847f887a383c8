/** Whether the page's script runs: not on the server, nor while it takes over what the server sent. */
export const script = $state({ isRunning: false });
