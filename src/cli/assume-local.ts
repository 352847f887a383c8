// Imported first, before settings are read: what is started by hand is somebody's own machine, unless it says not.
if (process.env.NODE_ENV !== 'production') process.env.LOCAL ||= '1';
process.env.LOG_LEVEL ||= 'warn';
