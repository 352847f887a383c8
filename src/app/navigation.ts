import { may, type Role, type Viewer } from '#lib/kernel/viewer.ts';
import { all } from '#lib/kernel/domain.ts';

/** `group` is what several of them have in common; a link without one stands for itself. */
export type Link = { href: string; label: string; group?: string };

/** Where this viewer can go from the guest's pages or the couple's, as the domains say, in the viewer's language. */
export function links(viewer: Viewer, section: Role): Link[] {
	return all()
		.flatMap(({ navigation }) => navigation?.[section] ?? [])
		.filter(({ right }) => may(viewer, right))
		.sort((one, other) => one.place - other.place)
		.map(({ href, label, group }) => ({ href, label: label(), group: group?.() }));
}
