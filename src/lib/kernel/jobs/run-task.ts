/* What a process that `inChild` starts runs: the task of one file, whose answer it tells. */
process.once('message', async (input) => {
	const { default: task } = await import(process.argv[2]!);
	process.send!({ output: await task(input) });
});
// whoever stops the site by Ctrl-C stops this only when the site has ended, which the channel tells
process.on('SIGINT', () => {}).on('disconnect', () => process.exit());
