import { may, type Role, type Viewer } from '#lib/kernel/viewer.ts';
import { all } from '#lib/kernel/domain.ts';

/** Where this viewer can go from the guest's pages or the couple's, as the domains say, in the viewer's language. */
export function links(viewer: Viewer, section: Role): { href: string; label: string }[] {
	return all()
		.flatMap(({ navigation }) => navigation?.[section] ?? [])
		.filter(({ right }) => may(viewer, right))
		.sort((one, other) => one.place - other.place)
		.map(({ href, label }) => ({ href, label: label() }));
}
