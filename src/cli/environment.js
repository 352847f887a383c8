// For programs of Postgres these come before the address that they are given: DATABASE_URL alone says where it is.
for (const name of Object.keys(process.env)) if (/^PG[A-Z]/.test(name)) delete process.env[name];
