/** For Prisma's own command line; the site itself is given its database by src/lib/kernel/db/db.server.ts. */
export default {
	schema: './schema.prisma',
	migrations: { path: './migrations' },
	datasource: { url: process.env.DATABASE_URL ?? '' }
};
